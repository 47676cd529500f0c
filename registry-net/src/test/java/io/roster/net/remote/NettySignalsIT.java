package io.roster.net.remote;

import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.process.Limits;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Report;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.transport.netty.NettyTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NettySignalsIT implements RemoteSignalsContract {

  private final NodeId hereId = new NodeId(new NodeName("here"), 3);
  private final NodeId thereId = new NodeId(new NodeName("there"), 4);
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final ProcessSystem here = ProcessSystem.builder(hereId).reporter(reports::add).build();
  private final ProcessSystem there =
      ProcessSystem.builder(thereId)
          .limits(Limits.DEFAULT.withMailboxMax(6_000))
          .reporter(_ -> {})
          .build();
  private final NettyTransport hereLinks;
  private final NettyTransport thereLinks;

  NettySignalsIT() throws Exception {
    var options = LinkOptions.of("test", Cookie.of("a cookie for tests"));
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    hereLinks = NettyTransport.start(hereId, anyPort, options);
    thereLinks = NettyTransport.start(thereId, anyPort, options);
  }

  @BeforeEach
  void start() {
    RemoteSignals.connect(here, hereLinks, OnlyHere.TYPES);
    RemoteSignals.connect(there, thereLinks, TestMessages.TYPES);
    heal();
  }

  @AfterEach
  void stop() {
    hereLinks.close();
    thereLinks.close();
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
    hereLinks.forget(thereId.name());
    await().until(() -> hereLinks.peers().isEmpty() && thereLinks.peers().isEmpty());
  }

  @Override
  public void heal() {
    hereLinks.connect(thereId, thereLinks.localAddress());
    await().until(() -> !hereLinks.peers().isEmpty() && !thereLinks.peers().isEmpty());
  }

  @Override
  public BlockingQueue<Report> reportsHere() {
    return reports;
  }
}
