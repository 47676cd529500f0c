package io.roster.demo.chat;

import io.roster.core.process.StartOptions;
import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;

/** Lets a node run rooms, and opens its lobby. */
public final class ChatModule implements RosterModule {

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public void install(ModuleContext context) {
    ChatTypes.messages().forEach(context::message);
    context
        .worker(ChatTypes.worker(context.messages()))
        .onStart(
            node ->
                node.system()
                    .start(
                        new Lobby(node.fleet(), node.membership()),
                        StartOptions.named(Lobby.NAME)));
  }
}
