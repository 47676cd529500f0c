package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.Follow;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ServerSignal;
import io.roster.core.signal.ExitReason;
import io.roster.node.fleet.FleetWorker.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one worker: the user's server, and around it what moving takes. While it does not
 * act it holds back what comes, in order, and handles it later or gives it away. Confined to its
 * process.
 */
final class FleetWorker<S, M> implements GenServer<Stage<S>, Object> {

  private static final Logger LOG = LoggerFactory.getLogger(FleetWorker.class);

  /** Whether the worker acts. */
  sealed interface Stage<S> {

    /** It has no state yet. */
    record Blank<S>() implements Stage<S> {}

    /** It has a state that it was given, and does not act on it yet. */
    record Loaded<S>(S state) implements Stage<S> {}

    /** It acts. */
    record Acting<S>(S state) implements Stage<S> {}

    /** It has given its state, and acts no longer. */
    record Sealed<S>(S state) implements Stage<S> {}
  }

  private final WorkerType<S, M, ?> type;
  private final GenServer<S, M> server;
  private final MessageCodec messages;
  private final WorkerEvent.Listener listener;
  private final int heldMax;

  /** What came while the worker did not act, in order: messages, and signals as they are. */
  private final Deque<Object> held = new ArrayDeque<>();

  private @Nullable ProcessContext context;
  private boolean toldFull;

  /** How many did not fit, to be told once it is known what became of the others. */
  private int refused;

  FleetWorker(
      WorkerType<S, M, ?> type,
      GenServer<S, M> server,
      MessageCodec messages,
      WorkerEvent.Listener listener,
      int heldMax) {
    this.type = type;
    this.server = server;
    this.messages = messages;
    this.listener = listener;
    this.heldMax = heldMax;
  }

  @Override
  public Init<Stage<S>> init(ProcessContext self) {
    context = self;
    if (type.absorb().isPresent()) {
      self.trapExits(true);
    }
    return Init.ok(new Stage.Blank<>());
  }

  @Override
  public Next<Stage<S>> handle(Object message, Stage<S> stage) throws Exception {
    if (message instanceof WorkerCommand command) {
      return obey(command, stage);
    }
    return switch (stage) {
      case Stage.Acting<S>(S state) -> acting(give(message, state));
      case Stage.Blank<S> _, Stage.Loaded<S> _, Stage.Sealed<S> _ -> hold(message, stage);
    };
  }

  @Override
  public Next<Stage<S>> handleSignal(ServerSignal signal, Stage<S> stage) throws Exception {
    if (signal instanceof ServerSignal.Exit(_, ExitReason.NameConflict lost)) {
      return lose(lost, stage);
    }
    return switch (stage) {
      case Stage.Acting<S>(S state) -> acting(server.handleSignal(signal, state));
      case Stage.Blank<S> _, Stage.Loaded<S> _, Stage.Sealed<S> _ -> hold(signal, stage);
    };
  }

  @Override
  public void terminate(ExitReason reason, Stage<S> stage) throws Exception {
    switch (stage) {
      case Stage.Acting<S>(S state) -> server.terminate(reason, state);
      case Stage.Sealed<S>(S state) -> server.terminate(reason, state);
      case Stage.Blank<S> _, Stage.Loaded<S> _ -> {}
    }
  }

  private Next<Stage<S>> obey(WorkerCommand command, Stage<S> stage) throws Exception {
    return switch (command) {
      case WorkerCommand.Begin _ when stage instanceof Stage.Blank<S> -> begin(stage);
      case WorkerCommand.Load(ByteString state) when stage instanceof Stage.Blank<S> ->
          load(state, stage);
      case WorkerCommand.Open(List<ByteString> backlog)
          when stage instanceof Stage.Loaded<S>(S state) ->
          open(backlog, state);
      case WorkerCommand.Seal _ -> seal(stage);
      case WorkerCommand.Resume _ when stage instanceof Stage.Sealed<S>(S state) ->
          catchUp(Next.proceed(state));
      case WorkerCommand.Release(Pid to) when stage instanceof Stage.Sealed<S> ->
          release(to, stage);
      case WorkerCommand.GiveWay(Pid winner) -> giveWay(winner, stage);
      case WorkerCommand.Absorb(ByteString state) -> absorb(command, state, stage);
      case WorkerCommand.Stop(ExitReason reason) -> Next.stop(reason, stage);
      // Asked twice, or too late: the first time counts.
      case WorkerCommand.Begin _,
          WorkerCommand.Load _,
          WorkerCommand.Open _,
          WorkerCommand.Resume _,
          WorkerCommand.Release _ ->
          Next.proceed(stage);
    };
  }

