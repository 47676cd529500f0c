package io.roster.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads options in layers: {@code reference.conf}, a file, the environment, flags; later wins.
 * Every value is checked, and so is every key of the file. Confined to one thread.
 */
public final class OptionsReader {

  private static final String ROOT = "roster";

  private final Config config;

  private OptionsReader(Config config) {
    this.config = config;
  }

  /**
   * Puts the layers together.
   *
   * @param file a HOCON file, or the empty path for none
   * @param environment the process's environment
   * @param flags full keys to values; a list for a key that holds one
   * @throws BadOption if the file cannot be read or has a key that does not exist
   */
  public static OptionsReader layered(
      Path file, Map<String, String> environment, Map<String, Object> flags) {
    var reference =
        ConfigFactory.parseResources(OptionsReader.class.getClassLoader(), "reference.conf")
            .resolve();
    var layers = fromEnvironment(reference, environment).withFallback(fromFile(file, reference));
    for (var flag : flags.entrySet()) {
      layers = layers.withValue(flag.getKey(), ConfigValueFactory.fromAnyRef(flag.getValue()));
    }
    return new OptionsReader(layers.withFallback(reference).resolve());
  }

  /**
   * Builds the options of a node.
   *
   * @throws BadOption naming the key, what was expected and what came
   */
  public NodeOptions node() {
    return NodeOptionsReader.read(this);
  }

  String text(String key) {
    return read(key, "a text", config::getString);
  }

  int number(String key) {
    return read(key, "a whole number", config::getInt);
  }

  java.time.Duration duration(String key) {
    return read(key, "a duration such as 20s", config::getDuration);
  }

  List<String> texts(String key) {
    return read(key, "a list of texts", config::getStringList);
  }

  /** Makes a value of {@code key}, naming the key where the value is refused. */
  <T> T make(String key, Function<String, T> make) {
    try {
      return make.apply(text(key));
    } catch (BadOption e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new BadOption(key, e);
    }
  }

  /** The value of {@code key}, or the first line of the file that {@code key-file} names. */
  String textOrFile(String key) {
    var value = text(key);
    var file = text(key + "-file");
    if (file.isEmpty()) {
      return value;
    }
    if (!value.isEmpty()) {
      throw new BadOption(key + "-file", "not to be set beside " + key, file);
    }
    try (var lines = Files.lines(Path.of(file))) {
      var line = lines.findFirst().orElse("").trim();
      if (line.isEmpty()) {
        throw new BadOption(key + "-file", "a file whose first line is not empty", file);
      }
      return line;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new BadOption(key + "-file", "a file that can be read", file + " (" + reason(e) + ")");
    }
  }

  private <T> T read(String key, String expected, Function<String, T> getter) {
    try {
      return getter.apply(key);
    } catch (ConfigException e) {
      var got = config.hasPath(key) ? config.getValue(key).render() : "nothing";
      throw new BadOption(
          key, expected, key.contains("secret") || key.contains("token") ? "something else" : got);
    }
  }

  private static Config fromFile(Path file, Config reference) {
    if (file.toString().isEmpty()) {
      return ConfigFactory.empty();
    }
    if (!Files.isReadable(file)) {
      throw new BadOption("--config", "a file that can be read", file);
    }
    Config parsed;
    try {
      parsed = ConfigFactory.parseFile(file.toFile()).resolve();
    } catch (ConfigException e) {
      throw new BadOption("--config", "a HOCON file", String.valueOf(e.getMessage()));
    }
    for (var entry : parsed.entrySet()) {
      if (!reference.hasPathOrNull(entry.getKey())) {
        throw new BadOption(
            entry.getKey(),
            "one of " + String.join(", ", keys(reference)),
            "an unknown key in " + file);
      }
    }
    return parsed;
  }

  private static Config fromEnvironment(Config reference, Map<String, String> environment) {
    var layer = ConfigFactory.empty();
    for (var key : keys(reference)) {
      var value = environment.get(variable(key));
      if (value != null) {
        boolean isList = reference.getValue(key).valueType() == ConfigValueType.LIST;
        Object typed = isList ? split(value) : value;
        layer = layer.withValue(key, ConfigValueFactory.fromAnyRef(typed, variable(key)));
      }
    }
    return layer;
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static List<String> split(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static List<String> keys(Config reference) {
    var keys = new ArrayList<String>();
    for (var entry : reference.getConfig(ROOT).entrySet()) {
      keys.add(ROOT + "." + entry.getKey());
    }
    return keys.stream().sorted().toList();
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName();
  }
}
