package io.roster.node.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build and of the Java below it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"roster " + number() + " (Java " + Runtime.version().feature() + ")"};
  }

  /** The number in the jar's manifest, or {@code development} where there is no jar. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