  private Next<Stage<S>> begin(Stage<S> stage) throws Exception {
    return switch (server.init(self())) {
      case Init.Ok<S>(S state, Follow follow) -> {
        tell(new WorkerEvent.Began());
        yield catchUp(new Next.Proceed<>(state, follow));
      }
      case Init.Ignore<S>() -> {
        tell(new WorkerEvent.Ignored());
        yield Next.stop(new ExitReason.Shutdown("ignored"), stage);
      }
      case Init.Stop<S>(ExitReason reason) -> cannotRun(reason, stage);
      case Init.Fail<S>(ExitReason reason) -> cannotRun(reason, stage);
    };
  }

  private Next<Stage<S>> load(ByteString bytes, Stage<S> stage) throws Exception {
    return switch (server.init(self())) {
      case Init.Ok<S> _ -> {
        S state = codec().decode(bytes);
        tell(new WorkerEvent.Loaded());
        yield Next.proceed(new Stage.Loaded<>(state));
      }
      case Init.Ignore<S>() -> {
        tell(new WorkerEvent.CannotRun("init chose not to run"));
        yield Next.stop(new ExitReason.Shutdown("ignored"), stage);
      }
      case Init.Stop<S>(ExitReason reason) -> cannotRun(reason, stage);
      case Init.Fail<S>(ExitReason reason) -> cannotRun(reason, stage);
    };
  }

  private Next<Stage<S>> cannotRun(ExitReason reason, Stage<S> stage) {
    tell(new WorkerEvent.CannotRun(reason.toString()));
    return Next.stop(reason, stage);
  }

  private Next<Stage<S>> open(List<ByteString> backlog, S state) throws Exception {
    var direct = new ArrayList<>(held);
    held.clear();
    for (ByteString body : backlog) {
      try {
        held.add(messages.decode(body));
      } catch (Exception e) {
        LOG.warn("worker {}: a message that it was handed cannot be read", self().pid(), e);
      }
    }
    held.addAll(direct);
    return catchUp(Next.proceed(state));
  }

  private Next<Stage<S>> seal(Stage<S> stage) {
    switch (stage) {
      case Stage.Acting<S>(S state) -> {
        try {
          ByteString bytes = codec().encode(state);
          tell(new WorkerEvent.Sealed(bytes));
          toldFull = false;
          refused = 0;
          return Next.proceed(new Stage.Sealed<>(state));
        } catch (Exception e) {
          tell(new WorkerEvent.SealFailed("state cannot be written: " + e));
        }
      }
      case Stage.Blank<S> _, Stage.Loaded<S> _, Stage.Sealed<S> _ ->
          tell(new WorkerEvent.SealFailed("it does not act"));
    }
    return Next.proceed(stage);
  }

  private Next<Stage<S>> release(Pid to, Stage<S> stage) {
    var backlog = new ArrayList<ByteString>();
    int lost = 0;
    for (Object item : held) {
      switch (item) {
        // They speak of what this process did; the new one has not done it.
        case ServerSignal _, WorkerCommand _ -> {}
        default -> {
          try {
            backlog.add(messages.encode(item));
          } catch (Exception e) {
            lost++;
            LOG.warn("worker {}: a message cannot be handed over: {}", self().pid(), item, e);
          }
        }
      }
    }
    held.clear();
    tell(new WorkerEvent.Released(backlog, lost + refused));
    // What is left in the mailbox, and what still comes, follows to the new process by itself.
    return Next.stop(new ExitReason.Moved(to), stage);
  }

