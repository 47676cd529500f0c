/** Messages of the gossip as protobuf bytes and back; nothing malformed gets through. */
@NullMarked
package io.roster.net.membership.wire;

import org.jspecify.annotations.NullMarked;
