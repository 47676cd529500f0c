package io.roster.core.process;

import io.roster.core.signal.ExitReason;

/** Tells a server to stop when it has handled what came before. */
record StopTask(ExitReason reason) {}
