package io.roster.net.codec;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Alias;
import java.util.Optional;

/**
 * A message as it crosses the wire. Immutable.
 *
 * @param type the alias of its type
 * @param value its bytes
 * @param replyTo where an answer to it is awaited, if it carries a reply handle
 */
public record Encoded(String type, ByteString value, Optional<Alias> replyTo) {}
