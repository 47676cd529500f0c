package io.roster.net.membership.discovery;

/** A name in the DNS that stands for seeds. */
public sealed interface SeedName {

  /**
   * A host name or a literal address; every address that it has is a seed, as with a headless
   * service of Kubernetes.
   *
   * @param host the name
   * @param port the gossip port there
   */
  record Host(String host, int port) implements SeedName {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * A name with SRV records, which tell hosts and ports.
   *
   * @param name such as {@code _gossip._udp.roster.example.org}
   */
  record Srv(String name) implements SeedName {

    /** Refuses what is no name, so that nothing else is ever looked up. */
    public Srv {
      if (!name.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?")
          || name.length() > 253) {
        throw new IllegalArgumentException(
            "expected a name such as _gossip._udp.roster.example.org, got: \"" + name + "\"");
      }
    }

    @Override
    public String toString() {
      return "SRV " + name;
    }
  }
}
