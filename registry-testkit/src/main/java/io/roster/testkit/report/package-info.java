/** What drills and demos print and write for people and for programs. */
@NullMarked
package io.roster.testkit.report;

import org.jspecify.annotations.NullMarked;
