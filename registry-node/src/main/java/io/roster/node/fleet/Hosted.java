package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;

/** A worker's process on this node. Confined to the fleet's thread. */
final class Hosted {

  /** What goes on with it. */
  enum Phase {
    /** It waits for its name, or its {@code init} runs. */
    STARTING,
    /** It acts, under its name. */
    RUNNING,
    /** It is being handed over. */
    LEAVING,
    /** It is to take a state over from another node. */
    ARRIVING,
    /** It was told to end. */
    STOPPING
  }

  final ProcessName name;
  final WorkerType<?, ?, ?> type;
  final ByteString args;
  final Pid pid;
  Phase phase;

  /** Whether its name, which was lost, is being claimed again. */
  boolean isClaiming;

  Hosted(ProcessName name, WorkerType<?, ?, ?> type, ByteString args, Pid pid, Phase phase) {
    this.name = name;
    this.type = type;
    this.args = args;
    this.pid = pid;
    this.phase = phase;
  }
}
