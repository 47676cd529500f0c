package io.roster.net.client;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.process.ProcessSystem;
import io.roster.net.remote.RemoteSignals;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.transport.netty.NettyTransport;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A node as far as clients see it: processes, links, and names that all nodes of a test share. */
final class ClientNode implements AutoCloseable {

  static final LinkOptions OPTIONS =
      LinkOptions.of("test", Cookie.of("a cookie for tests"))
          .withTimes(
              new LinkOptions.Times(
                  Duration.ofMillis(200),
                  50,
                  Duration.ofSeconds(10),
                  Duration.ofMillis(20),
                  Duration.ofMillis(200)));

  final ProcessSystem system;
  final NettyTransport links;
  final ClientAcceptor acceptor;

  ClientNode(String name, long incarnation, NameResolver names) throws BindException {
    var id = new NodeId(new NodeName(name), incarnation);
    system = ProcessSystem.builder(id).reporter(_ -> {}).build();
    links =
        NettyTransport.start(
            id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), OPTIONS);
    RemoteSignals.connect(system, links, ClientMessages.TYPES);
    acceptor = ClientAcceptor.start(system, links, ClientMessages.TYPES, names);
  }

  InetSocketAddress address() {
    return links.localAddress();
  }

  @Override
  public void close() {
    links.close();
    system.close();
  }

  /** Names that live in a map. */
  static final class SharedNames implements NameRegistry {

    private final Map<ProcessName, Pid> owners = new ConcurrentHashMap<>();

    @Override
    public Registration register(ProcessName name, Pid pid) {
      owners.put(name, pid);
      return new Registration.Registered(name, pid);
    }

    @Override
    public boolean unregister(ProcessName name, Pid pid) {
      return owners.remove(name, pid);
    }

    @Override
    public Optional<Pid> whereis(ProcessName name) {
      return Optional.ofNullable(owners.get(name));
    }
  }
}
