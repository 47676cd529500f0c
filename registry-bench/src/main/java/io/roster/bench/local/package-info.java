/** What processes of one node cost. */
@NullMarked
package io.roster.bench.local;

import org.jspecify.annotations.NullMarked;
