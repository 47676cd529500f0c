package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What opens, and all that must not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnvelopeTest {

  private static final GossipKey KEY = GossipKey.generate();
  private static final GossipKey OTHER = GossipKey.generate();
  private static final byte[] MESSAGE = "who is up".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = {1, 2, 3};

  private final Sealer sealer = sealer(Keyring.of(KEY), "prod");
  private final Opener opener = opener(Keyring.of(KEY), "prod");

  @Nested
  class Opens {

    @Test
    void what_was_sealed_under_the_same_key_and_cluster() {
      assertOpens(opener, sealer.seal(MESSAGE));
    }

    @Test
    void what_any_key_of_the_ring_has_sealed() {
      var both = opener(Keyring.of(OTHER, KEY), "prod");

      assertOpens(both, sealer.seal(MESSAGE));
    }

    @Test
    void what_arrives_out_of_order() {
      byte[] first = sealer.seal(MESSAGE);
      byte[] second = sealer.seal(MESSAGE);

      assertOpens(opener, second);
      assertOpens(opener, first);
    }
  }

  @Nested
  class Rejects {

    @Test
    void another_key() {
      assertRejects(opener, sealer(Keyring.of(OTHER), "prod").seal(MESSAGE), Rejection.UNKNOWN_KEY);
    }

    @Test
    void another_cluster() {
      assertRejects(opener, sealer(Keyring.of(KEY), "test").seal(MESSAGE), Rejection.FORGED);
    }

    @Test
    void another_context() {
      var elsewhere = new Sealer(() -> Keyring.of(KEY), "prod", new byte[] {9}, new SecureRandom());

      assertRejects(opener, elsewhere.seal(MESSAGE), Rejection.FORGED);
    }

    @Test
    void a_repetition() {
      byte[] sealed = sealer.seal(MESSAGE);
      assertOpens(opener, sealed);

      assertRejects(opener, sealed, Rejection.REPLAYED);
    }

    @Test
    void a_repetition_however_many_members_spoke_between() {
      int members = 9_000;
      var seals = new io.roster.net.membership.udp.Seals(() -> Keyring.of(KEY), "prod");
      var many = seals.datagramOpener(members);
      byte[] first = seals.datagramSealer().seal(MESSAGE);
      assertOpens(many, first);
      for (int i = 0; i < members; i++) {
        assertOpens(many, seals.datagramSealer().seal(MESSAGE));
      }

      assertRejects(many, first, Rejection.REPLAYED);
    }

    @Test
    void what_is_too_old_to_tell() {
      byte[] old = sealer.seal(MESSAGE);
      for (int i = 0; i < 1_025; i++) {
        assertOpens(opener, sealer.seal(MESSAGE));
      }

      assertRejects(opener, old, Rejection.REPLAYED);
    }

    @Test
    void any_changed_bit() {
      byte[] sealed = sealer.seal(MESSAGE);
      for (int bit = 0; bit < sealed.length * 8; bit++) {
        byte[] changed = sealed.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(opener.open(changed)).isInstanceOf(Opener.Rejected.class);
      }
      // None of them has used the number up.
      assertOpens(opener, sealed);
    }

    @Test
    void any_shorter_part() {
      byte[] sealed = sealer.seal(MESSAGE);
      for (int length = 0; length < sealed.length; length++) {
        assertThat(opener.open(Arrays.copyOf(sealed, length))).isInstanceOf(Opener.Rejected.class);
      }
    }

    @Test
    void random_bytes() {
      var random = new Random(11);
      for (int i = 0; i < 4_000; i++) {
        byte[] garbage = new byte[random.nextInt(300)];
        random.nextBytes(garbage);

        assertThat(opener.open(garbage)).isInstanceOf(Opener.Rejected.class);
      }
    }

    @Test
    void what_is_not_sealed() {
      byte[] open = sealer(Keyring.insecure(), "prod").seal(MESSAGE);

      assertRejects(opener, open, Rejection.NOT_GOSSIP);
    }
  }

  @Nested
  class Seals {

    @Test
    void every_message_differently_and_every_start_under_its_own_salt() {
      byte[] first = sealer.seal(MESSAGE);
      byte[] second = sealer.seal(MESSAGE);
      byte[] restarted = sealer(Keyring.of(KEY), "prod").seal(MESSAGE);

      assertThat(first).isNotEqualTo(second);
      assertThat(Arrays.copyOfRange(first, 5, 17))
          .isEqualTo(Arrays.copyOfRange(second, 5, 17))
          .isNotEqualTo(Arrays.copyOfRange(restarted, 5, 17));
    }

    @Test
    void nothing_that_shows_the_message() {
      assertThat(new String(sealer.seal(MESSAGE), StandardCharsets.ISO_8859_1))
          .doesNotContain("who is up");
    }
  }

  @Nested
  class Without_keys {

    @Test
    void another_cluster_is_told_apart() {
      var plain = opener(Keyring.insecure(), "prod");

      assertOpens(plain, sealer(Keyring.insecure(), "prod").seal(MESSAGE));
      assertRejects(
          plain, sealer(Keyring.insecure(), "test").seal(MESSAGE), Rejection.OTHER_CLUSTER);
    }
  }

  @Nested
  class Keys {

    @Test
    void a_passphrase_gives_everybody_the_same_key() {
      assertThat(GossipKey.fromPassphrase("cookie", "prod"))
          .isEqualTo(GossipKey.fromPassphrase("cookie", "prod"))
          .isNotEqualTo(GossipKey.fromPassphrase("cookie", "test"))
          .isNotEqualTo(GossipKey.fromPassphrase("other", "prod"));
    }

    @Test
    void a_key_survives_being_written_down() {
      assertThat(GossipKey.parse(KEY.encoded())).isEqualTo(KEY);
      assertThat(KEY.toString()).doesNotContain(KEY.encoded());
    }

    @Test
    void a_malformed_key_is_refused_with_what_was_expected() {
      assertThatThrownBy(() -> GossipKey.parse("AAAA"))
          .hasMessage("expected a gossip key of 32 bytes in Base64, got 3 bytes");
      assertThatThrownBy(() -> GossipKey.parse("not base64!")).hasMessageContaining("not Base64");
    }
  }

  private static Sealer sealer(Keyring keyring, String cluster) {
    return new Sealer(() -> keyring, cluster, CONTEXT, new SecureRandom());
  }

  private static Opener opener(Keyring keyring, String cluster) {
    return new Opener(() -> keyring, cluster, CONTEXT, 16);
  }

  private static void assertOpens(Opener opener, byte[] sealed) {
    assertThat(opener.open(sealed))
        .isInstanceOfSatisfying(
            Opener.Message.class, message -> assertThat(message.bytes()).isEqualTo(MESSAGE));
  }

  private static void assertRejects(Opener opener, byte[] bytes, Rejection why) {
    assertThat(opener.open(bytes)).isEqualTo(new Opener.Rejected(why));
  }
}
