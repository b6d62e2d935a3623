package dev.hearth.ssh;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of {@code ansible_ssh_common_args} and its like, understood as {@code ssh} understands
 * them.
 *
 * @param settings as if they stood in front of all files
 * @param configFile what {@code -F} names; {@code none} for no file at all
 */
record SshOptions(List<SshConfigLine> settings, Optional<String> configFile) {

  /** Options that are about things Hearth does not do. */
  private static final Set<Character> FLAGS =
      Set.of('4', '6', 'a', 'C', 'g', 'K', 'k', 'n', 'q', 'T', 't', 'v', 'X', 'x', 'Y', 'y');

  private static final Map<Character, String> KEYWORDS =
      Map.of('i', "identityfile", 'p', "port", 'l', "user", 'J', "proxyjump");

  /** Keeps its own copy. */
  SshOptions {
    settings = List.copyOf(settings);
  }

  /**
   * Understands the options of a host.
   *
   * @throws dev.hearth.diag.HearthException for an option that is not known
   */
  static SshOptions of(Target target) {
    List<SshConfigLine> settings = new ArrayList<>();
    Optional<String> configFile = Optional.empty();
    List<String> words = target.sshOptions();
    Source source = Source.of("the SSH options of " + target.name(), String.join("\n", words));
    for (int i = 0; i < words.size(); i++) {
      Location at = new Location(source, i + 1, 1);
      String word = words.get(i);
      if (word.length() < 2 || word.charAt(0) != '-') {
        throw refused(at, word);
      }
      char letter = word.charAt(1);
      if (word.equals("-A")) {
        settings.add(new SshConfigLine("forwardagent", List.of("yes"), "yes", at));
        continue;
      }
      if (word.chars().skip(1).allMatch(c -> FLAGS.contains((char) c))) {
        continue;
      }
      boolean apart = word.length() == 2;
      if (apart && ++i == words.size()) {
        throw Diagnostic.error(at, "the SSH option '" + word + "' has no value").failure();
      }
      String value = apart ? words.get(i) : word.substring(2);
      String keyword = KEYWORDS.get(letter);
      if (keyword != null) {
        settings.add(new SshConfigLine(keyword, List.of(value), value, at));
      } else if (letter == 'o') {
        SshConfigLine.parse(value, at).ifPresent(settings::add);
      } else if (letter == 'F') {
        configFile = Optional.of(value);
      } else {
        throw refused(at, word);
      }
    }
    return new SshOptions(settings, configFile);
  }

  private static RuntimeException refused(Location at, String word) {
    return Diagnostic.error(at, "the SSH option '" + word + "' is not supported")
        .because("it stands in ansible_ssh_common_args, ansible_ssh_extra_args or ansible_ssh_args")
        .next("use -o Name=value, -i, -p, -l, -J or -F")
        .exit(ExitCode.INVALID)
        .failure();
  }
}
