package io.roster.deploy;

import io.roster.node.RosterModule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Packs a module as its author would: its package, and the line that names it to the service
 * loader.
 */
final class ModuleJar {

  private ModuleJar() {}

  static Path write(Class<? extends RosterModule> module, Path folder)
      throws IOException, URISyntaxException {
    var root = Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    var packageFolder = root.resolve(module.getPackageName().replace('.', '/'));
    var jar = folder.resolve(module.getSimpleName() + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.list(packageFolder)) {
      put(
          out,
          "META-INF/services/" + RosterModule.class.getName(),
          module.getName().getBytes(StandardCharsets.UTF_8));
      for (Path file : files.toList()) {
        put(out, root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
