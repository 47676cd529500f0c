package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.registry.UniqueRegistry.Claim;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds of registries of both kinds, whatever ends meanwhile. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return node.forever();
  }

  /** A key whose holder ends just before it is entered. */
  private final class Fatal {

    private final Pid holder;
    private final AtomicInteger looks = new AtomicInteger();

    private Fatal(Pid holder) {
      this.holder = holder;
    }

    @Override
    public int hashCode() {
      // A note of a first key is found without a hash: the first look enters it.
      if (looks.incrementAndGet() == 1) {
        system().exit(holder, ExitReason.killed());
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void a_process_that_ends_between_its_claim_and_the_entry_leaves_no_ghost() {
    var unique = new UniqueRegistry<Fatal, Boolean>(system());
    Pid first = forever();
    assertThat(unique.register(new Fatal(first), first, true)).isEqualTo(new Claim.NotAlive());
    assertThat(unique.size()).isZero();

    var duplicate = new DuplicateRegistry<Fatal, Boolean>(system());
    Pid second = forever();
    assertThat(duplicate.register(new Fatal(second), second, true)).isFalse();
    assertThat(duplicate.select((_, _) -> true)).isEmpty();
  }

  @Test
  void keys_of_one_process_registered_from_many_threads_all_end_with_it() {
    var registry = new UniqueRegistry<Integer, Boolean>(system());
    Pid holder = forever();
    var done = new Probe<Boolean>();
    for (int t = 0; t < 8; t++) {
      int base = t * 1_000;
      system()
          .spawn(
              _ -> {
                for (int i = 0; i < 500; i++) {
                  registry.register(base + i, holder, true);
                  registry.unregister(base + i, holder);
                  registry.register(base + i, holder, true);
                }
                done.put(true);
              });
    }
    done.next(8);
    assertThat(registry.size()).isEqualTo(4_000);
    assertThat(registry.keys(holder)).hasSize(4_000);

    system().exit(holder, ExitReason.killed());

    assertThat(registry.size()).isZero();
    assertThat(List.copyOf(registry.keys(holder))).isEqualTo(List.copyOf(Set.of()));
  }
}
