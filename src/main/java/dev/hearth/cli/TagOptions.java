package dev.hearth.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What part of the playbooks is meant. */
final class TagOptions {

  @Option(
      names = {"-t", "--tags"},
      paramLabel = "TAGS",
      description = "only what has one of these tags")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--skip-tags",
      paramLabel = "TAGS",
      description = "leave out what has one of these tags")
  private List<String> skipTags = new ArrayList<>();

  @Option(
      names = "--start-at-task",
      paramLabel = "NAME",
      description = "leave out everything before this task")
  private @Nullable String startAtTask;

  /** Adds tags that are left out. */
  void skip(List<String> more) {
    skipTags.addAll(more);
  }

  /** The tags that are meant; empty for all. */
  Set<String> only(Settings settings) {
    return split(tags.isEmpty() ? configured(settings, "run", "ANSIBLE_RUN_TAGS") : tags);
  }

  /** The tags that are left out. */
  Set<String> skipped(Settings settings) {
    return split(skipTags.isEmpty() ? configured(settings, "skip", "ANSIBLE_SKIP_TAGS") : skipTags);
  }

  /** The task with which it begins. */
  Optional<String> start() {
    return Optional.ofNullable(startAtTask);
  }

  private static List<String> configured(Settings settings, String key, String variable) {
    return settings.get("tags", key, variable).map(List::of).orElse(List.of());
  }

  private static Set<String> split(List<String> options) {
    Set<String> all = new LinkedHashSet<>();
    for (String option : options) {
      for (String tag : option.split(",")) {
        if (!tag.isBlank()) {
          all.add(tag.strip());
        }
      }
    }
    return all;
  }
}
