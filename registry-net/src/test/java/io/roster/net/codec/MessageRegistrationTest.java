package io.roster.net.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types can be messages, and under which aliases. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageRegistrationTest {

  record One(String name) {}

  record Other(String name) {}

  record WithLocale(Locale at) {}

  record Twice(@Field(1) int a, @Field(1) int b) {}

  record Half(@Field(1) int a, int b) {}

  @SuppressWarnings("ArrayRecordComponent") // what is refused
  record WithArray(int[] numbers) {}

  @Test
  void a_type_that_has_no_form_is_refused_with_the_component() {
    assertThatThrownBy(() -> MessageTypes.builder().register("d", WithLocale.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WithLocale.at")
        .hasMessageContaining("got: java.util.Locale");
  }

  @Test
  void an_array_other_than_bytes_is_refused() {
    assertThatThrownBy(() -> MessageTypes.builder().register("d", WithArray.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int[]");
  }

  @Test
  void a_number_given_twice_is_refused() {
    assertThatThrownBy(() -> MessageTypes.builder().register("d", Twice.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Twice.b");
  }

  @Test
  void numbers_on_some_components_only_are_refused() {
    assertThatThrownBy(() -> MessageTypes.builder().register("d", Half.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on all components or on none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "has space", "1st", "io/roster"})
  void an_alias_that_is_not_allowed_is_refused(String alias) {
    assertThatThrownBy(() -> MessageTypes.builder().register(alias, One.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got: \"" + alias + "\"");
  }

  @Test
  void a_taken_alias_is_refused() {
    var builder = MessageTypes.builder().register("a", One.class);

    assertThatThrownBy(() -> builder.register("a", Other.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already registered");
  }
}
