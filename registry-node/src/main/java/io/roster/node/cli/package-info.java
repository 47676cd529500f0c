/**
 * The command line: {@code roster node}, {@code roster members} and whatever other modules add.
 *
 * <p>Begin with {@link io.roster.node.cli.Main}. A command is a class that implements {@link
 * io.roster.node.cli.RosterCommand} and is named to {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.roster.node.cli;

import org.jspecify.annotations.NullMarked;
