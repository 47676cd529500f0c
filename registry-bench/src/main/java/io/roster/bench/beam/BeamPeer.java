package io.roster.bench.beam;

import io.roster.bench.Effort;
import io.roster.bench.Figures;
import io.roster.bench.Peer;
import io.roster.bench.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The BEAM, measured by programs of ours that {@code erl} and {@code elixir} run where they are
 * installed, with the flags that they have by default and room for enough processes.
 */
public enum BeamPeer implements Peer {
  /** OTP's processes in one virtual machine. */
  ERLANG,
  /** OTP's processes in three virtual machines. */
  ERLANG_NODES,
  /** What Elixir adds: its registry, its dynamic supervisors, its tasks. */
  ELIXIR;

  private static final String ERLANG_MODULE = "roster_peer";
  private static final String ERLANG_PROGRAM = ERLANG_MODULE + ".erl";
  private static final String ELIXIR_PROGRAM = "roster_peer.exs";
  private static final String PROCESSES_MAX = "+P 5000000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String title() {
    return "BEAM";
  }

  @Override
  public boolean isInstalled() {
    return switch (this) {
      case ERLANG, ERLANG_NODES -> Program.areInstalled("erl", "erlc");
      case ELIXIR -> Program.areInstalled("erl", "elixir");
    };
  }

  @Override
  public Map<String, Double> measure(Set<String> keys, Effort effort)
      throws IOException, InterruptedException {
    try (var program = new Program()) {
      return Figures.parse(
          switch (this) {
            case ERLANG -> erlang(program, keys, effort, List.of());
            case ERLANG_NODES -> erlang(program, keys, effort, List.of("-sname", nodeName()));
            case ELIXIR -> elixir(program, keys, effort);
          });
    }
  }

  private static String erlang(
      Program program, Set<String> keys, Effort effort, List<String> options)
      throws IOException, InterruptedException {
    program.copy(BeamPeer.class, ERLANG_PROGRAM);
    var _ = program.run(PATIENCE, List.of("erlc", ERLANG_PROGRAM));
    String call =
        "%s:main(%d, [%s]), halt()."
            .formatted(ERLANG_MODULE, effort.divisor(), String.join(", ", keys));
    var command = new ArrayList<String>();
    command.addAll(List.of("erl", "+P", "5000000", "-noshell", "-pa", "."));
    command.addAll(options);
    command.addAll(List.of("-eval", call));
    return program.run(PATIENCE, command);
  }

  private static String elixir(Program program, Set<String> keys, Effort effort)
      throws IOException, InterruptedException {
    program.copy(BeamPeer.class, ELIXIR_PROGRAM);
    var command = new ArrayList<String>();
    command.addAll(List.of("elixir", "--erl", PROCESSES_MAX, ELIXIR_PROGRAM));
    command.add(String.valueOf(effort.divisor()));
    command.addAll(keys);
    return program.run(PATIENCE, command);
  }

  private static String nodeName() {
    return ERLANG_MODULE + "_" + ProcessHandle.current().pid();
  }
}
