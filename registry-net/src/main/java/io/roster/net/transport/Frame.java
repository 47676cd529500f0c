package io.roster.net.transport;

import com.google.protobuf.ByteString;

/**
 * One message of a feature, as bytes. Immutable.
 *
 * @param feature whose message it is
 * @param payload a protobuf message of that feature
 */
public record Frame(Feature feature, ByteString payload) {}
