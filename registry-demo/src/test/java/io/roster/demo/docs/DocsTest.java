package io.roster.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each Java example of a document is a region of a test that runs, to the letter. {@code
 * -Ddocs.update} writes the regions into the documents.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsTest {

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?:<!-- snippet: (?<type>\\w+)#(?<region>\\w+) -->\n)?```java\n(?<code>.*?)```\n",
          Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#|mailto:)([^)#\\s]+)");

  private final Path root = root();

  Stream<Path> documents() throws IOException {
    return files(".md").stream().map(root::relativize);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_example_is_a_region_of_a_test(Path document) throws IOException {
    String text = Files.readString(root.resolve(document));

    String expected =
        EXAMPLE
            .matcher(text)
            .replaceAll(
                found -> {
                  assertThat(found.group("type"))
                      .as("the region of the example in %s: %s", document, found.group("code"))
                      .isNotNull();
                  String code = region(found.group("type"), found.group("region"));
                  return Matcher.quoteReplacement(
                      "<!-- snippet: %s#%s -->\n```java\n%s```\n"
                          .formatted(found.group("type"), found.group("region"), code));
                });
    if (System.getProperty("docs.update") != null) {
      Files.writeString(root.resolve(document), expected);
    }

    assertThat(Files.readString(root.resolve(document))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_link_to_a_file_leads_somewhere(Path document) throws IOException {
    Path folder = root.resolve(document).resolveSibling("").toAbsolutePath();

    List<String> broken =
        LINK.matcher(Files.readString(root.resolve(document)))
            .results()
            .map(link -> link.group(1))
            .filter(target -> !Files.exists(folder.resolve(target)))
            .toList();

    assertThat(broken).as("links of %s", document).isEmpty();
  }

  @Test
  void a_region_is_cut_out_and_unindented() {
    String source = "class A {\n  // @start region=r\n  int a;\n    int b;\n\n  // @end\n}\n";

    assertThat(cut(source, "r")).isEqualTo("int a;\n  int b;\n");
  }

  private String region(String type, String region) {
    try {
      Path source =
          files(type + ".java").stream()
              .filter(file -> file.endsWith(type + ".java"))
              .filter(file -> file.toString().contains("src/test/java"))
              .findFirst()
              .orElseThrow(
                  () -> new AssertionError("expected a test class " + type + ", got none"));
      return cut(Files.readString(source), region);
    } catch (IOException e) {
      throw new AssertionError("cannot read the region " + type + "#" + region, e);
    }
  }

  /** The checkout's own files: what is built or hidden may come and go meanwhile. */
  private List<Path> files(String ending) throws IOException {
    var found = new TreeSet<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean isOurs =
                folder.equals(root) || !(name.startsWith(".") || name.equals("target"));
            return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(found);
  }

  private static String cut(String source, String region) {
    String start = "// @start region=" + region + "\n";
    int from = source.indexOf(start);
    int to = source.indexOf("// @end", Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new AssertionError("expected a region " + region + " with an end, got none");
    }
    return source.substring(from + start.length(), to).stripTrailing().stripIndent() + "\n";
  }

  private static Path root() {
    return Stream.<Path>iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("mvnw")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected to run inside a checkout"));
  }
}
