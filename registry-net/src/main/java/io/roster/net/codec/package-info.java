/**
 * Users' messages to bytes and back: records and sealed interfaces as protobuf wire format.
 *
 * <p>Begin with {@link io.roster.net.codec.MessageTypes}. A type is known by the short alias that a
 * node registered it under; no class name crosses the wire and nothing is loaded by name. How a
 * type is written is worked out once, when it is registered, and whatever cannot be written is
 * refused there. Bytes that do not decode end in one checked {@link
 * io.roster.net.codec.CodecException}, whatever is in them.
 */
@NullMarked
package io.roster.net.codec;

import org.jspecify.annotations.NullMarked;
