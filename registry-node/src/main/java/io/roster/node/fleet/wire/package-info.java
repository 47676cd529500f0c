/** The fleet's messages as protobuf frames, and back. */
@NullMarked
package io.roster.node.fleet.wire;

import org.jspecify.annotations.NullMarked;
