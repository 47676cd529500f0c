package io.roster.bench;

import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult.Delivered;
import io.roster.core.server.ServerRef;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Processes that call and cast, and wait until all is done. */
public final class Clients {

  private static final long FULL_WAIT_NANOS = 10_000;

  private Clients() {}

  /** One process for each server of the list makes {@code calls} calls, one after the other. */
  public static void call(
      ProcessSystem system, List<ServerRef<EchoServer.Message>> servers, int calls)
      throws InterruptedException {
    together(
        system,
        servers,
        server -> {
          for (int i = 0; i < calls; i++) {
            var _ = server.call(EchoServer.Get::new, Stage.PATIENCE).orElseThrow();
          }
        });
  }

  /** One process for each server of the list casts, and then asks once, so that all has arrived. */
  public static void cast(
      ProcessSystem system, List<ServerRef<EchoServer.Message>> servers, int casts)
      throws InterruptedException {
    together(
        system,
        servers,
        server -> {
          var add = new EchoServer.Add(1);
          for (int i = 0; i < casts; i++) {
            // A full buffer refuses; the sender waits for the receiver, as the BEAM's would.
            while (!(server.cast(add) instanceof Delivered)) {
              LockSupport.parkNanos(FULL_WAIT_NANOS);
            }
          }
          var _ = server.call(EchoServer.Get::new, Stage.PATIENCE).orElseThrow();
        });
  }

  private static void together(
      ProcessSystem system,
      List<ServerRef<EchoServer.Message>> servers,
      Consumer<ServerRef<EchoServer.Message>> body)
      throws InterruptedException {
    Stage.runAll(
        system, servers.stream().<ProcessBody>map(server -> _ -> body.accept(server)).toList());
  }
}
