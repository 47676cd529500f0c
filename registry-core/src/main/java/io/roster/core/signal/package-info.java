/** What passes between processes: signals, and the reasons processes end with. */
@NullMarked
package io.roster.core.signal;

import org.jspecify.annotations.NullMarked;
