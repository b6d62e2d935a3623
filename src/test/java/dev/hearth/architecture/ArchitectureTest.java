package dev.hearth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the code against the picture of its rooms. Each kind of rule is also held against code that
 * breaks it.
 */
final class ArchitectureTest {

  private static final String ROOT = "dev.hearth";
  private static final String BAD = "dev.hearth.architecture.bad";

  private static final JavaClasses HEARTH =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);
  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BAD);

  @TestFactory
  Stream<DynamicTest> arrowsPointDownwards() {
    return Layers.arrows(ROOT).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(HEARTH)));
  }

  @TestFactory
  Stream<DynamicTest> librariesStayInTheirRooms() {
    return libraries(ROOT).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(HEARTH)));
  }

  @Test
  void roomsFormNoCycle() {
    Layers.noCycles(ROOT).check(HEARTH);
  }

  @Test
  void onlyTheCommandLineEndsTheProcessOrPrints() {
    ends(ROOT).check(HEARTH);
  }

  @Test
  void aModuleReachesNothing() {
    modules(ROOT).check(HEARTH);
  }

  @Test
  void aForbiddenArrowIsNoticed() {
    refuses(Layers.arrows(BAD));
  }

  @Test
  void aCycleIsNoticed() {
    refuses(List.of(Layers.noCycles(BAD)));
  }

  @Test
  void aLibraryInTheWrongRoomIsNoticed() {
    refuses(libraries(BAD));
  }

  @Test
  void anExitInTheMiddleIsNoticed() {
    refuses(List.of(ends(BAD)));
  }

  @Test
  void aModuleThatReadsFilesIsNoticed() {
    refuses(List.of(modules(BAD)));
  }

  private static List<ArchRule> libraries(String root) {
    return List.of(
        Layers.only(root, "org.apache.sshd..", "ssh"),
        Layers.only(root, "org.yaml.snakeyaml..", "yaml"),
        Layers.only(root, "com.fasterxml.jackson..", "yaml"),
        Layers.only(root, "org.bouncycastle..", "vault", "ssh"),
        Layers.only(root, "org.postgresql..", "postgres"),
        Layers.only(root, "java.sql..", "postgres"),
        Layers.only(root, "picocli..", "cli"));
  }

  private static ArchRule ends(String root) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(root + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .as("only cli ends the process or knows the standard streams");
  }

  private static ArchRule modules(String root) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(root + ".module..", root + ".fact..", root + ".plan..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.nio.file..", "java.net..", "java.net.http..", root + ".connection..")
                .and(not(belongToAnyOf(URLEncoder.class, URLDecoder.class))))
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .as("a module reaches no connection, disk, network, clock or environment");
  }

  private static void refuses(List<ArchRule> rules) {
    assertThat(rules).isNotEmpty();
    assertThatThrownBy(() -> rules.forEach(rule -> rule.allowEmptyShould(true).check(BROKEN)))
        .isInstanceOf(AssertionError.class);
  }
}
