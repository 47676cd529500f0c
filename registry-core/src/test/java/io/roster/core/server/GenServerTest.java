package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.process.ProcessSystem;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GenServerTest {

  @Test
  void a_server_answers_calls_in_the_order_of_what_it_was_sent() {
    try (ProcessSystem system = ProcessSystem.local("a")) {
      ServerRef<Counter.Message> counter = system.start(new Counter());

      counter.cast(new Counter.Add(2));
      long two = counter.call(Counter.Get::new, Duration.ofSeconds(5)).orElseThrow();

      assertThat(two).isEqualTo(2);
    }
  }
}
