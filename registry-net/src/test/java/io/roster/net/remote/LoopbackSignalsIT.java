package io.roster.net.remote;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.process.Limits;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Report;
import io.roster.net.transport.LoopbackNetwork;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopbackSignalsIT implements RemoteSignalsContract {

  private final NodeId hereId = new NodeId(new NodeName("here"), 3);
  private final NodeId thereId = new NodeId(new NodeName("there"), 4);
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final LoopbackNetwork network = new LoopbackNetwork();
  private final ProcessSystem here = ProcessSystem.builder(hereId).reporter(reports::add).build();
  private final ProcessSystem there =
      ProcessSystem.builder(thereId)
          .limits(Limits.DEFAULT.withMailboxMax(6_000))
          .reporter(_ -> {})
          .build();

  @BeforeEach
  void start() {
    RemoteSignals.connect(here, network.join(hereId), OnlyHere.TYPES);
    RemoteSignals.connect(there, network.join(thereId), TestMessages.TYPES);
    heal();
  }

  @AfterEach
  void stop() {
    network.close();
    here.close();
    there.close();
  }

  @Override
  public ProcessSystem here() {
    return here;
  }

  @Override
  public ProcessSystem there() {
    return there;
  }

  @Override
  public void cut() {
    network.cut(hereId.name(), thereId.name());
  }

  @Override
  public void heal() {
    network.link(hereId.name(), thereId.name());
  }

  @Override
  public BlockingQueue<Report> reportsHere() {
    return reports;
  }
}
