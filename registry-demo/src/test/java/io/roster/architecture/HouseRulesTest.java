package io.roster.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** Names and state: rules of the house that a compiler does not know. */
@AnalyzeClasses(packages = "io.roster", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  /** It would hide java.lang.Process, which every file imports unasked. */
  @ArchTest
  static final ArchRule nothing_is_named_process = noClasses().should().haveSimpleName("Process");

  /** Names that say nothing: what such a class does is its name. */
  @ArchTest
  static final ArchRule names_say_what_a_class_does =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)$");

  /** Many nodes fit in one JVM. */
  @ArchTest
  static final ArchRule no_static_field_changes =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("io.roster.proto..")
          .should()
          .beFinal();

  /** Decisions get the time, and chance, as arguments: one seed then replays a whole cluster. */
  @ArchTest
  static final ArchRule decisions_read_no_clock_and_start_nothing =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.roster.net.membership",
              "io.roster.net.membership.swim",
              "io.roster.node.fleet.desired",
              "io.roster.node.fleet.handoff",
              "io.roster.node.names.claim",
              "io.roster.node.names.protocol",
              "io.roster.node.placement")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              Thread.class,
              Executor.class,
              Random.class,
              ThreadLocalRandom.class,
              Clock.class,
              Socket.class,
              DatagramChannel.class)
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    var unmarked =
        classes.stream()
            .map(type -> type.getPackage())
            .filter(it -> !it.getName().startsWith("io.roster.proto"))
            .filter(
                it ->
                    it.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
            .map(it -> it.getName())
            .collect(Collectors.toSet());

    assertThat(unmarked).isEmpty();
  }

  private HouseRulesTest() {}
}
