package io.roster.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.registry.UniqueRegistry;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that two threads change at the same time: whoever has it in the end gives it back. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryRacesTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Race race = new Race();
  private UniqueRegistry<String, Integer> registry = new UniqueRegistry<>(node.system());
  private Pid from = Pid.outside(node.system().node());
  private Pid to = from;

  @BeforeEach
  void begin() {
    from = forever();
    to = forever();
    registry = new UniqueRegistry<>(system());
    registry.register("k", from, 1);
  }

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return system()
        .spawn(
            self -> {
              while (true) {
                self.receive();
              }
            });
  }

  /** Ends both, the holder's end must free the key, and begins anew. */
  private void end() {
    Pid holder = registry.whereis("k").orElseThrow();
    assertThat(registry.keys(holder)).as("%s", race).containsExactly("k");
    assertThat(registry.keys(holder.equals(from) ? to : from)).as("%s", race).isEmpty();
    system().exit(from, ExitReason.killed());
    system().exit(to, ExitReason.killed());
    assertThat(registry.lookup("k")).as("its holder is dead, %s", race).isEmpty();
    begin();
  }

  private void give() {
    var _ = registry.giveAway("k", from, to);
  }

  @Test
  void given_away_by_two() {
    for (int i = 0; i < race.rounds(); i++) {
      race.run(this::give, this::give);
      end();
    }
  }

  @Test
  void given_away_and_claimed_by_who_gets_it() {
    for (int i = 0; i < race.rounds(); i++) {
      race.run(this::give, () -> registry.register("k", to, 2));
      end();
    }
  }

  @Test
  void given_away_while_its_value_changes() {
    for (int i = 0; i < race.rounds(); i++) {
      var given = new AtomicBoolean();
      race.run(
          () -> given.set(registry.giveAway("k", from, to)),
          () -> {
            for (int j = 0; j < 50; j++) {
              var _ = registry.updateValue("k", from, value -> value + 1);
            }
          });
      assertThat(given).as("given, %s", race).isTrue();
      end();
    }
  }

  @Test
  void given_away_while_it_is_given_up() {
    for (int i = 0; i < race.rounds(); i++) {
      race.run(this::give, () -> registry.unregister("k", from));
      assertThat(registry.keys(from)).as("%s", race).isEmpty();
      if (registry.whereis("k").isEmpty()) {
        assertThat(registry.keys(to)).as("%s", race).isEmpty();
        registry.register("k", to, 3);
      }
      end();
    }
  }
}
