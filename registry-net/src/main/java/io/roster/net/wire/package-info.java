/**
 * Frames to our messages and back: the only importer of generated protobuf classes in this module.
 *
 * <p>{@link io.roster.net.wire.IdentityWire} is shared by every part that puts names, pids and
 * reasons on the wire. Whatever does not decode ends in one checked {@link
 * io.roster.net.wire.WireException}.
 */
@NullMarked
package io.roster.net.wire;

import org.jspecify.annotations.NullMarked;
