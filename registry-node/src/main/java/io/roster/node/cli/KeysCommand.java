package io.roster.node.cli;

import com.google.gson.JsonElement;
import io.roster.net.membership.udp.GossipKey;
import io.roster.node.admin.Json;
import io.roster.node.admin.KeyListing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code roster keys}: the keys of the gossip, changed on every node while the cluster runs. */
@Command(
    name = "keys",
    description = {
      "Shows which gossip keys every node has, or changes them while the cluster runs.",
      "To rotate: install, then use, then remove the old one. Keys are named by ids; no secret is"
          + " shown.",
      "Exit code 0 only if every node that is up agrees."
    },
    subcommands = {
      KeysCommand.ListKeys.class,
      KeysCommand.InstallKey.class,
      KeysCommand.UseKey.class,
      KeysCommand.RemoveKey.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class KeysCommand implements RosterCommand {

  private static final Duration WAIT = Duration.ofSeconds(30);

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return show(listing, listing.client().get("/keys"), "");
  }

  /** {@code roster keys list}. */
  @Command(name = "list", description = "Shows which keys every node has; the first one seals.")
  static final class ListKeys implements RosterCommand {

    @Mixin private Listing listing;

    @Override
    public Integer call() {
      return show(listing, listing.client().get("/keys"), "");
    }
  }

  /** {@code roster keys install}. */
  @Command(
      name = "install",
      description = {
        "Gives every node a key that opens from now on.",
        "The node that is asked draws a new one, unless --key-file has 32 bytes in Base64."
      })
  static final class InstallKey implements RosterCommand {

    @Mixin private Listing listing;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "A file whose first line is the key; the node must be on this machine.")
    private @Nullable Path file;

    @Override
    public Integer call() {
      var key = file == null ? "" : read(listing, file);
      return show(listing, listing.client().post("/keys", key, WAIT), "installed");
    }
  }

  /** {@code roster keys use ID}. */
  @Command(name = "use", description = "Has every node seal with a key that all of them have.")
  static final class UseKey implements RosterCommand {

    @Mixin private Listing listing;

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id;

    @Option(
        names = "--even-if-away",
        description =
            "Though nodes are down that may come back without it; they stay outside then.")
    private boolean evenIfAway;

    @Option(
        names = "--even-if-not-kept",
        description = "Though nodes lack it after a restart; they stay outside then.")
    private boolean evenIfNotKept;

    @Override
    public Integer call() {
      var path = path(id, "use", evenIfAway, evenIfNotKept);
      return show(listing, listing.client().post(path, "", WAIT), "in use:");
    }
  }

  /** {@code roster keys remove ID}. */
  @Command(name = "remove", description = "Has every node drop a key that nobody seals with.")
  static final class RemoveKey implements RosterCommand {

    @Mixin private Listing listing;

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id;

    @Option(
        names = "--even-if-away",
        description =
            "Though nodes are down that may come back with it alone; they stay outside then.")
    private boolean evenIfAway;

    @Option(
        names = "--even-if-not-kept",
        description = "Though nodes seal with it after a restart; they stay outside then.")
    private boolean evenIfNotKept;

    @Override
    public Integer call() {
      var path = path(id, "remove", evenIfAway, evenIfNotKept);
      return show(listing, listing.client().post(path, "", WAIT), "removed");
    }
  }

  private static String path(String id, String what, boolean evenIfAway, boolean evenIfNotKept) {
    return "/keys/%s/%s?even-if-away=%s&even-if-not-kept=%s"
        .formatted(GossipKey.text(GossipKey.parseId(id)), what, evenIfAway, evenIfNotKept);
  }

  /* The admin port is not encrypted, so a key goes to a node of this machine, or through a tunnel. */
  private static String read(Listing where, Path file) {
    var host = where.client().address().host();
    try (var lines = Files.lines(file)) {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw CommandFailure.usage(
            "option --key-file: expected a node's admin port on this machine, got: " + host);
      }
      var key = lines.findFirst().orElse("").strip();
      if (key.isEmpty()) {
        throw CommandFailure.usage(
            "option --key-file: expected a key in the first line, got: nothing");
      }
      return GossipKey.parse(key).encoded();
    } catch (UnknownHostException e) {
      throw CommandFailure.usage("option --admin: expected a known host, got: " + host);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("option --key-file: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.usage(
          "option --key-file: expected a file that can be read, got: " + file);
    }
  }

  private static int show(Listing where, JsonElement answer, String done) {
    var keys = Json.read(answer, KeyListing.class);
    if (where.isJson()) {
      where.printJson(answer);
    } else {
      if (!done.isEmpty()) {
        where.line(done + " " + keys.key());
      }
      print(where, keys);
    }
    return keys.agreed() ? OK : FAILED;
  }

  private static void print(Listing where, KeyListing keys) {
    var all = keys.ids();
    var header = new ArrayList<>(List.of("node"));
    header.addAll(all);
    header.addAll(List.of("kept", "problem"));
    var table = new Table(header.toArray(String[]::new));
    for (var node : keys.nodes()) {
      var cells = new ArrayList<Object>(List.of(node.node()));
      all.forEach(key -> cells.add(place(node.keys(), key)));
      cells.add(node.kept() ? "yes" : "no");
      cells.add(node.problem());
      table.row(cells.toArray());
    }
    where.print(table);
    where.line(
        keys.agreed() ? "all " + keys.nodes().size() + " nodes agree" : "the nodes do not agree");
    KeyAdvice.of(keys).forEach(where::line);
    if (keys.nodes().stream().anyMatch(node -> node.answered() && !node.kept())) {
      where.line(
          "where kept is no, a restart begins with other keys: see --data-dir and"
              + " --gossip-key-file");
    }
    if (!keys.away().isEmpty()) {
      where.line("down, and perhaps back with other keys: " + String.join(", ", keys.away()));
    }
  }

  private static String place(List<String> keys, String key) {
    int at = keys.indexOf(key);
    return at < 0 ? "-" : at == 0 ? "seals" : "opens";
  }
}
