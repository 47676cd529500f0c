package io.roster.net.membership.discovery;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A DNS server on loopback whose records change when the test says so. */
final class TestDns implements AutoCloseable {

  record Srv(int priority, int port, String target) {}

  private static final long TTL = 3_600;

  final Map<String, List<String>> hosts = new ConcurrentHashMap<>();
  final Map<String, List<Srv>> services = new ConcurrentHashMap<>();

  /** Records of services as they are on the wire. */
  final Map<String, List<byte[]>> raw = new ConcurrentHashMap<>();

  volatile boolean silent;

  /** Names that nobody is told of before all of them have been asked for. */
  volatile Set<String> together = Set.of();

  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;

  TestDns() {
    channel =
        new Bootstrap()
            .group(threads)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answers());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

    private final Set<String> asked = new HashSet<>();
    private final List<DatagramDnsResponse> held = new ArrayList<>();

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      if (silent) {
        return;
      }
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      var name = question.name().replaceAll("\\.$", "");
      var response =
          new DatagramDnsResponse(
              /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      if (!hosts.containsKey(name) && !services.containsKey(name)) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      }
      if (question.type().equals(DnsRecordType.A)) {
        for (var ip : hosts.getOrDefault(name, List.of())) {
          add(response, question, Unpooled.wrappedBuffer(InetAddress.ofLiteral(ip).getAddress()));
        }
      } else if (question.type().equals(DnsRecordType.SRV)) {
        for (var srv : services.getOrDefault(name, List.of())) {
          var content = Unpooled.buffer();
          content.writeShort(srv.priority()).writeShort(0).writeShort(srv.port());
          for (var label : srv.target().split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            content.writeByte(bytes.length).writeBytes(bytes);
          }
          add(response, question, content.writeByte(0));
        }
        for (var content : raw.getOrDefault(name, List.of())) {
          add(response, question, Unpooled.wrappedBuffer(content));
        }
      }
      asked.add(name);
      if (together.contains(name)) {
        held.add(response);
      } else {
        var _ = ctx.write(response);
      }
      if (asked.containsAll(together)) {
        held.forEach(
            one -> {
              var _ = ctx.write(one);
            });
        held.clear();
      }
      ctx.flush();
    }

    private static void add(DatagramDnsResponse response, DnsQuestion question, ByteBuf content) {
      response.addRecord(
          DnsSection.ANSWER,
          new DefaultDnsRawRecord(question.name(), question.type(), TTL, content));
    }
  }
}
