package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is free, and what is known, at each step of an end: seen on the thread that ends. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderOfEndsTest {

  private static final ProcessName NAME = new ProcessName("orders");

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  private Pid named() {
    var registered = new Probe<Boolean>();
    Pid pid =
        system()
            .spawn(
                self -> {
                  self.register(NAME);
                  registered.put(true);
                  self.receive();
                });
    registered.next();
    return pid;
  }

  @Test
  void names_are_given_up_before_a_watcher_hears() {
    Pid pid = named();
    var namesThen = new Probe<Integer>();
    system().whenExited(pid, _ -> namesThen.put(system().stats().names()));

    system().exit(pid, ExitReason.killed());

    assertThat(namesThen.next()).isZero();
  }

  @Test
  void names_are_given_up_before_another_node_hears_of_a_broken_link_or_a_monitor() {
    var far = new NodeId(new NodeName("far"), 1);
    List<Object> seen = new ArrayList<>();
    system()
        .connect(
            new RemoteRouter() {
              @Override
              public SendResult route(Pid from, Destination to, Signal signal) {
                return route(from, to.nodeName(), signal);
              }

              @Override
              public SendResult route(Pid from, NodeName to, Signal signal) {
                seen.add(signal.getClass());
                seen.add(system().stats().names());
                return SendResult.delivered();
              }
            });
    Pid pid = named();
    system().deliver(new Pid(far, 1), pid, new Signal.Link(new Pid(far, 1)));
    system().deliver(new Pid(far, 1), pid, new Signal.Monitor(new Ref(far, 1)));

    system().exit(pid, ExitReason.killed());

    assertThat(seen).containsExactly(Signal.Exit.class, 0, Signal.Down.class, 0);
  }

  @Test
  void a_hook_runs_when_the_process_is_dead_and_before_a_watcher_hears() {
    Pid pid = named();
    List<String> order = new ArrayList<>();
    system().whenExited(pid, _ -> order.add("watcher"));
    system().onExit(pid, (dead, _) -> order.add("hook, alive: " + system().isAlive(dead)));

    system().exit(pid, ExitReason.killed());

    assertThat(order).containsExactly("hook, alive: false", "watcher");
  }

  @Test
  void a_claimant_that_dies_between_its_claim_and_the_entry_gets_no_name() {
    Pid pid = system().spawn(self -> self.receive());
    var table =
        new ConcurrentHashMap<ProcessName, ProcessCell>() {
          private static final long serialVersionUID = 1L;

          @Override
          public ProcessCell putIfAbsent(ProcessName name, ProcessCell cell) {
            system().exit(pid, ExitReason.killed());
            return super.putIfAbsent(name, cell);
          }
        };
    var names = new LocalNames(system(), table);

    Registration claim = names.register(NAME, pid);

    assertThat(claim).isEqualTo(new Registration.NotAlive(NAME, pid));
    assertThat(names.names()).isEqualTo(Set.of());
  }

  @Test
  void a_claimant_takes_a_name_over_from_a_holder_whose_end_is_under_way() {
    Pid dead = system().spawn(self -> self.receive());
    Pid next = system().spawn(self -> self.receive());
    var table = new ConcurrentHashMap<ProcessName, ProcessCell>();
    table.put(NAME, system().find(dead).orElseThrow());
    system().exit(dead, ExitReason.killed());
    var names = new LocalNames(system(), table);

    assertThat(names.register(NAME, next)).isEqualTo(new Registration.Registered(NAME, next));

    assertThat(names.whereis(NAME)).contains(next);
    assertThat(names.unregister(NAME, next)).isTrue();
  }
}
