package io.roster.core.server;

import io.roster.core.identity.Pid;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessReport;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Reactor;
import io.roster.core.process.StartName;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one {@link GenServer}. Confined to its process. */
final class ServerReactor<S, M> implements Reactor {

  private final GenServer<S, M> server;
  private final Class<?> messageType;
  private final StartName name;

  /** Whom to tell how the start ended; null once told. */
  private @Nullable PendingStart<ServerRef<M>> starting;

  /** How the start ended if it did not succeed; told when the process is gone. */
  private @Nullable StartResult<ServerRef<M>> refusal;

  private @Nullable ProcessContext self;
  private @Nullable S state;
  private @Nullable IdleTimer idle;

  private ServerReactor(
      GenServer<S, M> server, StartName name, PendingStart<ServerRef<M>> starting) {
    this.server = server;
    this.name = name;
    this.starting = starting;
    this.messageType = MessageTypes.of(server.getClass());
  }

  static <S, M> PendingStart<ServerRef<M>> begin(
      GenServer<S, M> server, ProcessSystem system, StartOptions options) {
    var pending = new PendingStart<ServerRef<M>>(system);
    Pid pid = system.spawn(new ServerReactor<>(server, options.name(), pending), options);
    return pending.of(pid, options);
  }

  @Override
  public String label() {
    return server.getClass().getSimpleName();
  }

  @Override
  public Object state() {
    S present = state;
    return present == null ? label() : present;
  }

  @Override
  public Reaction begin(ProcessContext context) throws Exception {
    self = context;
    Optional<StartResult<ServerRef<M>>> taken = name.take(context.system(), context.pid());
    if (taken.isPresent()) {
      refusal = taken.get();
      return new Reaction.Stop(ExitReason.normal());
    }
    return switch (server.init(context)) {
      case Init.Ok<S>(S first, Follow follow) -> {
        state = first;
        answerStart(new StartResult.Started<>(context.pid(), ref(context)));
        yield follow(follow);
      }
      case Init.Ignore<S>() -> {
        refusal = new StartResult.Ignored<>();
        yield new Reaction.Stop(ExitReason.normal());
      }
      case Init.Stop<S>(ExitReason reason) -> {
        refusal = new StartResult.Failed<>(reason);
        yield new Reaction.Stop(reason);
      }
      case Init.Fail<S>(ExitReason reason) -> {
        refusal = new StartResult.Failed<>(reason);
        yield new Reaction.Stop(ExitReason.normal());
      }
      case null -> throw nothing("init", "Init");
    };
  }

  private ServerRef<M> ref(ProcessContext context) {
    return ServerRef.of(context.system(), context.pid());
  }

  @Override
  public Reaction on(Object item) throws Exception {
    if (idle != null) {
      if (item instanceof IdleTimer.Fired fired) {
        return idle.isCurrent(fired) ? signal(new ServerSignal.IdleTimeout()) : Reaction.GO_ON;
      }
      idle.cancel();
    }
    return switch (item) {
      case Signal.Down(var monitor, var object, var reason) ->
          signal(new ServerSignal.Down(monitor, object, reason));
      case Signal.Exit(Pid from, ExitReason reason, boolean _) ->
          signal(new ServerSignal.Exit(from, reason));
      case IdleTimer.Fired _ -> Reaction.GO_ON;
      default ->
          messageType.isInstance(item)
              ? apply(server.handle(message(item), held()), "handle", item)
              : signal(new ServerSignal.Stray(item));
    };
  }

  @SuppressWarnings("unchecked") // checked against the message type as far as it is known
  private M message(Object item) {
    return (M) item;
  }

  private Reaction signal(ServerSignal signal) throws Exception {
    return apply(server.handleSignal(signal, held()), "handleSignal", signal);
  }

  private Reaction apply(@Nullable Next<S> next, String method, Object cause) throws Exception {
    return switch (next) {
      case Next.Proceed<S>(S after, Follow follow) -> {
        state = after;
        yield follow instanceof Follow.Nothing ? Reaction.GO_ON : follow(follow);
      }
      case Next.Unhandled<S>(S after) -> {
        state = after;
        Object shown = cause instanceof ServerSignal.Stray(Object message) ? message : cause;
        context()
            .system()
            .report(new ProcessReport.UnexpectedMessage(context().pid(), label(), shown));
        yield Reaction.GO_ON;
      }
      case Next.Stop<S>(ExitReason reason, S after) -> {
        state = after;
        yield new Reaction.Stop(reason);
      }
      case null -> throw nothing(method, "Next");
    };
  }

  private Reaction follow(Follow follow) throws Exception {
    return switch (follow) {
      case Follow.Nothing() -> Reaction.GO_ON;
      case Follow.IdleAfter(var timeout) -> {
        IdleTimer timer = idle == null ? new IdleTimer(context()) : idle;
        idle = timer;
        timer.arm(timeout);
        yield Reaction.GO_ON;
      }
      case Follow.Continue(Object message) ->
          apply(server.handle(message(message), held()), "handle", message);
    };
  }

  @Override
  public void end(ExitReason reason) throws Exception {
    if (idle != null) {
      idle.cancel();
    }
    S last = state;
    if (last != null) {
      server.terminate(reason, last);
    }
  }

  @Override
  public void ended(ExitReason reason) {
    StartResult<ServerRef<M>> told = refusal;
    answerStart(told == null ? new StartResult.Failed<>(reason) : told);
  }

  private void answerStart(StartResult<ServerRef<M>> outcome) {
    PendingStart<ServerRef<M>> pending = starting;
    if (pending != null) {
      starting = null;
      pending.complete(outcome);
    }
  }

  private S held() {
    S present = state;
    if (present == null) {
      throw new IllegalStateException("invariant: a server that runs has a state");
    }
    return present;
  }

  private ProcessContext context() {
    ProcessContext present = self;
    if (present == null) {
      throw new IllegalStateException("invariant: a server that runs has a context");
    }
    return present;
  }

  private IllegalStateException nothing(String method, String type) {
    return new IllegalStateException(
        "expected " + label() + "." + method + " to return a " + type + ", got: null");
  }
}