  private Next<Stage<S>> giveWay(Pid winner, Stage<S> stage) {
    passOn(winner);
    return Next.stop(new ExitReason.Moved(winner), stage);
  }

  private void passOn(Pid winner) {
    for (Object item : held) {
      if (!(item instanceof ServerSignal) && !(item instanceof WorkerCommand)) {
        var _ = self().send(winner, item);
      }
    }
    held.clear();
  }

  private Next<Stage<S>> absorb(WorkerCommand command, ByteString bytes, Stage<S> stage)
      throws Exception {
    if (!(stage instanceof Stage.Acting<S>(S state))) {
      return hold(command, stage);
    }
    return Next.proceed(new Stage.Acting<>(merged(bytes, state)));
  }

  private S merged(ByteString bytes, S state) throws Exception {
    return type.absorb().isPresent()
        ? type.absorb().get().apply(state, codec().decode(bytes))
        : state;
  }

  private Next<Stage<S>> lose(ExitReason.NameConflict lost, Stage<S> stage) throws Exception {
    if (stage instanceof Stage.Acting<S>(S state) && type.isMovable()) {
      tell(new WorkerEvent.Lost(lost.winner(), codec().encode(state)));
    }
    passOn(lost.winner());
    return Next.stop(lost, stage);
  }

  private Next<Stage<S>> hold(Object item, Stage<S> stage) {
    if (held.size() < heldMax) {
      held.add(item);
    } else if (refused++ == 0) {
      LOG.warn("worker {}: more than {} messages came while it moved", self().pid(), heldMax);
    }
    if (held.size() >= heldMax && !toldFull) {
      toldFull = true;
      tell(new WorkerEvent.Full());
    }
    return Next.proceed(stage);
  }

  /** Handles what was held back, as if it came now. */
  private Next<Stage<S>> catchUp(Next<S> first) throws Exception {
    Next<S> next = first;
    while (true) {
      switch (next) {
        case Next.Stop<S>(ExitReason reason, S state) -> {
          return Next.stop(reason, new Stage.Acting<>(state));
        }
        case Next.Proceed<S>(S state, Follow.Continue(Object message)) -> {
          next = give(message, state);
          continue;
        }
        case Next.Proceed<S> _, Next.Unhandled<S> _ -> {}
      }
      Object item = held.poll();
      if (item == null) {
        return acting(next);
      }
      next =
          switch (item) {
            case WorkerCommand.Absorb(ByteString bytes) ->
                Next.proceed(merged(bytes, next.state()));
            case ServerSignal signal -> server.handleSignal(signal, next.state());
            default -> give(item, next.state());
          };
    }
  }

  private Next<S> give(Object message, S state) throws Exception {
    return type.messages().isInstance(message)
        ? server.handle(type.messages().cast(message), state)
        : server.handleSignal(new ServerSignal.Stray(message), state);
  }

  private Next<Stage<S>> acting(Next<S> next) {
    return switch (next) {
      case Next.Proceed<S>(S state, Follow follow) ->
          new Next.Proceed<>(new Stage.Acting<>(state), follow);
      case Next.Unhandled<S>(S state) -> Next.unhandled(new Stage.Acting<>(state));
      case Next.Stop<S>(ExitReason reason, S state) -> Next.stop(reason, new Stage.Acting<>(state));
    };
  }

  private StateCodec<S> codec() {
    return type.state(messages)
        .orElseThrow(() -> new IllegalStateException(type + ": its workers do not move"));
  }

  private void tell(WorkerEvent event) {
    listener.on(self().pid(), event);
  }

  private ProcessContext self() {
    ProcessContext present = context;
    if (present == null) {
      throw new IllegalStateException("invariant: a worker that runs has a context");
    }
    return present;
  }

  @Override
  public String toString() {
    return type.alias();
  }
}
