package io.roster.node.names.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every arbiter must do. */
public interface NameStoreContract {

  /** The arbiter under test, used by one node. */
  NameStore store();

  /** The same arbiter, used by another node where there can be one. */
  NameStore other();

  default StoreAnswer ask(NameStore store, StoreOperation operation) {
    var answer = new CompletableFuture<StoreAnswer>();
    store.submit(operation, answer::complete);
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  default StoreOperation take(Claim claim) {
    return new StoreOperation.Take(claim, Set.of());
  }

  private Claim fresh(String node, long serial, long since) {
    var template = Claims.claim(node, serial, since);
    var name = new ProcessName("contract-" + Long.toHexString(System.nanoTime()));
    return Claim.first(name, since, template.owner(), template.id(), Map.of("k", "v"));
  }

  private Claim rival(Claim claim) {
    var template = Claims.claim("b", 77, 50);
    return Claim.first(claim.name(), 50, template.owner(), template.id(), Map.of());
  }

  @Test
  default void a_free_name_is_granted_under_epoch_one() {
    var claim = fresh("a", 1, 10);

    assertThat(ask(store(), take(claim))).isEqualTo(new StoreAnswer.Granted(claim));
  }

  @Test
  default void a_held_name_is_refused_with_the_holder() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));

    assertThat(ask(other(), take(rival(claim)))).isEqualTo(new StoreAnswer.Taken(claim));
  }

  @Test
  default void a_claim_that_is_made_again_is_granted_again() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));

    assertThat(ask(store(), take(claim))).isEqualTo(new StoreAnswer.Granted(claim));
  }

  @Test
  default void a_released_name_is_granted_under_a_higher_epoch() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));
    ask(store(), new StoreOperation.Release(claim.name(), claim.id()));

    assertThat(ask(other(), take(rival(claim))))
        .isEqualTo(new StoreAnswer.Granted(rival(claim).withEpoch(3)));
  }

  @Test
  default void releasing_another_registration_changes_nothing() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));

    assertThat(ask(other(), new StoreOperation.Release(claim.name(), rival(claim).id())))
        .isEqualTo(new StoreAnswer.Released());
    assertThat(ask(other(), take(rival(claim)))).isEqualTo(new StoreAnswer.Taken(claim));
  }

  @Test
  default void a_registration_that_is_known_to_be_over_is_replaced() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));

    assertThat(ask(other(), new StoreOperation.Take(rival(claim), Set.of(claim.id()))))
        .isEqualTo(new StoreAnswer.Granted(rival(claim).withEpoch(2)));
  }

  @Test
  default void an_owner_writes_its_claim_back_after_a_loss() {
    var claim = fresh("a", 1, 10).withEpoch(5);

    assertThat(ask(store(), new StoreOperation.Assert(claim, Set.of())))
        .isEqualTo(new StoreAnswer.Granted(claim));
  }

  @Test
  default void writing_back_does_not_overturn_a_later_registration() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));
    ask(other(), new StoreOperation.Take(rival(claim), Set.of(claim.id())));

    assertThat(ask(store(), new StoreOperation.Assert(claim, Set.of())))
        .isEqualTo(new StoreAnswer.Taken(rival(claim).withEpoch(2)));
  }

  @Test
  default void the_winner_of_a_conflict_overturns_the_loser() {
    var claim = fresh("a", 1, 10);
    ask(other(), take(rival(claim)));

    assertThat(ask(store(), new StoreOperation.Assert(claim, Set.of(rival(claim).id()))))
        .isEqualTo(new StoreAnswer.Granted(claim.withEpoch(2)));
  }

  @Test
  default void writing_back_what_was_swept_tells_the_epoch_to_exceed() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));
    ask(other(), new StoreOperation.Release(claim.name(), claim.id()));

    assertThat(ask(store(), new StoreOperation.Assert(claim, Set.of())))
        .isEqualTo(new StoreAnswer.Ended(claim.id(), 2));
    assertThat(ask(store(), new StoreOperation.Assert(claim.withEpoch(3), Set.of())))
        .isEqualTo(new StoreAnswer.Granted(claim.withEpoch(3)));
  }

  @Test
  default void many_operations_at_once_are_each_answered() {
    var names = new ArrayList<CompletableFuture<StoreAnswer>>();
    for (int i = 0; i < 2_000; i++) {
      var template = Claims.claim("a", i + 1, 10);
      var claim =
          Claim.first(
              new ProcessName("many-" + System.nanoTime() + "-" + i),
              10,
              template.owner(),
              template.id(),
              Map.of());
      var answer = new CompletableFuture<StoreAnswer>();
      names.add(answer);
      store().submit(take(claim), answer::complete);
    }

    for (var answer : names) {
      assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join())
          .isInstanceOf(StoreAnswer.Granted.class);
    }
  }

  @Test
  default void operations_on_one_name_keep_their_order() {
    var claim = fresh("a", 1, 10);
    var answers = new ArrayList<CompletableFuture<StoreAnswer>>();
    for (int i = 0; i < 50; i++) {
      for (var operation :
          List.of(take(claim), new StoreOperation.Release(claim.name(), claim.id()))) {
        var answer = new CompletableFuture<StoreAnswer>();
        answers.add(answer);
        store().submit(operation, answer::complete);
      }
    }

    for (int i = 0; i < answers.size(); i++) {
      var answer = answers.get(i).orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(answer)
          .isEqualTo(
              i % 2 == 0
                  ? new StoreAnswer.Granted(claim.withEpoch(1 + i))
                  : new StoreAnswer.Released());
    }
  }

  @Test
  default void a_scan_finds_what_is_held() {
    var claim = fresh("a", 1, 10);
    ask(store(), take(claim));

    var found = new java.util.concurrent.ConcurrentHashMap<ProcessName, Claim>();
    for (var each : List.of(store(), other())) {
      var done = new CompletableFuture<Optional<Claim>>();
      each.scan(
          held -> {
            held.forEach(one -> found.put(one.name(), one.claim()));
            done.complete(Optional.empty());
          });
      done.orTimeout(30, TimeUnit.SECONDS).join();
    }

    assertThat(found).containsEntry(claim.name(), claim);
  }
}
