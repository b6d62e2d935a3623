package dev.hearth.run;

import java.util.Set;

/**
 * Which tasks {@code --tags} and {@code --skip-tags} leave in, by Ansible's rules for {@code
 * always}, {@code never}, {@code tagged}, {@code untagged} and {@code all}.
 */
record TagSelection(Set<String> only, Set<String> skip) {

  boolean selects(Set<String> tags) {
    return wanted(tags) && !skipped(tags);
  }

  private boolean wanted(Set<String> tags) {
    Set<String> asked = only.isEmpty() ? Set.of("all") : only;
    if (tags.contains("always")) {
      return true;
    }
    if (tags.contains("never")) {
      return tags.stream().anyMatch(tag -> asked.contains(tag) && !tag.equals("all"))
          || asked.contains("never");
    }
    return asked.contains("all")
        || tags.stream().anyMatch(asked::contains)
        || (asked.contains("tagged") && !tags.isEmpty())
        || (asked.contains("untagged") && tags.isEmpty());
  }

  private boolean skipped(Set<String> tags) {
    boolean always = tags.contains("always");
    return (skip.contains("all") && !(always && !skip.contains("always")))
        || tags.stream().anyMatch(skip::contains)
        || (skip.contains("tagged") && !tags.isEmpty())
        || (skip.contains("untagged") && tags.isEmpty());
  }
}
