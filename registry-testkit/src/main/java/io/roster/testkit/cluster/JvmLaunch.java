package io.roster.testkit.cluster;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a JVM of a cluster is started: with this JVM's own {@code java}, class path and module flags.
 * Immutable.
 *
 * @param name what the JVM is called in messages and log files
 * @param mainClass the class whose {@code main} runs
 * @param arguments what {@code main} gets
 * @param jvmOptions further options of the JVM, such as {@code -Xmx256m} or {@code -Dkey=value}
 * @param place where it runs
 */
public record JvmLaunch(
    String name, String mainClass, List<String> arguments, List<String> jvmOptions, Place place) {

  /** Copies the lists. */
  public JvmLaunch {
    arguments = List.copyOf(arguments);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** A JVM on this machine without further options. */
  public static JvmLaunch of(String name, String mainClass, List<String> arguments) {
    return new JvmLaunch(name, mainClass, arguments, List.of(), Place.HERE);
  }

  /** The same with these options of the JVM added. */
  public JvmLaunch withJvmOptions(List<String> more) {
    var options = new ArrayList<>(jvmOptions);
    options.addAll(more);
    return new JvmLaunch(name, mainClass, arguments, options, place);
  }

  /** The same elsewhere. */
  public JvmLaunch withPlace(Place elsewhere) {
    return new JvmLaunch(name, mainClass, arguments, jvmOptions, elsewhere);
  }

  /** The whole command line. */
  List<String> command() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(JvmLaunch::isModuleFlag)
        .forEach(command::add);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return place.command(command);
  }

  private static boolean isModuleFlag(String argument) {
    return argument.startsWith("--add-")
        || argument.startsWith("--enable-native-access")
        || argument.startsWith("--sun-misc-unsafe-memory-access");
  }
}
