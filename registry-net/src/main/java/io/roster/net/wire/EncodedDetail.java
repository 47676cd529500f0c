package io.roster.net.wire;

import com.google.protobuf.ByteString;

/**
 * The detail of a {@code Crashed} while it is on the wire. Immutable.
 *
 * @param type the alias of its type
 * @param value its bytes
 */
public record EncodedDetail(String type, ByteString value) {}
