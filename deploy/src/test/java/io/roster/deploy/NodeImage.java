package io.roster.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image of {@code deploy/src/image}, built once for all containers of a test. */
final class NodeImage {

  /** Names the base where the default cannot be had, as in CI. */
  private static final String BASE_VARIABLE = "ROSTER_BASE_IMAGE";

  private static final String BASE_DEFAULT = "eclipse-temurin:25-jre";

  private NodeImage() {}

  static String build() {
    var context = Path.of(System.getProperty("roster.image", "target/image"));
    if (!Files.isRegularFile(context.resolve("Dockerfile"))) {
      throw new IllegalStateException(
          "expected the image's context, which ./mvnw package makes, in " + context);
    }
    return new ImageFromDockerfile("roster-it:latest", false)
        .withFileFromPath(".", context)
        .withBuildArg("BASE", System.getenv().getOrDefault(BASE_VARIABLE, BASE_DEFAULT))
        .get();
  }
}
