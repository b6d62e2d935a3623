package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.syntax.Extension;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What templates may see of the machine and the moment; given from outside so that results can be
 * repeated.
 *
 * @param environment the environment variables, for the {@code env} lookup and {@code expandvars}
 * @param home the user's home directory, for {@code ~}
 * @param workingDirectory the directory that relative paths start from
 * @param clock the time and its zone, for {@code now()} and {@code strftime}
 * @param brokenConditionals whether a condition may be of any type and empty, as before 2.19
 *     ({@code allow_broken_conditionals})
 * @param extensions the extensions of Jinja that are switched on ({@code jinja2_extensions})
 * @param settings the value of a setting by the name that {@code ansible-config} gives it, for the
 *     {@code config} lookup; empty when there is no such setting
 * @param secrets is told each secret text that an expression or a step of one gives: put between
 *     other text it goes to hosts, which may show it
 * @param warnings is told what is worth knowing and stops nothing
 * @param random for {@code random}, {@code shuffle} without a seed and generated passwords
 */
public record Surroundings(
    Map<String, String> environment,
    Path home,
    Path workingDirectory,
    Clock clock,
    boolean brokenConditionals,
    Set<Extension> extensions,
    Function<String, Optional<Value>> settings,
    Consumer<Value.Secret> secrets,
    Consumer<Diagnostic> warnings,
    RandomGenerator random) {

  /** Keeps its own copy. */
  public Surroundings {
    environment = Map.copyOf(environment);
    extensions = Set.copyOf(extensions);
  }

  /** A path of this machine as the user wrote it, with the home directory for {@code ~}. */
  public String expanded(String path) {
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }
}
