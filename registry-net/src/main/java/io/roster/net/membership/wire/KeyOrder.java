package io.roster.net.membership.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Something to be done with one node's keyring. Immutable; its text form hides the secret.
 *
 * @param verb what
 * @param keyId with which key; zero to list
 * @param secret the key itself where it is installed, empty otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // copied both ways, compared by content below
public record KeyOrder(Verb verb, int keyId, byte[] secret) {

  /** What can be done with a keyring. */
  public enum Verb {
    /** Nothing: tell what is there. */
    LIST,
    /** Take a key in, behind those that are there. */
    INSTALL,
    /** Seal with a key that is there. */
    USE,
    /** Drop a key that nothing is sealed with. */
    REMOVE
  }

  private static final byte[] NONE = {};

  /** Copies the secret. */
  public KeyOrder {
    secret = secret.clone();
  }

  /** An order that needs no secret. */
  public static KeyOrder of(Verb verb, int keyId) {
    return new KeyOrder(verb, keyId, NONE);
  }

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyOrder order
        && verb == order.verb
        && keyId == order.keyId
        && Arrays.equals(secret, order.secret);
  }

  @Override
  public int hashCode() {
    return 31 * verb.hashCode() + keyId;
  }

  @Override
  public String toString() {
    return "KeyOrder[" + verb + " " + HexFormat.of().toHexDigits(keyId) + "]";
  }
}
