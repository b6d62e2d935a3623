package dev.hearth.module.docker;

import java.util.ArrayList;
import java.util.List;

/** Commands of docker compose for what a task says. */
final class ComposeCommands {

  private ComposeCommands() {}

  /** Options that say which project is meant, in front of the command. */
  static List<String> project(DockerComposeV2.Args want) {
    List<String> words = new ArrayList<>();
    want.project().projectSrc().ifPresent(src -> words.addAll(List.of("--project-directory", src)));
    words.addAll(want.project().options());
    return words;
  }

  static List<String> up(DockerComposeV2.Args want, boolean noStart, boolean pretend) {
    List<String> words = new ArrayList<>(List.of("up", "--detach", "--no-color", "--quiet-pull"));
    if (!want.pull().equals("policy")) {
      words.addAll(List.of("--pull", want.pull()));
    }
    if (want.removeOrphans()) {
      words.add("--remove-orphans");
    }
    switch (want.recreate()) {
      case "always" -> words.add("--force-recreate");
      case "never" -> words.add("--no-recreate");
      default -> {}
    }
    if (want.renewAnonVolumes()) {
      words.add("--renew-anon-volumes");
    }
    if (!want.dependencies()) {
      words.add("--no-deps");
    }
    timeout(want, words);
    switch (want.build()) {
      case "always" -> words.add("--build");
      case "never" -> words.add("--no-build");
      default -> {}
    }
    want.scale()
        .forEach((service, count) -> words.addAll(List.of("--scale", service + "=" + count)));
    if (noStart) {
      words.add("--no-start");
    } else if (want.waits()) {
      words.add("--wait");
      want.waitTimeout()
          .ifPresent(seconds -> words.addAll(List.of("--wait-timeout", seconds.toString())));
    }
    if (want.assumeYes()) {
      words.add("--yes");
    }
    return ended(want, words, pretend);
  }

  static List<String> stop(DockerComposeV2.Args want) {
    List<String> words = new ArrayList<>(List.of("stop"));
    timeout(want, words);
    return ended(want, words, false);
  }

  static List<String> restart(DockerComposeV2.Args want, boolean pretend) {
    List<String> words = new ArrayList<>(List.of("restart"));
    if (!want.dependencies()) {
      words.add("--no-deps");
    }
    timeout(want, words);
    return ended(want, words, pretend);
  }

  static List<String> down(DockerComposeV2.Args want, boolean pretend) {
    List<String> words = new ArrayList<>(List.of("down"));
    if (want.removeOrphans()) {
      words.add("--remove-orphans");
    }
    want.removeImages().ifPresent(which -> words.addAll(List.of("--rmi", which)));
    if (want.removeVolumes()) {
      words.add("--volumes");
    }
    timeout(want, words);
    return ended(want, words, pretend);
  }

  /**
   * Takes all containers and networks of the project away, whichever services were started; its
   * volumes hold data and stay.
   */
  static List<String> remove(DockerComposeV2.Args want) {
    List<String> words = new ArrayList<>(List.of("down"));
    timeout(want, words);
    words.add("--");
    return words;
  }

  private static void timeout(DockerComposeV2.Args want, List<String> words) {
    want.timeout().ifPresent(seconds -> words.addAll(List.of("--timeout", seconds.toString())));
  }

  private static List<String> ended(
      DockerComposeV2.Args want, List<String> words, boolean pretend) {
    if (pretend) {
      words.add("--dry-run");
    }
    words.add("--");
    words.addAll(want.services());
    return words;
  }
}
