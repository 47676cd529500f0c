package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Alias;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonMessagesTest {

  sealed interface Counter {}

  record Add(long amount, List<String> tags) implements Counter {}

  record Get(ReplyTo<Long> replyTo) implements Counter {}

  record Ping(String text) {}

  private final JsonMessages messages =
      new JsonMessages(Map.of("counter", Counter.class, "ping", Ping.class));

  @Test
  void variants_of_a_sealed_type_and_records_have_names() {
    assertThat(messages.names()).containsExactly("counter.Add", "counter.Get", "ping");
  }

  @Test
  void a_message_is_made_of_its_components() {
    assertThat(messages.read("counter.Add", "{\"amount\":3,\"tags\":[\"x\"]}", Optional.empty()))
        .isEqualTo(new Add(3, List.of("x")));
    assertThat(messages.read("ping", "{\"text\":\"hi\"}", Optional.empty()))
        .isEqualTo(new Ping("hi"));
  }

  @Test
  void a_call_fills_the_reply_handle_in() {
    try (var system = ProcessSystem.local("a")) {
      ReplyTo<Object> replyTo = ReplyTo.of(system, new Alias(system.node(), 5));

      assertThat(messages.read("counter.Get", "", Optional.of(replyTo)))
          .isEqualTo(new Get(ReplyTo.of(system, new Alias(system.node(), 5))));
    }
  }

  @Test
  void a_send_of_a_message_that_wants_an_answer_is_refused() {
    assertThatThrownBy(() -> messages.read("counter.Get", "{}", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use call");
  }

  @Test
  void unknown_types_missing_components_and_malformed_json_are_refused() {
    assertThatThrownBy(() -> messages.read("counter.Take", "{}", Optional.empty()))
        .hasMessageContaining("expected one of [counter.Add, counter.Get, ping]");
    assertThatThrownBy(() -> messages.read("counter", "{}", Optional.empty()))
        .hasMessageContaining("expected one of");
    assertThatThrownBy(() -> messages.read("counter.Add", "{\"amount\":3}", Optional.empty()))
        .hasMessageContaining("expected the component tags");
    for (var json : List.of("{", "[]", "7", "{\"text\":{}}")) {
      assertThatThrownBy(() -> messages.read("ping", json, Optional.empty()))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
