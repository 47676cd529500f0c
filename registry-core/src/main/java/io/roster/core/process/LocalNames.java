package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The names of one node. Thread-safe, never blocks. */
final class LocalNames implements NameRegistry {

  private final ProcessSystem system;
  private final ConcurrentHashMap<ProcessName, ProcessCell> holders = new ConcurrentHashMap<>();

  LocalNames(ProcessSystem system) {
    this.system = system;
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

  /** The names in use now, in no order. */
  java.util.Set<ProcessName> names() {
    return java.util.Set.copyOf(holders.keySet());
  }
}
