package io.roster.node.cli;

import com.google.gson.JsonElement;
import io.roster.node.admin.Json;
import io.roster.node.config.HostPort;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What the commands that list rows have in common: where to ask and how to print; used as a picocli
 * mixin.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields before use
public final class Listing {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private AdminOption admin;
  @Mixin private JsonOption json;

  /** Whom to ask. */
  AdminClient client() {
    return admin.client();
  }

  /** Another node, asked with the same token. */
  AdminClient client(HostPort other) {
    return admin.client(other);
  }

  /** Whether JSON was asked for. */
  boolean isJson() {
    return json.isOn();
  }

  /** Prints rows as a table with {@code header}, or as the JSON that came. */
  <T> int print(String path, Class<T> type, List<String> header, Function<T, Object[]> cells) {
    var answer = client().get(path);
    if (json.isOn()) {
      return printJson(answer);
    }
    var table = new Table(header.toArray(String[]::new));
    answer.getAsJsonArray().forEach(row -> table.row(cells.apply(Json.read(row, type))));
    print(table);
    return RosterCommand.OK;
  }

  /** Prints a table. */
  void print(Table table) {
    table.print(spec.commandLine().getOut());
  }

  /** Prints JSON on one line. */
  int printJson(JsonElement answer) {
    line(answer.toString());
    return RosterCommand.OK;
  }

  /** Prints one line for people. */
  void line(String text) {
    var out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
