/** How the output of the peer is read. */
@NullMarked
package io.roster.bench.beam;

import org.jspecify.annotations.NullMarked;
