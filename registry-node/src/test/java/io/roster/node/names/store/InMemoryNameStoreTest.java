package io.roster.node.names.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.names.claim.Claims;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InMemoryNameStoreTest implements NameStoreContract {

  private final InMemoryNameStore store = new InMemoryNameStore();

  @Override
  public NameStore store() {
    return store;
  }

  @Override
  public NameStore other() {
    return store;
  }

  @Test
  void a_closed_store_answers_that_nothing_was_done() {
    store.close();

    assertThat(ask(store, take(Claims.claim("a", 1, 10))))
        .isInstanceOf(StoreAnswer.Unavailable.class);
  }

  @Test
  void the_oldest_ends_of_names_are_forgotten() {
    var first = new io.roster.core.identity.ProcessName("ended-0");
    for (int i = 0; i <= 100_000; i++) {
      var template = Claims.claim("a", i + 1, 10);
      var claim =
          io.roster.node.names.claim.Claim.first(
              new io.roster.core.identity.ProcessName("ended-" + i),
              10,
              template.owner(),
              template.id(),
              java.util.Map.of());
      ask(store, take(claim));
      ask(store, new StoreOperation.Release(claim.name(), claim.id()));
    }

    assertThat(store.read(first)).isEmpty();
    assertThat(store.read(new io.roster.core.identity.ProcessName("ended-1"))).isPresent();
  }

  @Test
  void merging_keeps_the_record_with_the_higher_epoch() {
    var other = new InMemoryNameStore();
    var claim = Claims.claim("a", 1, 10);
    ask(store, take(claim));
    ask(other, take(claim));
    ask(other, new StoreOperation.Release(claim.name(), claim.id()));

    store.merge(other);

    assertThat(store.read(claim.name()))
        .contains(new StoredName.Freed(claim.name(), 2, claim.id()));
  }
}
