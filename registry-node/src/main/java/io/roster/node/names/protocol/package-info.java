/**
 * The global name table as a pure protocol: what one node knows, what it tells its peers and what
 * becomes of names when nodes come, go and meet again.
 *
 * <p>Begin with {@link io.roster.node.names.protocol.NameTable}. Nothing here reads a clock, holds
 * a thread or sends anything.
 */
@NullMarked
package io.roster.node.names.protocol;

import org.jspecify.annotations.NullMarked;
