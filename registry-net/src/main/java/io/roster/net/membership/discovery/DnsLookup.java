package io.roster.net.membership.discovery;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.roster.core.identity.NodeName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks DNS servers themselves, with nothing remembered in between: each question sees the records
 * of that moment. Blocks for some seconds at most. Thread-safe.
 */
final class DnsLookup implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int QUERIES_MAX = 4;
  private static final int TARGETS_MAX = 64;

  private final MultiThreadIoEventLoopGroup threads;
  private final DnsNameResolver resolver;

  /**
   * Asks {@code server}, or those that the machine is set up with.
   *
   * @param node whose thread it is
   */
  DnsLookup(NodeName node, Optional<InetSocketAddress> server) {
    this.threads =
        new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().daemon().name("dns@" + node).factory(),
            NioIoHandler.newFactory());
    var builder =
        new DnsNameResolverBuilder(threads.next())
            .datagramChannelType(NioDatagramChannel.class)
            // Many records do not fit into a datagram.
            .socketChannelType(NioSocketChannel.class)
            .queryTimeoutMillis(TIMEOUT.toMillis())
            .maxQueriesPerResolve(QUERIES_MAX)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
    server.ifPresent(
        address ->
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(address)));
    this.resolver = builder.build();
  }

  /** A target of an SRV record. */
  private record Target(int priority, String host, int port) {}

  /** All addresses of a host. */
  List<InetAddress> addresses(String host) throws IOException {
    return get(host, resolver.resolveAll(host));
  }

  /** The targets of all SRV records of a name, those of the lowest priority value first. */
  List<InetSocketAddress> targets(String name) throws IOException {
    var records = get(name, resolver.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV)));
    var targets = new ArrayList<Target>();
    for (DnsRecord record : records) {
      try {
        if (record instanceof DnsRawRecord raw && record.type().equals(DnsRecordType.SRV)) {
          targets.add(read(raw));
        }
      } finally {
        ReferenceCountUtil.release(record);
      }
    }
    targets.sort(Comparator.comparingInt(Target::priority));
    var found = new ArrayList<InetSocketAddress>();
    IOException last = new IOException("expected SRV records of " + name + ", got none");
    for (var target : targets.subList(0, Math.min(TARGETS_MAX, targets.size()))) {
      try {
        addresses(target.host()).forEach(ip -> found.add(new InetSocketAddress(ip, target.port())));
      } catch (IOException e) {
        last = e;
      }
    }
    if (found.isEmpty()) {
      throw last;
    }
    return found;
  }

  private static Target read(DnsRawRecord raw) throws IOException {
    var content = raw.content();
    if (content.readableBytes() < 7) {
      throw new IOException("expected an SRV record of 7 bytes or more, got fewer");
    }
    int priority = content.readUnsignedShort();
    content.skipBytes(Short.BYTES); // the weight: every target is tried anyway
    int port = content.readUnsignedShort();
    return new Target(priority, DefaultDnsRecordDecoder.decodeName(content), port);
  }

  private static <T> T get(String name, Future<T> answer) throws IOException {
    try {
      // A few queries, each with its timeout, and some rest.
      if (!answer.await(TIMEOUT.toMillis() * (QUERIES_MAX + 1), TimeUnit.MILLISECONDS)) {
        answer.cancel(false);
        throw new IOException("expected an answer about " + name + ", got none in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("expected an answer about " + name + ", got interrupted", e);
    }
    if (!answer.isSuccess()) {
      throw new IOException(String.valueOf(answer.cause().getMessage()), answer.cause());
    }
    return answer.getNow();
  }

  @Override
  public void close() {
    resolver.close();
    var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
