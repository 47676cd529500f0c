package io.roster.node.names.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import io.roster.node.names.wire.MalformedNamesException;
import io.roster.node.names.wire.StoreCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Operations on names of one partition, applied where the names are kept and on the backups alike.
 * Crosses the wire as bytes of our own; running it twice changes nothing more.
 */
final class NameBatch
    implements EntryProcessor<String, byte[], byte[]>, IdentifiedDataSerializable {

  private static final long serialVersionUID = 1L;

  /** How long the end of a name is remembered: longer than splits usually last. */
  private static final int FREED_HOURS = 24;

  private final transient Map<String, List<StoreOperation>> operations = new LinkedHashMap<>();

  /** For deserialisation, and to {@link #add} to. */
  NameBatch() {}

  void add(StoreOperation operation) {
    operations.computeIfAbsent(operation.name().value(), _ -> new ArrayList<>()).add(operation);
  }

  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    try {
      Optional<StoredName> present = decode(entry.getValue());
      Optional<StoredName> next = present;
      var answers = new ArrayList<byte[]>();
      for (var operation : operations.getOrDefault(entry.getKey(), List.of())) {
        var applied = operation.apply(next);
        next = applied.next().isPresent() ? applied.next() : next;
        answers.add(StoreCodec.encode(applied.answer()));
      }
      if (next.isPresent() && !next.equals(present)) {
        write(entry, next.get());
      }
      return Portions.join(answers);
    } catch (MalformedNamesException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<StoredName> decode(byte @Nullable [] bytes)
      throws MalformedNamesException {
    return bytes == null ? Optional.empty() : Optional.of(StoreCodec.decodeStored(bytes));
  }

  private static void write(Map.Entry<String, byte[]> entry, StoredName stored) {
    var extended = (ExtendedMapEntry<String, byte[]>) entry;
    int hours = stored.isHeld() ? 0 : FREED_HOURS; // zero: for ever
    extended.setValue(StoreCodec.encode(stored), hours, TimeUnit.HOURS);
  }

  @Override
  public int getFactoryId() {
    return NameSerializables.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return NameSerializables.BATCH;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(operations.values().stream().mapToInt(List::size).sum());
    for (var list : operations.values()) {
      for (var operation : list) {
        out.writeByteArray(StoreCodec.encode(operation));
      }
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    int count = in.readInt();
    try {
      for (int i = 0; i < count; i++) {
        byte[] bytes = in.readByteArray();
        if (bytes == null) {
          throw new IOException("expected an operation of the name store, got nothing");
        }
        add(StoreCodec.decodeOperation(bytes));
      }
    } catch (MalformedNamesException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String toString() {
    return "NameBatch" + new HashMap<>(operations).keySet();
  }
}
