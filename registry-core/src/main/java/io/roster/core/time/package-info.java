/** Two ports for time, so that decisions never read a clock of their own. */
@NullMarked
package io.roster.core.time;

import org.jspecify.annotations.NullMarked;
