package io.roster.net.codec;

import com.google.common.base.Utf8;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.roster.core.identity.Alias;
import io.roster.net.codec.CodecException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes protobuf wire format into an array that grows. Confined to one thread, used once.
 *
 * <p>The length before an embedded message is not known when the message begins; one byte is kept
 * for it, and the few messages of 128 bytes or more are moved when they end. That is cheaper than
 * to work every size out beforehand.
 */
final class WireWriter {

  private static final int BYTES_MAX = 1 << 28;

  private final DecodeLimits limits;
  private byte[] bytes = new byte[256];
  private int size;
  private int depth;
  private @Nullable Alias replyAlias;

  WireWriter(DecodeLimits limits) {
    this.limits = limits;
  }

  ByteString toByteString() {
    return UnsafeByteOperations.unsafeWrap(bytes, 0, size);
  }

  /** Notes that an answer is awaited at {@code alias}. */
  void noteReply(Alias alias) {
    replyAlias = alias;
  }

  /** Where an answer to what was written is awaited. */
  Optional<Alias> replyAlias() {
    return Optional.ofNullable(replyAlias);
  }

  void tag(int number, int wireType) throws CodecException {
    varint(((long) number << 3) | wireType);
  }

  void varint(long value) throws CodecException {
    ensure(10);
    size = putVarint(size, value);
  }

  private int putVarint(int at, long value) {
    int next = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[next++] = (byte) rest;
    return next;
  }

  void fixed32(int value) throws CodecException {
    ensure(4);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void fixed64(long value) throws CodecException {
    ensure(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void bytes(byte[] value) throws CodecException {
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void bytes(ByteString value) throws CodecException {
    varint(value.size());
    raw(value);
  }

  /** Writes bytes as they are, without a length. */
  void raw(ByteString value) throws CodecException {
    ensure(value.size());
    value.copyTo(bytes, size);
    size += value.size();
  }

  void string(String value) throws CodecException {
    int length;
    try {
      length = Utf8.encodedLength(value);
    } catch (IllegalArgumentException e) {
      throw new CodecException(
          Kind.NOT_ENCODABLE, "expected text without lone surrogates, got: some", e);
    }
    varint(length);
    ensure(length);
    if (length == value.length()) {
      for (int i = 0; i < length; i++) {
        bytes[size++] = (byte) value.charAt(i);
      }
    } else {
      System.arraycopy(value.getBytes(StandardCharsets.UTF_8), 0, bytes, size, length);
      size += length;
    }
  }

  /** Begins an embedded message; give what is returned to {@link #end}. */
  int begin() throws CodecException {
    if (++depth > limits.depthMax()) {
      throw new CodecException(
          Kind.LIMIT, "expected at most " + limits.depthMax() + " levels, got more");
    }
    ensure(1);
    return size++;
  }

  void end(int begun) throws CodecException {
    depth--;
    int length = size - begun - 1;
    int lengthBytes = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      lengthBytes++;
    }
    if (lengthBytes > 1) {
      ensure(lengthBytes - 1);
      System.arraycopy(bytes, begun + 1, bytes, begun + lengthBytes, length);
      size += lengthBytes - 1;
    }
    putVarint(begun, length);
  }

  private void ensure(int more) throws CodecException {
    if (bytes.length - size >= more) {
      return;
    }
    long needed = (long) size + more;
    if (needed > BYTES_MAX) {
      throw new CodecException(
          Kind.LIMIT, "expected a message of at most " + BYTES_MAX + " bytes, got more");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(BYTES_MAX, Math.max(needed, bytes.length * 2L)));
  }
}
