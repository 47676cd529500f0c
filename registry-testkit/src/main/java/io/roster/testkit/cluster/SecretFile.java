package io.roster.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A throw-away secret for one cluster, in a file that its owner alone can read. Immutable.
 *
 * @param path the file
 * @param text what is in it
 */
public record SecretFile(Path path, String text) {

  private static final int BYTES = 32;

  /** Makes a secret and writes it to {@code folder}. */
  public static SecretFile create(Path folder) {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    var text = HexFormat.of().formatHex(bytes);
    try {
      var file = folder.resolve("secret");
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new SecretFile(Files.writeString(file, text + "\n"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a secret for the nodes", e);
    }
  }

  @Override
  public String toString() {
    return "secret in " + path;
  }
}
