package io.roster.net.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NettyTransportIT {

  private static final LinkOptions SMALL_BUFFER =
      LinkProbe.OPTIONS.withLimits(new LinkOptions.Limits(1, 1 << 20, 2 << 20, 64));

  private final List<LinkProbe> started = new ArrayList<>();

  private LinkProbe start(String name, long incarnation) throws BindException {
    return start(name, incarnation, LinkProbe.OPTIONS);
  }

  private LinkProbe start(String name, long incarnation, LinkOptions options) throws BindException {
    var probe = LinkProbe.start(name, incarnation, options);
    started.add(probe);
    return probe;
  }

  /** A node that {@code peer} has linked itself with, as both have heard. */
  private LinkProbe linked(LinkProbe peer, String name, long incarnation) throws Exception {
    var probe = start(name, incarnation);
    peer.connect(probe);
    assertThat(peer.next()).isEqualTo("up " + probe.id());
    assertThat(probe.next()).isEqualTo("up " + peer.id());
    return probe;
  }

  /** Sends half a megabyte again and again until it is refused. */
  private static Sent flood(Function<Frame, Sent> send) {
    var frame = new Frame(Feature.GROUPS, ByteString.copyFrom(new byte[512 << 10]));
    Sent sent = new Sent.Queued();
    for (int n = 0; n < 1000 && sent instanceof Sent.Queued; n++) {
      sent = send.apply(frame);
    }
    return sent;
  }

  @AfterEach
  void stop() {
    started.forEach(LinkProbe::close);
  }

  @Test
  void one_dial_links_both_ends_and_up_comes_before_the_first_frame() throws Exception {
    var a = start("a", 1);
    var b = start("b", 1);

    a.connect(b);

    assertThat(a.next()).isEqualTo("up b#1");
    assertThat(a.send(b, "hello")).isEqualTo(new Sent.Queued());
    assertThat(b.next()).isEqualTo("up a#1");
    assertThat(b.next()).isEqualTo("a#1 says hello");
    assertThat(b.send(a, "hello yourself")).isEqualTo(new Sent.Queued());
    assertThat(a.next()).isEqualTo("b#1 says hello yourself");
    assertThat(a.transport.peers()).containsExactly(b.id());
  }

  @Test
  void the_node_of_the_higher_name_dials_too_if_it_alone_knows() throws Exception {
    var a = start("a", 1);
    var b = start("b", 1);

    b.connect(a);

    assertThat(a.next()).isEqualTo("up b#1");
    assertThat(b.next()).isEqualTo("up a#1");
  }

  @RepeatedTest(10)
  void two_dials_at_once_leave_one_link() throws Exception {
    var options = LinkProbe.OPTIONS.withLimits(new LinkOptions.Limits(3, 1 << 20, 4 << 20, 64));
    var a = start("a", 1, options);
    var b = start("b", 1, options);

    a.connect(b);
    b.connect(a);
    String upAtA = a.next();
    String upAtB = b.next();
    a.send(b, "one");
    b.send(a, "two");

    assertThat(List.of(upAtA, upAtB)).containsExactly("up b#1", "up a#1");
    assertThat(b.next()).isEqualTo("a#1 says one");
    assertThat(a.next()).isEqualTo("b#1 says two");
  }

  @Test
  void frames_of_one_lane_keep_their_order() throws Exception {
    var a = start("a", 1);
    var b = linked(a, "b", 1);

    for (int n = 0; n < 20_000; n++) {
      assertThat(a.send(b, Lane.data(7), Integer.toString(n))).isEqualTo(new Sent.Queued());
    }

    for (int n = 0; n < 20_000; n++) {
      assertThat(b.next()).isEqualTo("a#1 says " + n);
    }
  }

  @Test
  void large_and_small_frames_arrive_whole_and_in_order() throws Exception {
    var a = start("a", 1);
    var b = linked(a, "b", 1);

    for (int bytes : new int[] {0, 1, 100, 16 << 10, (16 << 10) + 1, 1 << 20, 5, 4 << 20, 3}) {
      a.send(b, "x".repeat(bytes));
    }

    for (int bytes : new int[] {0, 1, 100, 16 << 10, (16 << 10) + 1, 1 << 20, 5, 4 << 20, 3}) {
      assertThat(b.next()).isEqualTo("a#1 says " + "x".repeat(bytes));
    }
  }

  @Test
  void a_later_start_replaces_the_earlier_one_and_down_comes_before_up() throws Exception {
    var a = start("a", 1);
    var first = start("b", 1);
    a.connect(first);
    assertThat(a.next()).isEqualTo("up b#1");
    first.next();

    var second = start("b", 2);
    second.connect(a);

    assertThat(a.next()).isEqualTo("down b#1");
    assertThat(a.next()).isEqualTo("up b#2");
    assertThat(first.next()).isEqualTo("down a#1");
    assertThat(second.next()).isEqualTo("up a#1");
  }

  @Test
  void an_earlier_start_is_refused_while_a_later_one_is_linked() throws Exception {
    var a = start("a", 1);
    var later = start("b", 2);
    a.connect(later);
    assertThat(a.next()).isEqualTo("up b#2");

    var earlier = start("b", 1);
    earlier.connect(a);
    var third = start("c", 1);
    third.connect(a);

    assertThat(a.next()).isEqualTo("up c#1");
    assertThat(a.transport.peers()).containsExactlyInAnyOrder(later.id(), third.id());
    assertThat(earlier.events).isEmpty();
  }

  @Test
  void a_forgotten_peer_goes_down_and_a_wanted_one_is_dialled_again() throws Exception {
    var a = start("a", 1);
    var b = start("b", 1);
    b.connect(a);
    assertThat(a.next()).isEqualTo("up b#1");
    assertThat(b.next()).isEqualTo("up a#1");

    a.transport.forget(b.id().name());

    assertThat(a.next()).isEqualTo("down b#1");
    assertThat(b.next()).isEqualTo("down a#1");
    assertThat(b.next()).isEqualTo("up a#1");
    assertThat(a.next()).isEqualTo("up b#1");
  }

  @Test
  void forgetting_a_past_start_leaves_the_present_one() throws Exception {
    var a = start("a", 1);
    var b = linked(a, "b", 5);

    a.transport.forget(new NodeId(new NodeName("b"), 4));
    a.send(b, "still here");

    assertThat(b.next()).isEqualTo("a#1 says still here");
    assertThat(a.events).isEmpty();
  }

  @Test
  void a_peer_that_closes_goes_down_and_a_send_to_it_is_refused() throws Exception {
    var a = start("a", 1);
    var b = start("b", 1);
    a.connect(b);
    a.next();

    b.close();

    assertThat(a.next()).isEqualTo("down b#1");
    assertThat(a.send(b, "anybody?")).isEqualTo(new Sent.NotConnected(new NodeName("b")));
  }

  @Test
  void a_node_that_starts_again_elsewhere_is_linked_again() throws Exception {
    var a = start("a", 1);
    var first = start("b", 1);
    a.connect(first);
    assertThat(a.next()).isEqualTo("up b#1");
    first.close();
    assertThat(a.next()).isEqualTo("down b#1");

    var second = start("b", 2);
    a.connect(second);

    assertThat(a.next()).isEqualTo("up b#2");
    assertThat(second.next()).isEqualTo("up a#1");
  }

  @Test
  void a_frame_over_the_limit_is_refused_before_it_is_queued() throws Exception {
    var a = start("a", 1);
    var b = linked(a, "b", 1);
    int bytesMax = LinkProbe.OPTIONS.limits().frameBytesMax();

    var sent =
        a.transport.send(
            b.id().name(),
            Lane.data(1),
            new Frame(Feature.SIGNALS, ByteString.copyFrom(new byte[bytesMax + 1])));
    a.send(b, "next");

    assertThat(sent).isEqualTo(new Sent.TooLarge(bytesMax + 1L, bytesMax));
    assertThat(b.next()).isEqualTo("a#1 says next");
  }

  @Test
  void a_full_buffer_refuses_and_control_frames_still_pass() throws Exception {
    var a = start("a", 1, SMALL_BUFFER);
    var b = start("b", 1, SMALL_BUFFER);
    var reading = b.stall(Feature.GROUPS);
    a.connect(b);
    a.next();
    b.next();

    Sent sent = flood(frame -> a.transport.send(b.id().name(), Lane.data(1), frame));
    var urgent = a.send(b, Lane.control(), "urgent");
    reading.countDown();

    assertThat(sent).isInstanceOf(Sent.Overloaded.class);
    assertThat(urgent).isEqualTo(new Sent.Queued());
    assertThat(b.next()).isEqualTo("a#1 says urgent");
  }

  @Test
  void what_must_not_be_missing_breaks_a_link_that_takes_nothing() throws Exception {
    var a = start("a", 1, SMALL_BUFFER);
    var b = start("b", 1, SMALL_BUFFER);
    var reading = b.stall(Feature.GROUPS);
    a.connect(b);
    a.next();

    Sent sent = flood(frame -> a.transport.sendOrBreak(b.id().name(), Lane.data(1), frame));
    reading.countDown();

    assertThat(sent).isEqualTo(new Sent.NotConnected(b.id().name()));
    assertThat(a.next()).isEqualTo("down b#1");
  }

  @Test
  void a_port_in_use_is_said_clearly() throws Exception {
    var a = start("a", 1);
    var b = new NodeId(new NodeName("b"), 1);

    assertThatThrownBy(() -> NettyTransport.start(b, a.transport.localAddress(), LinkProbe.OPTIONS))
        .isInstanceOf(BindException.class)
        .hasMessageContaining(Integer.toString(a.transport.localAddress().getPort()))
        .hasMessageContaining("in use");
  }

  @Test
  void a_second_listener_for_a_feature_is_refused() throws Exception {
    var a = start("a", 1);

    assertThatThrownBy(() -> a.transport.onFrames(Feature.SIGNALS, (_, _) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
