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
 * of that moment. Each question blocks for six seconds at most. Thread-safe.
 */
final class DnsLookup implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int QUERIES_MAX = 4;

  /** For one question, with all that it leads to: a retry or two. */
  private static final Duration PATIENCE = TIMEOUT.multipliedBy(3);

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
    return get(host, ask(host), deadline());
  }

  /**
   * The targets of all SRV records of a name, those of the lowest priority value first. Records
   * that cannot be read and targets whose addresses are not there in time are left out.
   *
   * @throws IOException if none is left
   */
  List<InetSocketAddress> targets(String name) throws IOException {
    long deadline = deadline();
    var records =
        get(name, resolver.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV)), deadline);
    var targets = new ArrayList<Target>();
    IOException last = new IOException("expected SRV records of " + name + ", got none");
    try {
      for (DnsRecord record : records) {
        if (record instanceof DnsRawRecord raw && record.type().equals(DnsRecordType.SRV)) {
          try {
            targets.add(read(raw));
          } catch (IOException e) {
            last = e;
          }
        }
      }
    } finally {
      records.forEach(ReferenceCountUtil::release);
    }
    targets.sort(Comparator.comparingInt(Target::priority));
    var tried = targets.subList(0, Math.min(TARGETS_MAX, targets.size()));
    // All at once, so that those that nobody answers for cost the time of one.
    var answers = tried.stream().map(target -> ask(target.host())).toList();
    var found = new ArrayList<InetSocketAddress>();
    for (int i = 0; i < tried.size(); i++) {
      var target = tried.get(i);
      try {
        get(target.host(), answers.get(i), deadline)
            .forEach(ip -> found.add(new InetSocketAddress(ip, target.port())));
      } catch (IOException e) {
        last = e;
      }
    }
    if (found.isEmpty()) {
      throw last;
    }
    return found;
  }

  /* A record may name what is no host at all, which some checks of the resolver throw for. */
  private Future<List<InetAddress>> ask(String host) {
    try {
      return resolver.resolveAll(host);
    } catch (RuntimeException e) {
      return threads.next().newFailedFuture(e);
    }
  }

  private static Target read(DnsRawRecord raw) throws IOException {
    var content = raw.content();
    if (content.readableBytes() < 7) {
      throw new IOException("expected an SRV record of 7 bytes or more, got fewer");
    }
    int priority = content.readUnsignedShort();
    content.skipBytes(Short.BYTES); // the weight: every target is tried anyway
    int port = content.readUnsignedShort();
    try {
      return new Target(priority, DefaultDnsRecordDecoder.decodeName(content), port);
    } catch (RuntimeException e) {
      throw new IOException("expected a name in an SRV record, got: " + e.getMessage(), e);
    }
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private static <T> T get(String name, Future<T> answer, long deadline) throws IOException {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      if (!answer.await(left, TimeUnit.NANOSECONDS)) {
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
