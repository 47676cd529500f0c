/**
 * Mailbox, links, monitors, aliases and exit: the processes of one node and the table that knows
 * them.
 */
@NullMarked
package io.roster.core.process;

import org.jspecify.annotations.NullMarked;
