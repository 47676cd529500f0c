/**
 * Supervision: start children in order, restart them by rule, stop them in reverse.
 *
 * <p>Begin with {@link io.roster.core.supervisor.Supervisor}; describe a child with {@link
 * io.roster.core.supervisor.ChildSpec}. Decisions ({@code RestartRule}, {@code RestartHistory}) are
 * pure; the tree itself is confined to the supervisor's process.
 */
@NullMarked
package io.roster.core.supervisor;

import org.jspecify.annotations.NullMarked;
