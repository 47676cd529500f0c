package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a process of this node sees of itself. */
record LocalContext(ProcessCell cell) implements ProcessContext {

  @Override
  public Pid pid() {
    return cell.pid();
  }

  @Override
  public ProcessSystem system() {
    return cell.system();
  }

  @Override
  public Optional<Pid> parent() {
    return cell.parent();
  }

  @Override
  public List<Pid> ancestors() {
    return cell.ancestors();
  }

  @Override
  public SendResult send(Destination to, Object message) {
    cell.requireAlive();
    return system().send(pid(), to, message);
  }

  @Override
  public Scheduled sendAfter(Duration delay, Destination to, Object message) {
    cell.requireAlive();
    return system().timedSends().after(delay, pid(), to, message);
  }

  @Override
  public Object receive() {
    return receive(_ -> true);
  }

  @Override
  public Optional<Object> receive(Duration timeout) {
    return receive(_ -> true, timeout);
  }

  @Override
  public <T> T receive(Class<T> type) {
    return type.cast(receive(type::isInstance));
  }

  @Override
  public <T> Optional<T> receive(Class<T> type, Duration timeout) {
    return receive(type::isInstance, timeout).map(type::cast);
  }

  @Override
  public Object receive(Predicate<Object> wanted) {
    return plain().receive(cell, wanted, Long.MAX_VALUE).orElseThrow();
  }

  @Override
  public Optional<Object> receive(Predicate<Object> wanted, Duration timeout) {
    return plain().receive(cell, wanted, Request.saturatedNanos(timeout));
  }

  private PlainRunner plain() {
    cell.requireAlive();
    return switch (cell.runner()) {
      case PlainRunner plain
          when cell.thread().filter(Thread.currentThread()::equals).isPresent() ->
          plain;
      case PlainRunner _ ->
          throw new IllegalStateException(
              "expected receive on the thread of process "
                  + pid()
                  + ", got: "
                  + Thread.currentThread());
      case ReactorRunner _ ->
          throw new IllegalStateException(
              "expected receive in a plain process, got: the server " + pid());
    };
  }

  @Override
  public Pid spawn(ProcessBody body) {
    cell.requireAlive();
    return system().spawn(body);
  }

  @Override
  public Pid spawnLink(ProcessBody body) {
    cell.requireAlive();
    return system().spawnPlain(body, cell, true).pid();
  }

  @Override
  public Monitored spawnMonitor(ProcessBody body) {
    cell.requireAlive();
    ProcessCell child = system().makePlain(body, cell, false);
    Ref ref = monitor(child.pid());
    system().beginPlain(child);
    return new Monitored(child.pid(), ref);
  }

  @Override
  public <H> StartResult<MonitoredHandle<H>> startMonitor(
      Startable<H> startable, StartOptions options) {
    if (!system().self().equals(pid())) {
      throw new IllegalStateException(
          "expected process " + pid() + " to start and monitor, got: " + Thread.currentThread());
    }
    var ref = new Ref(system().node(), system().nextId());
    boolean started = false;
    try {
      var outcome =
          startable
              .begin(system(), options.withMonitor(ref))
              .map(system(), handle -> new MonitoredHandle<>(handle, ref))
              .await();
      started = outcome instanceof StartResult.Started<?>;
      return outcome;
    } finally {
      if (!started && cell.isAlive()) {
        var _ = demonitorAndFlush(ref);
      }
    }
  }

  @Override
  public void link(Pid other) {
    cell.requireAlive();
    system().ties().link(cell, other);
  }

  @Override
  public void unlink(Pid other) {
    cell.requireAlive();
    system().ties().unlink(cell, other);
  }

  @Override
  public Ref monitor(Destination target) {
    cell.requireAlive();
    return system().ties().monitor(cell, target);
  }

  @Override
  public boolean demonitor(Ref monitor) {
    cell.requireAlive();
    Optional<Relations.Watched> target = cell.removeMonitor(monitor);
    target.ifPresent(known -> system().exits().stopWatching(monitor, known, pid()));
    return target.isPresent();
  }

  @Override
  public boolean demonitorAndFlush(Ref monitor) {
    boolean active = demonitor(monitor);
    if (!active) {
      Predicate<Object> its =
          item -> item instanceof Signal.Down down && down.ref().equals(monitor);
      var _ =
          switch (cell.runner()) {
            case PlainRunner plain -> plain.drop(cell, its);
            case ReactorRunner _ -> cell.mailbox().remove(its);
          };
    }
    return active;
  }

  @Override
  public boolean trapExits(boolean trap) {
    cell.requireAlive();
    return cell.trapExits(trap);
  }

  @Override
  public void exit(ExitReason reason) {
    cell.requireAlive();
    throw new ProcessExit(reason);
  }

  @Override
  public void exit(Pid other, ExitReason reason) {
    cell.requireAlive();
    system().exit(pid(), other, reason);
  }

  @Override
  public Alias alias() {
    return system().addAlias(cell, false);
  }

  @Override
  public Alias aliasForOne() {
    return system().addAlias(cell, true);
  }

  @Override
  public boolean unalias(Alias alias) {
    cell.requireAlive();
    cell.removeAlias(alias);
    return system().aliases().remove(alias);
  }

  @Override
  public Registration register(ProcessName name) {
    cell.requireAlive();
    return system().names().register(name, pid());
  }

  @Override
  public boolean unregister(ProcessName name) {
    cell.requireAlive();
    return system().names().unregister(name, pid());
  }

  @Override
  public String toString() {
    return pid().toString();
  }
}
