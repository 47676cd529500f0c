/**
 * Names that hold in the whole cluster: registered on one node, known on every node, one owner each
 * when nodes meet again.
 *
 * <p>Begin with {@link io.roster.node.names.GlobalNames}. What it decides is in {@code
 * names.protocol}; the arbiter behind it is a port in {@code names.store}.
 */
@NullMarked
package io.roster.node.names;

import org.jspecify.annotations.NullMarked;
