package io.roster.testkit.requirement;

import io.roster.testkit.network.NetnsSupport;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something outside the JVM that a test may need. */
public enum Requirement {

  /**
   * Network namespaces that this user may create, with {@code ip} and {@code nft} to furnish them.
   */
  NETNS("run as root, with iproute2 and nftables installed") {
    @Override
    public Optional<String> missing() {
      return NetnsSupport.missing();
    }
  },

  /** A Docker engine that answers on its socket. */
  DOCKER("start a Docker engine, or: export DOCKER_HOST=$(deploy/engine start)") {
    @Override
    public Optional<String> missing() {
      return Probe.dockerEngine(System.getenv());
    }
  };

  /** The variable that lists what must not be missing, separated by commas. */
  public static final String VARIABLE = "ROSTER_REQUIRE";

  private final String remedy;

  Requirement(String remedy) {
    this.remedy = remedy;
  }

  /**
   * Looks whether it is there. Blocks for at most some seconds.
   *
   * @return why it is not, or empty where it is
   */
  public abstract Optional<String> missing();

  /** What to do so that it is there. */
  public String remedy() {
    return remedy;
  }

  /** The name by which {@link #VARIABLE} calls it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the value of {@link #VARIABLE}.
   *
   * @param list labels separated by commas; null or blank names none
   * @throws IllegalArgumentException if a label is unknown: a misspelt one would forbid nothing
   */
  public static Set<Requirement> parse(@Nullable String list) {
    var named = EnumSet.noneOf(Requirement.class);
    if (list == null || list.isBlank()) {
      return named;
    }
    for (String label : list.split(",", -1)) {
      named.add(byLabel(label.strip()));
    }
    return named;
  }

  private static Requirement byLabel(String label) {
    return Arrays.stream(values())
        .filter(requirement -> requirement.label().equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected %s to list some of %s, got: %s"
                        .formatted(VARIABLE, labels(), label)));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Requirement::label).collect(Collectors.joining(", "));
  }
}
