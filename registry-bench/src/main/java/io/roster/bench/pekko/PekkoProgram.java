package io.roster.bench.pekko;

import com.typesafe.config.ConfigFactory;
import io.roster.bench.Effort;
import io.roster.bench.Figures;
import java.time.Duration;
import java.util.Arrays;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The works of {@code roster bench}, done by Pekko. Tells a figure for each. */
final class PekkoProgram {

  private static final int ASKS = 200_000;
  private static final int TELLS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private PekkoProgram() {}

  private sealed interface Message {}

  private record Add(long amount) implements Message {}

  private record Get(ActorRef<Long> replyTo) implements Message {}

  /** Measures, as thoroughly as the first argument says, the works that the others name. */
  public static void main(String[] arguments) throws Exception {
    var effort = Effort.valueOf(arguments[0]);
    var silent = ConfigFactory.parseString("pekko { loglevel = OFF, stdout-loglevel = OFF }");
    var config = silent.withFallback(ConfigFactory.defaultReference());
    ActorSystem<Message> system = ActorSystem.create(counter(0), "bench", config);
    for (String key : Arrays.asList(arguments).subList(1, arguments.length)) {
      Figures.tell(key, measure(key, system, effort));
    }
    system.terminate();
  }

  private static double measure(String key, ActorSystem<Message> counter, Effort effort)
      throws Exception {
    return switch (key) {
      case "ask_1_1" -> {
        int count = effort.count(ASKS);
        yield effort.perSecond(count, () -> ask(counter, count));
      }
      case "tell_1_1" -> {
        int count = effort.count(TELLS);
        yield effort.perSecond(count, () -> tell(counter, count));
      }
      default -> throw new IllegalArgumentException("expected a work, got: " + key);
    };
  }

  private static Behavior<Message> counter(long count) {
    return Behaviors.setup(
        _ -> {
          long[] sum = {count};
          return Behaviors.receive(Message.class)
              .onMessage(
                  Add.class,
                  add -> {
                    sum[0] += add.amount();
                    return Behaviors.same();
                  })
              .onMessage(
                  Get.class,
                  get -> {
                    get.replyTo().tell(sum[0]);
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static void ask(ActorSystem<Message> counter, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      var _ =
          AskPattern.<Message, Long>ask(counter, Get::new, PATIENCE, counter.scheduler())
              .toCompletableFuture()
              .get();
    }
  }

  private static void tell(ActorSystem<Message> counter, int count) throws Exception {
    var add = new Add(1);
    for (int i = 0; i < count; i++) {
      counter.tell(add);
    }
    ask(counter, 1);
  }
}
