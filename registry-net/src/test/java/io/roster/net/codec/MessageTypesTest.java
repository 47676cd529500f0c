package io.roster.net.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import io.roster.net.codec.CodecException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageTypesTest {

  private static final ProcessSystem SYSTEM = ProcessSystem.local("codec");
  private static final NodeId NODE = new NodeId(new NodeName("n1"), 77);

  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  record Everything(
      boolean flag,
      byte small,
      short shorter,
      char letter,
      int number,
      long large,
      float single,
      double twice,
      String text,
      UUID id,
      Instant at,
      Duration lasting,
      Colour colour) {}

  record Boxes(
      List<String> names,
      Set<Integer> numbers,
      Map<String, List<Long>> table,
      Optional<String> maybe,
      Optional<Optional<Integer>> twice,
      List<Optional<Colour>> colours,
      List<List<String>> nested,
      Map<ProcessName, Pid> owners) {}

  record Addresses(Pid pid, Ref ref, Alias alias, Named named, NodeId node, Destination to) {}

  record Tree(String label, List<Tree> children) {}

  record Holder(Object anything, List<Object> more) {}

  record Generic<T>(T value) {}

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    sealed interface Odd extends Shape {
      record Blob() implements Odd {}
    }
  }

  record Drawing(List<Shape> shapes) {}

  record Ask(String question, ReplyTo<String> replyTo) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("expected a positive value, got: " + value);
      }
    }
  }

  record Reason(ExitReason reason) {}

  private final MessageTypes types =
      MessageTypes.builder()
          .register("everything", Everything.class)
          .register("boxes", Boxes.class)
          .register("addresses", Addresses.class)
          .register("tree", Tree.class)
          .register("holder", Holder.class)
          .register("generic", Generic.class)
          .register("shape", Shape.class)
          .register("drawing", Drawing.class)
          .register("ask", Ask.class)
          .register("positive", Positive.class)
          .register("colour", Colour.class)
          .register("reason", Reason.class)
          .register("proto-pid", io.roster.proto.identity.Pid.class)
          .build();

  @AfterAll
  static void stop() {
    SYSTEM.close();
  }

  private Object thereAndBack(Object message) throws CodecException {
    var encoded = types.encode(message);
    return types.decode(encoded.type(), encoded.value(), alias -> ReplyTo.of(SYSTEM, alias));
  }

  @SuppressWarnings("MethodLength") // a table
  static Stream<Object> messages() {
    return Stream.concat(plainValues(), records());
  }

  private static Stream<Object> plainValues() {
    return Stream.of(
        "text",
        "grüße 😀 " + "x".repeat(1000),
        "",
        true,
        -1,
        0,
        Long.MIN_VALUE,
        3.5,
        'x',
        (byte) -7,
        UUID.randomUUID(),
        Instant.ofEpochSecond(-5, 999_999_999),
        Duration.ofNanos(-1),
        List.of("a", 1, List.of(2L)),
        Map.of("k", 1, "l", List.of()),
        Set.of("only"),
        Optional.of("there"),
        Optional.empty(),
        new Pid(NODE, 5),
        Colour.GREEN);
  }

  private static Stream<Object> records() {
    var pid = new Pid(NODE, 5);
    var named = new Named(new ProcessName("shop"), NODE.name());
    return Stream.of(
        new Everything(
            true,
            (byte) -128,
            (short) -300,
            'ü',
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -0f,
            Double.NaN,
            "text",
            new UUID(1, 2),
            Instant.EPOCH,
            Duration.ZERO,
            Colour.BLUE),
        new Everything(
            false,
            (byte) 0,
            (short) 0,
            (char) 0,
            0,
            0,
            0f,
            0d,
            "",
            new UUID(0, 0),
            Instant.MAX,
            Duration.ofDays(1),
            Colour.RED),
        new Boxes(
            List.of("", "b"),
            Set.of(0, -1, 1),
            Map.of("x", List.of(1L, 0L), "", List.of()),
            Optional.of(""),
            Optional.of(Optional.of(0)),
            List.of(Optional.empty(), Optional.of(Colour.RED)),
            List.of(List.of(), List.of("a")),
            Map.of(new ProcessName("n"), pid)),
        new Boxes(
            List.of(),
            Set.of(),
            Map.of(),
            Optional.empty(),
            Optional.of(Optional.empty()),
            List.of(),
            List.of(),
            Map.of()),
        new Addresses(pid, new Ref(NODE, 1), new Alias(NODE, 2), named, NODE, named),
        new Addresses(pid, new Ref(NODE, 1), new Alias(NODE, 2), named, NODE, pid),
        new Tree("root", List.of(new Tree("leaf", List.of()), new Tree("", List.of()))),
        new Holder(new Tree("t", List.of()), List.of(1, "two", pid)),
        new Generic<>("value"),
        new Shape.Circle(1),
        new Shape.Odd.Blob(),
        new Drawing(List.of(new Shape.Circle(2), new Shape.Square(3), new Shape.Odd.Blob())),
        new Reason(new ExitReason.NameConflict(new ProcessName("n"), pid)),
        new Reason(ExitReason.normal()),
        io.roster.proto.identity.Pid.newBuilder().setSerial(9).build());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void a_message_comes_back_equal(Object message) throws Exception {
    assertThat(thereAndBack(message)).isEqualTo(message);
  }

  @Test
  void bytes_come_back_equal() throws Exception {
    assertThat((byte[]) thereAndBack(new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
  }

  @Test
  void a_reply_handle_travels_as_its_address() throws Exception {
    var alias = new Alias(NODE, 9);

    var encoded = types.encode(new Ask("why", ReplyTo.of(SYSTEM, alias)));
    var back = (Ask) types.decode(encoded.type(), encoded.value(), a -> ReplyTo.of(SYSTEM, a));

    assertThat(encoded.replyTo()).contains(alias);
    assertThat(back.replyTo().alias()).isEqualTo(alias);
  }

  @Test
  void an_identity_has_the_form_of_its_protobuf_message() throws Exception {
    var encoded = types.encode(new Pid(NODE, 300));

    var pid = io.roster.proto.identity.Pid.parseFrom(encoded.value());

    assertThat(pid.getSerial()).isEqualTo(300);
    assertThat(pid.getNode().getName()).isEqualTo("n1");
    assertThat(pid.getNode().getIncarnation()).isEqualTo(77);
  }

  @Test
  void no_class_name_crosses_the_wire() throws Exception {
    var encoded = types.encode(new Holder(new Tree("t", List.of()), List.of()));

    assertThat(encoded.value().toStringUtf8()).doesNotContain("io.roster").doesNotContain("Tree");
  }

  @Test
  void a_collection_that_was_decoded_cannot_be_changed() throws Exception {
    @SuppressWarnings("unchecked")
    var list = (List<Object>) thereAndBack(new ArrayList<>(List.of("a")));

    assertThatThrownBy(() -> list.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Nested
  class Refusals {

    private CodecException encoding(Object message) {
      return catchThrowableOfType(CodecException.class, () -> types.encode(message));
    }

    private CodecException decoding(String alias, ByteString bytes) {
      return catchThrowableOfType(
          CodecException.class, () -> types.decode(alias, bytes, a -> ReplyTo.of(SYSTEM, a)));
    }

    @Test
    void a_type_that_is_not_registered_is_refused() {
      assertThat(encoding(Locale.ROOT).kind()).isEqualTo(Kind.UNKNOWN_TYPE);
    }

    @Test
    void an_alias_that_is_not_registered_is_refused() {
      var refusal = decoding("java.lang.Runtime", ByteString.EMPTY);

      assertThat(refusal.kind()).isEqualTo(Kind.UNKNOWN_TYPE);
      assertThat(refusal).hasMessageContaining("got: \"java.lang.Runtime\"");
    }

    @Test
    @SuppressWarnings("NullAway") // what this shows
    void null_is_refused_with_the_component() {
      var refusal = encoding(new Tree(null, List.of()));

      assertThat(refusal.kind()).isEqualTo(Kind.NOT_ENCODABLE);
      assertThat(refusal).hasMessageContaining("Tree.label").hasMessageContaining("got: null");
    }

    @Test
    void a_constructor_that_throws_makes_the_message_malformed() {
      var refusal = decoding("positive", ByteString.EMPTY);

      assertThat(refusal.kind()).isEqualTo(Kind.MALFORMED);
      assertThat(refusal).hasMessageContaining("expected a positive value, got: 0");
    }

    @Test
    void a_value_that_must_be_there_and_is_not_is_named() {
      assertThat(decoding("everything", ByteString.EMPTY)).hasMessageContaining("Everything.id");
    }

    @Test
    void a_lone_surrogate_is_refused() {
      assertThat(encoding("\ud800").kind()).isEqualTo(Kind.NOT_ENCODABLE);
    }

    @Test
    void what_nests_too_deep_is_refused_when_written() {
      var tree = new Tree("leaf", List.of());
      for (int depth = 0; depth < 100; depth++) {
        tree = new Tree("t", List.of(tree));
      }

      assertThat(encoding(tree).kind()).isEqualTo(Kind.LIMIT);
    }

    @Test
    void what_nests_too_deep_is_refused_when_read() throws Exception {
      var deep =
          MessageTypes.builder()
              .limits(new DecodeLimits(500, 1000))
              .register("tree", Tree.class)
              .build();
      var tree = new Tree("leaf", List.of());
      for (int depth = 0; depth < 100; depth++) {
        tree = new Tree("t", List.of(tree));
      }

      assertThat(decoding("tree", deep.encode(tree).value()).kind()).isEqualTo(Kind.LIMIT);
    }

    @Test
    void more_elements_than_the_limit_are_refused() throws Exception {
      var few = MessageTypes.builder().limits(new DecodeLimits(10, 5)).build();
      var six = types.encode(List.of(1, 2, 3, 4, 5, 6));

      var refusal =
          catchThrowableOfType(
              CodecException.class,
              () -> few.decode(six.type(), six.value(), a -> ReplyTo.of(SYSTEM, a)));

      assertThat(refusal.kind()).isEqualTo(Kind.LIMIT);
    }

    @Test
    void an_unknown_variant_is_an_unknown_type() throws Exception {
      record Star(int points) {}
      var bytes = ByteString.copyFrom(new byte[] {10, 4, 'S', 't', 'a', 'r', 18, 0});

      assertThat(decoding("shape", bytes).kind()).isEqualTo(Kind.UNKNOWN_TYPE);
      assertThat(new Star(5).points()).isEqualTo(5);
    }

    @Test
    void random_bytes_never_throw_anything_else() {
      long seed = System.nanoTime();
      var random = new Random(seed);
      int decoded = 0;

      for (int round = 0; round < 30_000; round++) {
        var bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        for (String alias :
            List.of("everything", "boxes", "addresses", "holder", "drawing", "map")) {
          decoded += decodes(seed, alias, ByteString.copyFrom(bytes));
        }
      }

      assertThat(decoded).as("seed " + seed).isGreaterThanOrEqualTo(0);
    }

    @Test
    void damaged_messages_never_throw_anything_else() throws Exception {
      long seed = System.nanoTime();
      var random = new Random(seed);
      int decoded = 0;

      for (Object message : messages().toList()) {
        var whole = types.encode(message);
        for (int round = 0; round < 300; round++) {
          byte[] bytes = whole.value().toByteArray();
          int hits = 1 + random.nextInt(3);
          for (int hit = 0; hit < hits && bytes.length > 0; hit++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          }
          int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
          decoded += decodes(seed, whole.type(), ByteString.copyFrom(bytes, 0, length));
        }
      }

      assertThat(decoded).as("seed " + seed).isPositive();
    }

    private int decodes(long seed, String alias, ByteString bytes) {
      try {
        types.decode(alias, bytes, a -> ReplyTo.of(SYSTEM, a));
        return 1;
      } catch (CodecException e) {
        return 0;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", " + alias + ": " + bytes, e);
      }
    }
  }
}
