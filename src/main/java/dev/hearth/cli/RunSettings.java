package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.run.FactCache;
import dev.hearth.run.Gathering;
import dev.hearth.run.Invocation;
import dev.hearth.run.JsonFactCache;
import dev.hearth.vars.HashBehaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings that decide how variables and facts come to a run. */
final class RunSettings {

  private final Settings settings;
  private final Environment environment;

  RunSettings(Settings settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * How mappings of several levels are combined.
   *
   * @throws dev.hearth.diag.HearthException if the setting is neither {@code replace} nor {@code
   *     merge}
   */
  HashBehaviour hashBehaviour() {
    String written =
        settings.get("defaults", "hash_behaviour", "ANSIBLE_HASH_BEHAVIOUR").orElse("replace");
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "replace" -> HashBehaviour.REPLACE;
      case "merge" -> HashBehaviour.MERGE;
      default ->
          throw Diagnostic.error(
                  ExitCode.INVALID, "hash_behaviour is '" + written + "' in the settings")
              .because("it says what becomes of a mapping that is defined at several levels")
              .next("write 'replace' or 'merge'")
              .failure();
    };
  }

  /** This machine's Python; where one usually is when there is none. */
  private Path python() {
    return Arrays.stream(environment.variables().getOrDefault("PATH", "").split(":"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "python3"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of("/usr/bin/python3"));
  }

  /** How a run is called, as its playbooks can read it. */
  Invocation invocation(List<String> sources, Optional<String> limit) {
    return new Invocation(
        sources.stream()
            .map(
                source ->
                    source.contains(",")
                        ? source
                        : settings
                            .path(source, environment.workingDirectory())
                            .toAbsolutePath()
                            .normalize()
                            .toString())
            .toList(),
        limit,
        settings.file(),
        settings
            .get("defaults", "inject_facts_as_vars", "ANSIBLE_INJECT_FACT_VARS")
            .map(value -> !Settings.isNo(value))
            .orElse(true),
        gathering(),
        python(),
        settings.get("defaults", "ansible_managed", "").orElse("Ansible managed"),
        settings
            .get("defaults", "enable_task_debugger", "ANSIBLE_ENABLE_TASK_DEBUGGER")
            .map(Settings::isYes)
            .orElse(false));
  }

  private Gathering gathering() {
    String written = settings.get("defaults", "gathering", "ANSIBLE_GATHERING").orElse("implicit");
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "implicit" -> Gathering.IMPLICIT;
      case "explicit" -> Gathering.EXPLICIT;
      case "smart" -> Gathering.SMART;
      default ->
          throw Diagnostic.error(ExitCode.INVALID, "gathering is '" + written + "' in the settings")
              .because("it says when plays collect facts")
              .next("write 'implicit', 'explicit' or 'smart'")
              .failure();
    };
  }

  /**
   * What keeps facts from one run to the next.
   *
   * @param warnings takes why something is not cached
   * @throws dev.hearth.diag.HearthException if the settings name another kind than {@code memory}
   *     or {@code jsonfile}, no directory, or no number of seconds
   */
  FactCache factCache(Consumer<Diagnostic> warnings) {
    String kind =
        settings
            .get("defaults", "fact_caching", "ANSIBLE_CACHE_PLUGIN")
            .orElse("memory")
            .replace("ansible.builtin.", "")
            .replace("community.general.", "");
    switch (kind) {
      case "memory" -> {
        return FactCache.NONE;
      }
      case "jsonfile" -> {
        List<Path> directory =
            settings.paths(
                "defaults", "fact_caching_connection", "ANSIBLE_CACHE_PLUGIN_CONNECTION", ",");
        if (directory.isEmpty()) {
          throw Diagnostic.error(ExitCode.INVALID, "fact_caching = jsonfile names no directory")
              .next("set fact_caching_connection to a directory")
              .failure();
        }
        return new JsonFactCache(
            directory.getFirst(),
            settings
                .get("defaults", "fact_caching_prefix", "ANSIBLE_CACHE_PLUGIN_PREFIX")
                .orElse(""),
            cacheTimeout(),
            InstantSource.system(),
            warnings);
      }
      default ->
          throw Diagnostic.error(ExitCode.INVALID, "Hearth has no fact cache '" + kind + "'")
              .because("fact_caching takes memory or jsonfile")
              .next("write one of them, or remove fact_caching")
              .failure();
    }
  }

  private Duration cacheTimeout() {
    String seconds =
        settings
            .get("defaults", "fact_caching_timeout", "ANSIBLE_CACHE_PLUGIN_TIMEOUT")
            .orElse("86400");
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(seconds)));
    } catch (NumberFormatException noNumber) {
      throw Diagnostic.error(
              ExitCode.INVALID, "fact_caching_timeout is '" + seconds + "' in the settings")
          .next("write a number of seconds; 0 for ever")
          .failure();
    }
  }
}
