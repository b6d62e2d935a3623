package dev.hearth.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which room may know which, as the picture in {@code docs/ARCHITECTURE.md} draws it. */
final class Layers {

  /** Every room with those that it may use besides itself. */
  private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("diag", List.of());
    MAY_USE.put("file", List.of());
    MAY_USE.put("value", List.of("diag"));
    MAY_USE.put("shell", List.of("value", "diag"));
    MAY_USE.put("fact", List.of("shell", "value", "diag"));
    MAY_USE.put("plan", List.of("fact", "shell", "value", "diag"));
    MAY_USE.put("module", List.of("plan", "fact", "shell", "value", "diag"));
    MAY_USE.put("connection", List.of("shell", "value", "diag"));
    MAY_USE.put("journal", List.of("yaml", "value", "diag", "file"));
    MAY_USE.put(
        "receipt", List.of("journal", "connection", "plan", "shell", "yaml", "value", "diag"));
    MAY_USE.put("postgres", List.of("journal", "value", "diag", "file"));
    MAY_USE.put("graph", List.of("yaml", "shell", "value", "diag"));
    MAY_USE.put("rebuild", List.of("graph", "yaml", "shell", "value", "diag"));
    MAY_USE.put("ssh", List.of("connection", "shell", "value", "diag", "file"));
    MAY_USE.put("local", List.of("connection", "shell", "value", "diag"));
    MAY_USE.put("template", List.of("value", "diag"));
    MAY_USE.put("yaml", List.of("value", "diag"));
    MAY_USE.put("vault", List.of("value", "diag", "file"));
    MAY_USE.put("galaxy", List.of("yaml", "value", "diag"));
    MAY_USE.put("vars", List.of("template", "inventory", "yaml", "value", "diag"));
    MAY_USE.put("inventory", List.of("template", "yaml", "value", "diag"));
    MAY_USE.put("playbook", List.of("template", "yaml", "value", "diag"));
    MAY_USE.put(
        "run",
        List.of(
            "playbook",
            "inventory",
            "vars",
            "template",
            "yaml",
            "module",
            "plan",
            "fact",
            "receipt",
            "journal",
            "connection",
            "shell",
            "value",
            "diag",
            "file"));
  }

  private Layers() {}

  /** One rule for each room: it uses no other than those it may. */
  static List<ArchRule> arrows(String root) {
    List<ArchRule> rules = new ArrayList<>();
    MAY_USE.forEach(
        (room, others) -> {
          List<String> forbidden = new ArrayList<>(MAY_USE.keySet());
          forbidden.addAll(List.of("cli", "view"));
          forbidden.removeAll(others);
          forbidden.remove(room);
          rules.add(
              noClasses()
                  .that()
                  .resideInAPackage(root + "." + room + "..")
                  .should()
                  .dependOnClassesThat(resideInAnyPackage(packages(root, forbidden)))
                  .as("'" + room + "' uses only " + others));
        });
    return rules;
  }

  /** No room uses one that uses it. */
  static ArchRule noCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /** A library that only these rooms may see. */
  static ArchRule only(String root, String library, String... rooms) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(packages(root, List.of(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .as("only " + List.of(rooms) + " see " + library);
  }

  private static String[] packages(String root, List<String> rooms) {
    return rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new);
  }
}
