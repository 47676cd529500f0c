package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** When news are passed on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContextTest {

  private static final long INTERVAL = GossipOptions.lan().dissemination().interval().toNanos();

  private final Context context = context();

  @Test
  void a_few_news_go_once_in_an_interval() {
    tell(5);
    pass();

    assertThat(sent()).isOne();
    assertThat(context.agenda.nextAtNanos()).isEqualTo(context.nowNanos + INTERVAL);
  }

  @Test
  void many_news_go_in_portions_within_the_interval() {
    tell(1_000);
    pass();

    assertThat(sent()).isOne();
    assertThat(context.agenda.nextAtNanos()).isEqualTo(context.nowNanos + INTERVAL / 12);
  }

  @Test
  void what_becomes_much_does_not_wait_as_long_as_a_few() {
    tell(1);
    pass();
    tell(1_000);

    assertThat(context.agenda.nextAtNanos()).isEqualTo(context.nowNanos + INTERVAL / 12);
  }

  @Test
  void without_portions_all_waits_for_the_interval_however_much_it_is() {
    var plain = context(lan -> lan.withDissemination(news -> news.withPortions(0)));
    plain.nowNanos = 7 * INTERVAL + 1;
    tell(plain, 1_000);
    long first = plain.agenda.nextAtNanos();
    plain.nowNanos = first;
    plain.agenda.takeDue(first);

    plain.gossip();

    assertThat(first).isBetween(7 * INTERVAL + 2, 8 * INTERVAL + 1);
    assertThat(plain.agenda.nextAtNanos()).isEqualTo(first + INTERVAL);
  }

  @Test
  void without_neighbours_chance_alone_says_who_is_told() {
    var plain = context(lan -> lan.withDissemination(news -> news.withNeighbours(0)));
    var next = OneMachine.member("t1", 1, 0);
    plain.table.put(next, 0);
    for (int i = 0; i < 1_000; i++) {
      plain.table.put(OneMachine.member("n" + i, 1, 0), 0);
    }
    tell(plain, 1);

    plain.gossip();

    assertThat(told(plain)).hasSize(3).doesNotContain(next.gossipAddress());
  }

  @Test
  void the_next_two_that_are_alive_in_the_order_of_names_are_told_by_turns() {
    for (int i = 0; i < 50; i++) {
      context.table.put(OneMachine.member("n" + i, 1, 0), 0);
    }
    var first = OneMachine.member("t1", 1, 0);
    var third = OneMachine.member("t3", 1, 0);
    context.table.put(first, 0);
    context.table.put(dead(OneMachine.member("t2", 1, 0)), 0);
    context.table.put(third, 0);
    tell(1);

    context.gossip();
    assertThat(told()).hasSize(3).contains(first.gossipAddress());
    context.gossip();
    assertThat(told()).hasSize(3).contains(third.gossipAddress());
    context.gossip();
    assertThat(told()).contains(first.gossipAddress());
  }

  private static Member dead(Member member) {
    return new Member(
        member.id(), member.gossipAddress(), MemberState.DEAD, member.version(), member.metadata());
  }

  private List<InetSocketAddress> told() {
    return told(context);
  }

  private static List<InetSocketAddress> told(Context context) {
    return context.drainEffects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).to())
        .toList();
  }

  private void tell(int news) {
    tell(context, news);
  }

  private static void tell(Context context, int news) {
    for (int i = 0; i < news; i++) {
      context.spread(
          OneMachine.accused(OneMachine.member("about" + i, 1, 0), 0, MemberState.SUSPECT));
    }
  }

  private void pass() {
    assertThat(context.agenda.takeDue(context.nowNanos)).contains(new Agenda.Alarm.GossipNow());
    context.gossip();
  }

  private long sent() {
    return context.drainEffects().stream().filter(Effect.Send.class::isInstance).count();
  }

  private static Context context() {
    return context(lan -> lan);
  }

  private static Context context(UnaryOperator<GossipOptions> change) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var self = OneMachine.SELF;
    var table = new MemberTable(self.id().name(), MemberTable.Base.EMPTY, random);
    table.put(self, 0);
    table.put(OneMachine.PEER, 0);
    return new Context(self.id(), change.apply(GossipOptions.lan()), table, random);
  }
}
