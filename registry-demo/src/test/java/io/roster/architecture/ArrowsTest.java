package io.roster.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * Who may know whom. The map that these rules hold is the one in {@code docs/ARCHITECTURE.md};
 * here, where every module is on the class path, it is checked against the compiled code.
 */
@AnalyzeClasses(packages = "io.roster", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule the_core_needs_nothing_but_the_jdk_and_a_logging_api =
      classes()
          .that()
          .resideInAPackage("io.roster.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.roster.core..", "java..", "javax..", "jdk..", "org.slf4j..", "org.jspecify..");

  @ArchTest
  static final ArchRule net_knows_nothing_above_it =
      noClasses()
          .that()
          .resideInAPackage("io.roster.net..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.roster.node..", "io.roster.testkit..", "io.roster.demo..", "io.roster.bench..");

  @ArchTest
  static final ArchRule node_knows_nothing_of_what_is_built_with_it =
      noClasses()
          .that()
          .resideInAPackage("io.roster.node..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.roster.testkit..", "io.roster.demo..", "io.roster.bench..");

  @ArchTest
  static final ArchRule the_testkit_knows_nothing_of_the_demo =
      noClasses()
          .that()
          .resideInAPackage("io.roster.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.roster.demo..", "io.roster.bench..");

  @ArchTest
  static final ArchRule only_net_imports_netty =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.roster.net..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule only_its_adapter_imports_hazelcast =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.roster.node.names.hazelcast..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..");

  @ArchTest
  static final ArchRule generated_frames_stay_in_packages_named_wire =
      noClasses()
          .that(not(resideInAnyPackage("io.roster.proto..", "..wire")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.roster.proto..");

  @ArchTest
  static final ArchRule the_client_is_no_member =
      noClasses()
          .that()
          .resideInAPackage("io.roster.net.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.roster.net.membership..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.roster.(**)").should().beFreeOfCycles();

  /** Inside the core: each package, and what it may import of the others. */
  private static final Map<String, Set<String>> CORE =
      Map.of(
          "identity", Set.of(),
          "time", Set.of(),
          "signal", Set.of("identity"),
          "naming", Set.of("identity"),
          "carrier", Set.of("identity", "time"),
          "process", Set.of("identity", "time", "signal", "naming", "carrier"),
          "server", Set.of("identity", "time", "signal", "naming", "process"),
          "supervisor", Set.of("identity", "time", "signal", "naming", "process", "server"),
          "task", Set.of("identity", "time", "signal", "naming", "process", "server", "supervisor"),
          "registry", Set.of("identity", "time", "signal", "naming", "carrier", "process"));

  @ArchTest
  static void packages_of_the_core_import_what_lies_below_them(JavaClasses classes) {
    for (JavaClass type : classes.that(resideInAPackage("io.roster.core.."))) {
      var from = inCore(type);
      assertThat(CORE).as("a package of the core without a row in this table").containsKey(from);
      assertThat(type.getDirectDependenciesFromSelf())
          .filteredOn(
              arrow -> arrow.getTargetClass().getPackageName().startsWith("io.roster.core."))
          .filteredOn(arrow -> !inCore(arrow.getTargetClass()).equals(from))
          .filteredOn(arrow -> !CORE.get(from).contains(inCore(arrow.getTargetClass())))
          .extracting(Dependency::getDescription)
          .isEmpty();
    }
  }

  private static String inCore(JavaClass type) {
    return type.getPackageName().substring("io.roster.core.".length());
  }

  private ArrowsTest() {}
}
