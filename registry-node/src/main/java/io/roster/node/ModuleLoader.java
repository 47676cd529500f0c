package io.roster.node;

import io.roster.node.config.BadOption;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds modules on the class path and in jars. Stateless. */
final class ModuleLoader {

  private ModuleLoader() {}

  /** The modules of the class path. */
  static List<RosterModule> fromClassPath() {
    return load(RosterModule.class.getClassLoader());
  }

  /**
   * The modules of {@code jars}. The class loader stays open while the JVM lives, because their
   * code runs until then.
   *
   * @throws BadOption if a jar has no module or one that cannot be made
   */
  static List<RosterModule> fromJars(List<Path> jars) {
    var modules = new ArrayList<RosterModule>();
    for (var jar : jars) {
      var loader =
          new URLClassLoader(
              "module " + jar, new URL[] {url(jar)}, RosterModule.class.getClassLoader());
      var found =
          load(loader).stream().filter(m -> loader.equals(m.getClass().getClassLoader())).toList();
      if (found.isEmpty()) {
        throw new BadOption(
            "roster.modules",
            "a jar that names a RosterModule in META-INF/services/" + RosterModule.class.getName(),
            jar);
      }
      modules.addAll(found);
    }
    return modules;
  }

  private static List<RosterModule> load(ClassLoader loader) {
    try {
      return ServiceLoader.load(RosterModule.class, loader).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(
          "expected modules that can be made, got: " + e.getMessage(), e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("invariant: every file has a URL", e);
    }
  }
}
