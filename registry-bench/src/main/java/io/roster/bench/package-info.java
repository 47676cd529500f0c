/** Measurements in rows, each beside a peer that ran in the same session. */
@NullMarked
package io.roster.bench;

import org.jspecify.annotations.NullMarked;
