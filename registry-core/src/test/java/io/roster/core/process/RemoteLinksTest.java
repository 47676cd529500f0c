package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.Probe;
import io.roster.core.support.TwoNodes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and unlinks of two nodes whose signals cross, delivered one after the other. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemoteLinksTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final TwoNodes nodes = new TwoNodes();

  private final Puppet a = new Puppet(nodes.a());
  private final Puppet b = new Puppet(nodes.b());

  /** A process that traps exits and does what it is told before {@code does} returns. */
  private static final class Puppet {

    private final ProcessSystem system;
    private final Probe<Boolean> done = new Probe<>();
    private final Probe<Signal.Exit> exits = new Probe<>();
    private final Pid pid;

    private record Step(Consumer<ProcessContext> code) {}

    private Puppet(ProcessSystem system) {
      this.system = system;
      pid =
          system.spawn(
              self -> {
                self.trapExits(true);
                while (true) {
                  switch (self.receive()) {
                    case Step(Consumer<ProcessContext> code) -> {
                      code.accept(self);
                      done.put(true);
                    }
                    case Signal.Exit exit -> exits.put(exit);
                    default -> {}
                  }
                }
              });
    }

    private void does(Consumer<ProcessContext> code) {
      system.send(pid, new Step(code));
      done.next();
    }

    private List<Pid> links() {
      return system.info(pid).orElseThrow().links();
    }

    private List<Signal.Exit> exits() {
      does(_ -> {}); // What came before has been taken.
      return exits.all();
    }
  }

  @Test
  void an_unlink_that_crosses_with_a_link_undoes_it_at_both_ends() { // case 125
    nodes.holdBack();
    a.does(self -> self.link(b.pid));
    nodes.deliverAll();
    a.does(self -> self.unlink(b.pid));
    b.does(self -> self.link(a.pid));

    nodes.deliverAll();

    assertThat(a.links()).isEmpty();
    assertThat(b.links()).isEmpty();
    assertThat(nodes.a().stats().remoteTies()).isZero();
    assertThat(nodes.b().stats().remoteTies()).isZero();
  }

  @Test
  void no_exit_of_a_link_comes_after_unlink() {
    nodes.holdBack();
    a.does(self -> self.link(b.pid));
    nodes.deliverAll();
    nodes.b().exit(b.pid, ExitReason.killed());
    a.does(self -> self.unlink(b.pid));

    nodes.deliverAll();

    assertThat(a.exits()).isEmpty();
  }

  @Test
  void a_link_made_while_an_unlink_is_on_its_way_holds() {
    nodes.holdBack();
    a.does(self -> self.link(b.pid));
    nodes.deliverAll();
    a.does(
        self -> {
          self.unlink(b.pid);
          self.link(b.pid);
        });
    nodes.deliverAll();

    nodes.b().exit(b.pid, BOOM);
    b.exits.next();
    nodes.b().exit(b.pid, ExitReason.killed());
    nodes.deliverAll();

    assertThat(a.exits()).containsExactly(new Signal.Exit(b.pid, ExitReason.killed(), true));
  }

  @Test
  void an_unlink_of_a_process_that_has_ended_waits_for_nothing() {
    nodes.holdBack();
    a.does(self -> self.link(b.pid));
    nodes.deliverAll();
    a.does(self -> self.unlink(b.pid));
    nodes.b().exit(b.pid, ExitReason.killed());

    nodes.deliverAll();

    assertThat(nodes.a().stats().remoteTies()).isZero();
  }

  @Test
  void a_lost_node_ends_the_wait_for_its_acknowledgement() {
    nodes.holdBack();
    a.does(self -> self.link(b.pid));
    nodes.deliverAll();
    a.does(self -> self.unlink(b.pid));

    nodes.cut();

    assertThat(nodes.a().stats().remoteTies()).isZero();
    assertThat(a.exits()).isEmpty();
  }

  static java.util.stream.LongStream seeds() {
    Long seed = Long.getLong("stress.seed");
    return seed == null ? new SplittableRandom().longs(200) : java.util.stream.LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void both_ends_agree_once_every_signal_has_arrived(long seed) {
    nodes.holdBack();
    var random = new SplittableRandom(seed);

    for (int i = 0; i < 30; i++) {
      switch (random.nextInt(6)) {
        case 0 -> a.does(self -> self.link(b.pid));
        case 1 -> b.does(self -> self.link(a.pid));
        case 2 -> a.does(self -> self.unlink(b.pid));
        case 3 -> b.does(self -> self.unlink(a.pid));
        case 4 -> nodes.deliverToA();
        default -> nodes.deliverToB();
      }
    }
    nodes.deliverAll();

    boolean linked = a.links().contains(b.pid);
    assertThat(b.links().contains(a.pid)).as("seed " + seed).isEqualTo(linked);
    assertThat(nodes.a().stats().remoteTies()).isEqualTo(linked ? 1 : 0);
    assertThat(nodes.b().stats().remoteTies()).isEqualTo(linked ? 1 : 0);
    assertThat(a.exits()).isEmpty();
  }
}
