package io.roster.net.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read and write, and the kind of channel they drive: epoll where the machine has
 * it, NIO otherwise.
 */
record EventLoops(
    EventLoopGroup group, Class<? extends ServerChannel> server, Class<? extends Channel> client) {

  static EventLoops start(int threads, String owner) {
    var factory = named("link-io", owner);
    if (Epoll.isAvailable()) {
      return new EventLoops(
          new MultiThreadIoEventLoopGroup(threads, factory, EpollIoHandler.newFactory()),
          EpollServerSocketChannel.class,
          EpollSocketChannel.class);
    }
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()),
        NioServerSocketChannel.class,
        NioSocketChannel.class);
  }

  /** Threads named {@code role-n@owner}. */
  static ThreadFactory named(String role, String owner) {
    var next = new AtomicInteger();
    return task ->
        Thread.ofPlatform()
            .daemon()
            .name(role + "-" + next.getAndIncrement() + "@" + owner)
            .unstarted(task);
  }
}
