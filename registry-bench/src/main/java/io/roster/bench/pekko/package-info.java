/** Pekko as a peer: the same works, written for its typed actors and run in a JVM of its own. */
@NullMarked
package io.roster.bench.pekko;

import org.jspecify.annotations.NullMarked;
