package io.roster.core.process;

/**
 * Something that runs inside a process between two messages: a look at its state, a new setting.
 */
@FunctionalInterface
interface SystemTask {

  void run();
}
