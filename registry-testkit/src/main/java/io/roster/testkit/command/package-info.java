/** {@code roster drill …}: the commands of the testkit. */
@NullMarked
package io.roster.testkit.command;

import org.jspecify.annotations.NullMarked;
