/** Names as bytes: frames between nodes and records of the arbiter. */
@NullMarked
package io.roster.node.names.wire;

import org.jspecify.annotations.NullMarked;
