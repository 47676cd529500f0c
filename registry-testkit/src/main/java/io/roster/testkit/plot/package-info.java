/** Plots as inline SVG: no script, no network, colours by style sheet, every mark with a title. */
@NullMarked
package io.roster.testkit.plot;

import org.jspecify.annotations.NullMarked;
