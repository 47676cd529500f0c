/**
 * One node: every part put together, started in order and stopped in reverse.
 *
 * <p>Begin with {@link io.roster.node.RosterNode}. User code enters by {@link
 * io.roster.node.RosterModule}.
 */
@NullMarked
package io.roster.node;

import org.jspecify.annotations.NullMarked;
