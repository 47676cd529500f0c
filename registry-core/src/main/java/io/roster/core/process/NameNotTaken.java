package io.roster.core.process;

import io.roster.core.identity.ProcessName;

/**
 * Why a start failed that could not take its name although nobody is known to have it: the detail
 * of its {@code Crashed}. Immutable.
 *
 * @param name the name
 * @param why what the registry said, for people
 */
public record NameNotTaken(ProcessName name, String why) {}
