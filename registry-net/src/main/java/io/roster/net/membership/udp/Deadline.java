package io.roster.net.membership.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes its channel after a while, whatever comes over it, unless it is removed before. */
final class Deadline extends ChannelInboundHandlerAdapter {

  private final Duration after;
  private @Nullable Future<?> end;

  Deadline(Duration after) {
    this.after = after;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    end = ctx.executor().schedule(() -> closeQuietly(ctx), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  /* A channel that closes removes its handlers too. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    var planned = end;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private static void closeQuietly(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}
