package io.roster.node.names.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.roster.node.names.store.StoredName;
import io.roster.node.names.wire.MalformedNamesException;
import io.roster.node.names.wire.StoreCodec;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a name's records when Hazelcast merges two clusters: their join. Never removes an
 * entry, which would leave it on the backups, and never throws, which would lose the entries that
 * follow. Owners write back whatever the join got wrong.
 */
public final class NameMergePolicy
    implements SplitBrainMergePolicy<Object, MergingValue<Object>, Object>,
        IdentifiedDataSerializable {

  @Override
  public Object merge(MergingValue<Object> merging, @Nullable MergingValue<Object> existing) {
    Object theirs = merging.getDeserializedValue();
    if (existing == null) {
      return theirs;
    }
    Object ours = existing.getDeserializedValue();
    if (!(theirs instanceof byte[] one)) {
      return ours;
    }
    if (!(ours instanceof byte[] other)) {
      return theirs;
    }
    try {
      var joined = StoredName.join(StoreCodec.decodeStored(one), StoreCodec.decodeStored(other));
      return StoreCodec.encode(joined);
    } catch (MalformedNamesException | RuntimeException e) {
      return ours;
    }
  }

  @Override
  public int getFactoryId() {
    return NameSerializables.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return NameSerializables.MERGE_POLICY;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
