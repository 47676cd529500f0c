package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A child that does what a test tells it to, and tells what happens to it. */
final class TestWorker implements GenServer<String, TestWorker.Message> {

  sealed interface Message {}

  record Stop(ExitReason reason) implements Message {}

  record Crash() implements Message {}

  /** Spins, deaf to interruption, until it is let go. */
  record Block(AtomicBoolean release) implements Message {}

  /** What a worker went through. */
  sealed interface Event {
    String id();
  }

  record Began(String id, Pid pid) implements Event {}

  record Ended(String id, ExitReason reason) implements Event {}

  private final String id;
  private final Probe<Event> events;
  private final boolean traps;
  private final Supplier<Init<String>> init;

  TestWorker(String id, Probe<Event> events) {
    this(id, events, false, () -> Init.ok(id));
  }

  TestWorker(String id, Probe<Event> events, boolean traps, Supplier<Init<String>> init) {
    this.id = id;
    this.events = events;
    this.traps = traps;
    this.init = init;
  }

  @Override
  public Init<String> init(ProcessContext self) {
    self.trapExits(traps);
    Init<String> begun = init.get();
    if (begun instanceof Init.Ok<String>) {
      events.put(new Began(id, self.pid()));
    }
    return begun;
  }

  @Override
  public Next<String> handle(Message message, String state) {
    return switch (message) {
      case Stop(ExitReason reason) -> Next.stop(reason, state);
      case Block(AtomicBoolean release) -> {
        while (!release.get()) {
          Thread.onSpinWait();
        }
        yield Next.proceed(state);
      }
      case Crash() -> throw new IllegalStateException("as told");
    };
  }

  @Override
  public void terminate(ExitReason reason, String state) {
    events.put(new Ended(id, reason));
  }

  /** Makes the worker of {@code child} end with {@code reason} and waits until it has. */
  static void end(LocalNode node, ChildInfo child, ExitReason reason) {
    Pid pid = child.pid().orElseThrow();
    ServerRef.<Message>of(node.system(), pid).cast(new Stop(reason));
    var _ = node.system().awaitExit(pid, LocalNode.DEADLINE);
  }

  /** Traps exits and throws when it is asked to stop. */
  static final class BadlyEnding implements GenServer<String, Message> {

    private final Probe<Event> events;

    BadlyEnding(Probe<Event> events) {
      this.events = events;
    }

    @Override
    public Init<String> init(ProcessContext self) {
      self.trapExits(true);
      return Init.ok("");
    }

    @Override
    public Next<String> handle(Message message, String state) {
      return Next.proceed(state);
    }

    @Override
    public void terminate(ExitReason reason, String state) {
      events.put(new Ended("bad", reason));
      throw new IllegalStateException("badly");
    }
  }
}
