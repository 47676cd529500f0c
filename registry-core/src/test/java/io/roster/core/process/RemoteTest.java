package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import io.roster.core.support.TwoNodes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of signals, once more over a border. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemoteTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");
  private static final ExitReason LOST = new ExitReason.NoConnection(new NodeName("b"));
  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final TwoNodes nodes = new TwoNodes();

  /** A question that carries its reply address. */
  private record Ask(Alias replyTo) {}

  private void onA(ProcessBody body) {
    var done = new Probe<Optional<Throwable>>();
    nodes
        .a()
        .spawn(
            self -> {
              try {
                body.run(self);
                done.put(Optional.empty());
              } catch (Throwable thrown) {
                done.put(Optional.of(thrown));
              }
            });
    done.next()
        .ifPresent(
            thrown -> {
              throw new AssertionError(thrown);
            });
  }

  private Pid foreverOnB() {
    return nodes
        .b()
        .spawn(
            self -> {
              while (true) {
                self.receive();
              }
            });
  }

  @Test
  void a_message_reaches_a_pid_a_name_and_an_alias() {
    var name = new ProcessName("sink");
    var seen = new Probe<Object>();
    var alias = new Probe<Alias>();
    Pid sink =
        nodes
            .b()
            .spawn(
                self -> {
                  self.register(name);
                  alias.put(self.alias());
                  while (true) {
                    seen.put(self.receive());
                  }
                });
    Destination byAlias = alias.next();

    for (Destination to : List.of(sink, new Named(name, new NodeName("b")), byAlias)) {
      assertThat(nodes.a().send(to, to.toString())).isEqualTo(SendResult.delivered());
      assertThat(seen.next()).isEqualTo(to.toString());
    }
  }

  @Test
  void a_remote_monitor_fires_once_when_its_process_ends() {
    onA(
        self -> {
          Pid far = foreverOnB();
          Ref ref = self.monitor(far);

          self.exit(far, BOOM);
          nodes.cut();

          assertThat(self.receive()).isEqualTo(new Signal.Down(ref, far, BOOM));
          assertThat(self.receive(Duration.ZERO)).isEmpty();
        });
  }

  @Test
  void a_remote_monitor_of_a_dead_process_fires_at_once() {
    onA(
        self -> {
          var far = new Pid(nodes.b().node(), 99);

          Ref ref = self.monitor(far);

          assertThat(self.receive()).isEqualTo(new Signal.Down(ref, far, ExitReason.noProcess()));
        });
  }

  @Test
  void a_lost_node_fires_every_monitor_and_link_to_it_once() {
    onA(
        self -> {
          self.trapExits(true);
          Pid first = foreverOnB();
          Pid second = foreverOnB();
          Ref monitor = self.monitor(first);
          self.link(second);

          nodes.cut();
          nodes.a().nodeDown(nodes.b().node());

          assertThat(self.receive(Signal.Down.class))
              .isEqualTo(new Signal.Down(monitor, first, LOST));
          assertThat(self.receive(Signal.Exit.class))
              .isEqualTo(new Signal.Exit(second, LOST, true));
          assertThat(self.receive(Duration.ZERO)).isEmpty();
        });
  }

  @Test
  void both_ends_of_a_link_hear_of_a_lost_node() {
    var seen = new Probe<Object>();
    Pid far =
        nodes
            .b()
            .spawn(
                self -> {
                  self.trapExits(true);
                  seen.put("ready");
                  seen.put(self.receive());
                });
    seen.next();
    Pid near =
        nodes
            .a()
            .spawn(
                self -> {
                  self.link(far);
                  seen.put("linked");
                  self.receive();
                });
    ExitWatch watch = nodes.a().watchExit(near);
    seen.next();

    nodes.cut();

    assertThat(watch.await(LONG)).contains(LOST);
    assertThat(seen.next())
        .isEqualTo(new Signal.Exit(near, new ExitReason.NoConnection(new NodeName("a")), true));
  }

  @Test
  void a_remote_link_carries_the_exit_of_either_end() {
    onA(
        self -> {
          self.trapExits(true);
          Pid far = foreverOnB();
          self.link(far);

          self.exit(far, BOOM);

          assertThat(self.receive()).isEqualTo(new Signal.Exit(far, BOOM, true));
        });
  }

  @Test
  void a_remote_link_to_a_dead_process_answers_no_process() {
    onA(
        self -> {
          self.trapExits(true);
          var far = new Pid(nodes.b().node(), 99);

          self.link(far);

          assertThat(self.receive()).isEqualTo(new Signal.Exit(far, ExitReason.noProcess(), true));
        });
  }

  @Test
  void a_remote_unlink_holds_at_both_ends() {
    onA(
        self -> {
          Pid far = foreverOnB();
          self.link(far);

          self.unlink(far);
          self.exit(far, BOOM);

          assertThat(self.receive(Duration.ZERO)).isEmpty();
        });
  }

  @Test
  void a_demonitored_remote_process_is_forgotten_at_both_ends() {
    onA(
        self -> {
          Pid far = foreverOnB();
          Ref ref = self.monitor(far);

          assertThat(self.demonitor(ref)).isTrue();

          assertThat(nodes.a().stats().remoteTies()).isZero();
          assertThat(nodes.b().stats().remoteTies()).isZero();
          assertThat(nodes.b().info(far).orElseThrow().watchers()).isZero();
        });
  }

  @Test
  void a_question_is_answered_over_the_border() {
    Pid far =
        nodes
            .b()
            .spawn(
                self -> {
                  Ask asked = self.receive(Ask.class);
                  self.send(asked.replyTo(), "answer");
                  self.receive();
                });
    Request request = nodes.a().request();

    request.send(far, new Ask(request.alias()));

    assertThat(request.await(LONG)).isEqualTo(new Request.Outcome.Replied("answer"));
    LocalNode.eventually(
        "nothing of the question is left",
        () -> nodes.a().stats().remoteTies() == 0 && nodes.b().stats().remoteTies() == 0);
  }

  @Test
  void a_lost_node_ends_a_question() { // case 112
    Request request = nodes.a().request();
    request.send(foreverOnB(), new Ask(request.alias()));

    nodes.cut();

    assertThat(request.await(LONG))
        .isEqualTo(new Request.Outcome.Refused(new SendResult.ConnectionLost(new NodeName("b"))));
  }

  @Test
  void a_question_to_a_name_nobody_has_finds_nobody() {
    var nobody = new Named(new ProcessName("nobody"), new NodeName("b"));
    Request request = nodes.a().request();

    request.send(nobody, new Ask(request.alias()));

    assertThat(request.await(LONG))
        .isEqualTo(new Request.Outcome.ServerEnded(nobody, ExitReason.noProcess()));
  }

  @Test
  void a_process_that_moves_to_another_node_is_followed_there() {
    var seen = new Probe<Object>();
    Pid target =
        nodes
            .b()
            .spawn(
                self -> {
                  while (true) {
                    if (self.receive() instanceof Ask(Alias replyTo)) {
                      self.send(replyTo, "moved and well");
                    } else {
                      seen.put("message");
                    }
                  }
                });
    Pid old = nodes.a().spawn(ProcessContext::receive);
    Request open = nodes.a().request();
    nodes.a().suspend(old);
    open.send(old, new Ask(open.alias()));
    nodes.a().send(old, "queued");

    nodes.a().exit(old, new ExitReason.Moved(target));
    nodes.a().send(old, "late");

    assertThat(open.await(LONG)).isEqualTo(new Request.Outcome.Replied("moved and well"));
    assertThat(seen.next(2)).containsOnly("message");
  }

  @Test
  void a_question_to_one_that_moved_over_the_border_may_have_been_taken_though_nobody_is_there() {
    for (var gone : List.of(new Pid(nodes.b().node(), 99), new Pid(nodes.a().node(), 99))) {
      Pid moving = foreverOnB();
      Request open = nodes.a().request();
      open.send(moving, new Ask(open.alias()));

      nodes.b().exit(moving, new ExitReason.Moved(gone));

      assertThat(open.await(LONG))
          .isEqualTo(new Request.Outcome.ServerEnded(gone, new ExitReason.Moved(gone)));
    }
  }
}
