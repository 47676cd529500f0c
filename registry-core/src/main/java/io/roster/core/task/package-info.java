/**
 * Tasks: processes that compute one value.
 *
 * <p>Begin with {@link io.roster.core.task.Task}; supervise them with {@link
 * io.roster.core.task.TaskSupervisor}.
 */
@NullMarked
package io.roster.core.task;

import org.jspecify.annotations.NullMarked;
