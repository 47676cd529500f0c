/** What processes of one node do when there is too much of something. */
@NullMarked
package io.roster.bench.stress;

import org.jspecify.annotations.NullMarked;
