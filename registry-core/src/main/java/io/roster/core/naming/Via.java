package io.roster.core.naming;

import io.roster.core.identity.ProcessName;

/**
 * A name in a certain registry. Immutable.
 *
 * @param registry who knows the name
 * @param name the name
 * @see <a href="https://hexdocs.pm/elixir/GenServer.html#module-name-registration">via</a>
 */
public record Via(NameRegistry registry, ProcessName name) {

  @Override
  public String toString() {
    return "via " + name;
  }
}
