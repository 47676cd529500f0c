package io.roster.net.remote;

import io.roster.core.identity.NodeId;
import io.roster.core.process.Report;
import io.roster.core.process.SendResult;

/** What people should hear of about signals between nodes. Immutable. */
public sealed interface RemoteReport extends Report {

  @Override
  default Severity severity() {
    return Severity.WARNING;
  }

  /**
   * This node did not take a message; its sender's node was told.
   *
   * @param from the node it came from
   * @param type the message's type
   * @param why what became of it
   */
  record MessageNotTaken(NodeId from, String type, SendResult why) implements RemoteReport {}

  /**
   * Another node did not take a message of this one that awaits no answer.
   *
   * @param by that node
   * @param type the message's type
   * @param why what became of it
   */
  record MessageRefused(NodeId by, String type, SendResult why) implements RemoteReport {}

  /**
   * A frame was no signal. It was dropped; the link is as it was.
   *
   * @param from the node it came from
   * @param detail what was expected and what came
   */
  record BadSignal(NodeId from, String detail) implements RemoteReport {}
}
