package io.roster.bench.remote;

import io.roster.bench.EchoServer;
import io.roster.core.process.StartOptions;
import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;

/** Starts an {@link EchoServer} under a local name on its node. */
final class EchoModule implements RosterModule {

  /** The name of the server. */
  static final String SERVER = "bench-echo";

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public void install(ModuleContext context) {
    context
        .message("bench.add", EchoServer.Add.class)
        .message("bench.get", EchoServer.Get.class)
        .onStart(node -> node.system().start(new EchoServer(), StartOptions.named(SERVER)));
  }
}
