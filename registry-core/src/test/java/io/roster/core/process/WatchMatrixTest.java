package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.Probe;
import io.roster.core.support.TwoNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to watch a process against each way to lose it: one event, with the right reason. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchMatrixTest { // case 125

  private static final ProcessName NAME = new ProcessName("watched");
  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final TwoNodes nodes = new TwoNodes();

  /** How a process is watched. */
  enum Watch {
    LINK,
    MONITOR_PID,
    MONITOR_NAME,
    MONITOR_ALIAS
  }

  /** How it is lost. */
  enum Loss {
    EXITS,
    CRASHES,
    IS_KILLED,
    GIVES_UP_NAME_AND_ALIAS_AND_THEN_CRASHES,
    IS_GONE_BEFORE,
    NODE_IS_LOST;

    ExitReason reason(ProcessSystem there) {
      return switch (this) {
        case EXITS -> new ExitReason.Shutdown("done");
        case CRASHES, GIVES_UP_NAME_AND_ALIAS_AND_THEN_CRASHES -> BOOM;
        case IS_KILLED -> ExitReason.killed();
        case IS_GONE_BEFORE -> ExitReason.noProcess();
        case NODE_IS_LOST -> new ExitReason.NoConnection(there.node().name());
      };
    }
  }

  /** A process to be watched, which does what it is sent. */
  private record Watched(ProcessSystem there, Pid pid, Alias alias) {

    static Watched on(ProcessSystem there) {
      var alias = new Probe<Alias>();
      Pid pid =
          there.spawn(
              self -> {
                self.register(NAME);
                alias.put(self.alias());
                while (true) {
                  if (self.receive() instanceof Do(Consumer<ProcessContext> code)) {
                    code.accept(self);
                  }
                }
              });
      return new Watched(there, pid, alias.next());
    }

    private record Do(Consumer<ProcessContext> code) {}

    void does(Consumer<ProcessContext> code) {
      var done = new Probe<Boolean>();
      there.send(
          pid,
          new Do(
              self -> {
                code.accept(self);
                done.put(true);
              }));
      done.next();
    }

    Destination destination(Watch watch) {
      return switch (watch) {
        case LINK, MONITOR_PID -> pid;
        case MONITOR_NAME -> new Named(NAME, there.node().name());
        case MONITOR_ALIAS -> alias;
      };
    }
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (boolean far : new boolean[] {false, true}) {
      for (Watch watch : Watch.values()) {
        for (Loss loss : Loss.values()) {
          if (far || loss != Loss.NODE_IS_LOST) {
            cells.add(Arguments.of(far, watch, loss));
          }
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "far: {0}, {1}, {2}")
  @MethodSource("cells")
  void one_event_with_the_right_reason(boolean far, Watch watch, Loss loss) {
    ProcessSystem there = far ? nodes.b() : nodes.a();
    Watched watched = Watched.on(there);
    if (loss == Loss.IS_GONE_BEFORE) {
      there.exit(watched.pid, ExitReason.killed());
    }
    var events = new Probe<Signal>();
    var watching = new Probe<Boolean>();
    nodes
        .a()
        .spawn(
            self -> {
              self.trapExits(true);
              if (watch == Watch.LINK) {
                self.link(watched.pid);
              } else {
                self.monitor(watched.destination(watch));
              }
              watching.put(true);
              while (true) {
                switch (self.receive()) {
                  case Signal signal -> events.put(signal);
                  case Probe<?> _ -> watching.put(true);
                  default -> {}
                }
              }
            });
    watching.next();

    lose(watched, loss);

    switch (events.next()) {
      case Signal.Exit(Pid from, ExitReason reason, boolean byLink) -> {
        assertThat(watch).isEqualTo(Watch.LINK);
        assertThat(from).isEqualTo(watched.pid);
        assertThat(reason).isEqualTo(loss.reason(there));
        assertThat(byLink).isTrue();
      }
      case Signal.Down(var _, Destination object, ExitReason reason) -> {
        assertThat(object).isEqualTo(watched.destination(watch));
        assertThat(reason).isEqualTo(loss.reason(there));
      }
      default -> throw new AssertionError("neither an exit nor a down");
    }
    there.exit(watched.pid, ExitReason.killed());
    nodes.a().processes().forEach(pid -> nodes.a().send(pid, watching));
    assertThat(nodes.a().processes().isEmpty() || watching.next()).isTrue();
    assertThat(events.isEmpty()).as("nothing more").isTrue();
  }

  private void lose(Watched watched, Loss loss) {
    switch (loss) {
      case EXITS, CRASHES, IS_KILLED -> watched.there.exit(watched.pid, loss.reason(watched.there));
      case GIVES_UP_NAME_AND_ALIAS_AND_THEN_CRASHES -> {
        watched.does(
            self -> {
              self.unregister(NAME);
              self.unalias(watched.alias);
            });
        watched.there.exit(watched.pid, loss.reason(watched.there));
      }
      case IS_GONE_BEFORE -> {}
      case NODE_IS_LOST -> nodes.cut();
    }
  }
}
