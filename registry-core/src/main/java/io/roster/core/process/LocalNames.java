package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The names of one node. Thread-safe, never blocks. */
final class LocalNames implements NameRegistry {

  private final ProcessSystem system;
  private final ConcurrentHashMap<ProcessName, ProcessCell> holders;

  LocalNames(ProcessSystem system) {
    this(system, new ConcurrentHashMap<>());
  }

  /** With a table of the caller's, which can be one that shows a race. */
  LocalNames(ProcessSystem system, ConcurrentHashMap<ProcessName, ProcessCell> holders) {
    this.system = system;
    this.holders = holders;
  }

  @Override
  public Registration register(ProcessName name, Pid pid) {
    system.requireHere(pid);
    ProcessCell cell = system.find(pid).orElse(null);
    // Noted with the process first, so that its end always finds the name.
    if (cell == null || !cell.addName(name)) {
      return new Registration.NotAlive(name, pid);
    }
    while (true) {
      ProcessCell holder = holders.putIfAbsent(name, cell);
      if (cell.equals(holder)) {
        return new Registration.Registered(name, pid);
      }
      if (holder == null) {
        break;
      }
      if (holder.isAlive()) {
        cell.removeName(name);
        return new Registration.AlreadyRegistered(name, holder.pid());
      }
      // Its end is under way and would free the name in a moment.
      holders.remove(name, holder);
    }
    if (!cell.isAlive()) {
      release(name, cell);
      return new Registration.NotAlive(name, pid);
    }
    return new Registration.Registered(name, pid);
  }

  @Override
  public boolean unregister(ProcessName name, Pid pid) {
    ProcessCell holder = holders.get(name);
    if (holder == null || !holder.pid().equals(pid) || !holders.remove(name, holder)) {
      return false;
    }
    holder.removeName(name);
    return true;
  }

  @Override
  public Optional<Pid> whereis(ProcessName name) {
    return find(name).map(ProcessCell::pid);
  }

  Optional<ProcessCell> find(ProcessName name) {
    return Optional.ofNullable(holders.get(name)).filter(ProcessCell::isAlive);
  }

  void release(ProcessName name, ProcessCell cell) {
    holders.remove(name, cell);
  }

  boolean isHeldBy(ProcessName name, ProcessCell cell) {
    return cell.equals(holders.get(name));
  }

  /** Names the names that nobody living has. */
  void audit(Consumer<String> wrong) {
    holders.forEach(
        (name, holder) -> {
          if (!holder.isAlive()) {
            wrong.accept("name " + name + " is kept for " + holder.pid() + ", which is dead");
          }
        });
  }

  /** The names in use now, in no order. */
  Set<ProcessName> names() {
    return Set.copyOf(holders.keySet());
  }
}
