/**
 * Which node a worker belongs on: a consistent-hash ring, and the moves that a new ring asks for.
 *
 * <p>Pure: equal members give equal answers on every node, in every JVM, in whatever order the
 * members became known.
 */
@NullMarked
package io.roster.node.placement;

import org.jspecify.annotations.NullMarked;
