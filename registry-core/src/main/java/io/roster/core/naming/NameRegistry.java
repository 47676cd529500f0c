package io.roster.core.naming;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.Optional;

/**
 * How a name becomes a pid. Thread-safe.
 *
 * @see <a href="https://hexdocs.pm/elixir/GenServer.html#module-name-registration">via</a>
 */
public interface NameRegistry {

  /**
   * Claims {@code name} for a process of this node. The claim ends when the process ends or {@link
   * #unregister} is called. May block until an arbiter elsewhere has answered.
   *
   * @return what became of the claim
   */
  Registration register(ProcessName name, Pid pid);

  /**
   * Gives {@code name} up if {@code pid} holds it.
   *
   * @return whether it did
   */
  boolean unregister(ProcessName name, Pid pid);

  /**
   * The process that holds {@code name}. It may have died a moment ago; senders must cope, as they
   * must with any pid. Does not block.
   */
  Optional<Pid> whereis(ProcessName name);
}
