package io.roster.testkit.agent;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessSystem;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.Membership;
import io.roster.node.names.GlobalNames;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Does what a drill asks for: {@code claim ID NAME}, {@code remove ID}, {@code replica N}, {@code
 * alive N}; and tells {@code up NODE} and {@code down NODE} as its node sees others come and go.
 * Thread-safe.
 */
public final class DrillAgent {

  private final ProcessSystem system;
  private final GlobalNames names;
  private final Consumer<AgentLine> tell;
  private final Map<Integer, Pid> holders = new ConcurrentHashMap<>();

  /**
   * An agent that tells of members from now on.
   *
   * @param tell takes lines; called by many threads
   */
  public DrillAgent(
      ProcessSystem system, GlobalNames names, Membership membership, Consumer<AgentLine> tell) {
    this.system = system;
    this.names = names;
    this.tell = tell;
    membership.subscribe(this::onMember);
  }

  /**
   * Does what a line asks for; does not wait for it.
   *
   * @throws IllegalArgumentException if the line makes no sense
   */
  public void on(AgentLine line) {
    switch (line.verb()) {
      case "claim" -> claim(line.number(0), new ProcessName(line.word(1)));
      case "remove" -> {
        var holder = holders.get(line.number(0));
        if (holder != null) {
          var _ = system.send(holder, new Holder.GiveUp());
        }
      }
      case "replica" -> tell.accept(replica(line.number(0)));
      case "alive" -> tell.accept(alive(line.number(0)));
      default ->
          throw new IllegalArgumentException(
              "expected claim, remove, replica or alive, got: " + line.verb());
    }
  }

  private void claim(int id, ProcessName name) {
    var pid = system.spawn(new Holder(id, name, names, tell));
    holders.put(id, pid);
    system.whenExited(pid, reason -> tell.accept(AgentLine.of("ended", id, reason)));
  }

  private AgentLine replica(int request) {
    var words = new ArrayList<>();
    words.add(request);
    names
        .names()
        .forEach(
            (name, pid) -> {
              words.add(name);
              words.add(pid);
            });
    return AgentLine.of("replica", words.toArray());
  }

  private AgentLine alive(int request) {
    var words = new ArrayList<>();
    words.add(request);
    holders.forEach(
        (id, pid) -> {
          if (system.isAlive(pid)) {
            words.add(id);
          }
        });
    return AgentLine.of("alive", words.toArray());
  }

  private void onMember(MemberEvent event) {
    var name = event.member().id().name();
    switch (event) {
      case MemberEvent.Up _ -> tell.accept(AgentLine.of("up", name));
      case MemberEvent.Down _ -> tell.accept(AgentLine.of("down", name));
      case MemberEvent.Suspected _, MemberEvent.Refuted _, MemberEvent.Updated _ -> {}
    }
  }
}
