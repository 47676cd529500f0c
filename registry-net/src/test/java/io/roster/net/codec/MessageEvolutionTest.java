package io.roster.net.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sender and receiver have different versions of one message. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageEvolutionTest {

  private final ProcessSystem system = ProcessSystem.local("codec");

  @AfterEach
  void stop() {
    system.close();
  }

  record Before(String name) {}

  record After(String name, int count, Optional<String> note, List<String> tags) {}

  record Renumbered(@Field(7) String later, @Field(1) String name) {}

  private Object read(Class<?> reader, Object written) throws CodecException {
    var writers = MessageTypes.builder().register("m", written.getClass()).build();
    var readers = MessageTypes.builder().register("m", reader).build();
    return readers.decode("m", writers.encode(written).value(), alias -> ReplyTo.of(system, alias));
  }

  @Test
  void an_appended_component_is_its_default_where_the_sender_does_not_know_it() throws Exception {
    assertThat(read(After.class, new Before("n")))
        .isEqualTo(new After("n", 0, Optional.empty(), List.of()));
  }

  @Test
  void a_component_that_the_receiver_does_not_know_is_skipped() throws Exception {
    assertThat(read(Before.class, new After("n", 3, Optional.of("x"), List.of("t"))))
        .isEqualTo(new Before("n"));
  }

  @Test
  void a_number_by_annotation_does_not_depend_on_the_order() throws Exception {
    assertThat(read(Renumbered.class, new Before("n"))).isEqualTo(new Renumbered("", "n"));
  }
}
