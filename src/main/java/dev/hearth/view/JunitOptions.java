package dev.hearth.view;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the JUnit report looks: the environment variables of Ansible's callback {@code junit}.
 *
 * @param taskClass one class for each file, not for each line of it
 * @param relativeTo the directory that classes are named from; absolute when empty
 * @param outOfTree what stands before the name of a file that is not below that directory
 * @param failOnChange whether a change is a failure
 * @param failOnIgnore whether an ignored failure is one
 * @param setupTasks whether {@code setup} is a test case
 * @param hideArguments whether names tell no arguments
 * @param prefix what the name of a task begins with that is a test case; failures always are
 */
public record JunitOptions(
    boolean taskClass,
    Optional<Path> relativeTo,
    Optional<String> outOfTree,
    boolean failOnChange,
    boolean failOnIgnore,
    boolean setupTasks,
    boolean hideArguments,
    String prefix) {

  /** As the environment says. */
  public static JunitOptions of(Map<String, String> environment) {
    return new JunitOptions(
        flag(environment, "JUNIT_TASK_CLASS", false),
        Optional.ofNullable(environment.get("JUNIT_TASK_RELATIVE_PATH"))
            .filter(path -> !path.isEmpty())
            .map(Path::of),
        Optional.ofNullable(environment.get("JUNIT_REPLACE_OUT_OF_TREE_PATH")),
        flag(environment, "JUNIT_FAIL_ON_CHANGE", false),
        flag(environment, "JUNIT_FAIL_ON_IGNORE", false),
        flag(environment, "JUNIT_INCLUDE_SETUP_TASKS_IN_REPORT", true),
        flag(environment, "JUNIT_HIDE_TASK_ARGUMENTS", false),
        environment.getOrDefault("JUNIT_TEST_CASE_PREFIX", ""));
  }

  /** What a test case is called by its place. */
  String className(Path workingDirectory, String file, int line) {
    Path absolute = workingDirectory.toAbsolutePath().resolve(file).normalize();
    String name =
        relativeTo
            .map(
                base ->
                    workingDirectory
                        .toAbsolutePath()
                        .resolve(base)
                        .normalize()
                        .relativize(absolute)
                        .toString())
            .orElse(absolute.toString());
    if (outOfTree.isPresent() && name.startsWith("../")) {
      name = outOfTree.get() + absolute.getFileName();
    }
    return taskClass && name.endsWith(".yml")
        ? name.substring(0, name.length() - 4)
        : name + ":" + line;
  }

  private static boolean flag(Map<String, String> environment, String name, boolean usual) {
    String said = environment.get(name);
    return said == null
        ? usual
        : said.equalsIgnoreCase("true") || usual && !said.equalsIgnoreCase("false");
  }
}
