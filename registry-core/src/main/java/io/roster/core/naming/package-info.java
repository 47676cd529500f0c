/** How a name becomes a pid: the port that every registry implements. */
@NullMarked
package io.roster.core.naming;

import org.jspecify.annotations.NullMarked;
