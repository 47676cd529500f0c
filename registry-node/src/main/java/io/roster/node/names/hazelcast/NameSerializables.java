package io.roster.node.names.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Our classes that Hazelcast sends, by number: no class of ours is loaded by its name. */
final class NameSerializables implements DataSerializableFactory {

  static final int FACTORY_ID = 7_031;
  static final int BATCH = 1;
  static final int MERGE_POLICY = 2;

  @Override
  public IdentifiedDataSerializable create(int typeId) {
    return switch (typeId) {
      case BATCH -> new NameBatch();
      case MERGE_POLICY -> new NameMergePolicy();
      default ->
          throw new IllegalArgumentException(
              "expected type " + BATCH + " or " + MERGE_POLICY + ", got: " + typeId);
    };
  }
}
