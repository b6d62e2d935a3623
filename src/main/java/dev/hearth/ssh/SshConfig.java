package dev.hearth.ssh;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.ssh.SshConfigReader.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides how a host is reached. What the inventory says comes before the options in it, these
 * before the user's ssh_config, that before the machine's. A setting is honoured or refused with
 * its place; checking of host keys can be made no weaker than {@code accept-new}.
 */
final class SshConfig {

  private static final int ALIVE_SECONDS = 15;

  /** With a question every 15 s an overloaded host has more than two minutes to say anything. */
  private static final int ALIVE_MAX = 8;

  private static final int LAST_PORT = 65535;
  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final SshEnvironment environment;
  private final SshConfigReader reader;
  private final Consumer<Diagnostic> warnings;

  SshConfig(SshEnvironment environment, Consumer<Diagnostic> warnings) {
    this.environment = environment;
    this.reader = new SshConfigReader(environment);
    this.warnings = warnings;
  }

  /** How to reach the host of the inventory. */
  SshSettings of(Target target) {
    SshOptions options = SshOptions.of(target);
    Found found = new Found(target.address());
    Location inventory = Location.startOf(Source.of("inventory", ""));
    target.port().ifPresent(port -> found.add(line("port", port.toString(), inventory)));
    target.user().ifPresent(user -> found.add(line("user", user, inventory)));
    target
        .identityFiles()
        .forEach(file -> found.add(line("identityfile", file.toString(), inventory)));
    options.settings().forEach(found::add);
    reader.read(found, files(options));
    return settings(found, target.knownHosts(), target.connectTimeout());
  }

  /**
   * How to reach a host on the way to another.
   *
   * @param written {@code [user@]host[:port]}
   * @param before the hosts to go through first; they replace what the files say, unless there are
   *     none
   * @param target the host that is wanted; its keys and known hosts serve here too
   */
  SshSettings jump(String written, List<String> before, Target target) {
    Jump jump = Jump.parse(written);
    Found found = new Found(jump.host());
    Location place = Location.startOf(Source.of("ProxyJump", written));
    jump.port().ifPresent(port -> found.add(line("port", port.toString(), place)));
    jump.user().ifPresent(user -> found.add(line("user", user, place)));
    if (!before.isEmpty()) {
      found.add(line("proxyjump", String.join(",", before), place));
    }
    target.identityFiles().forEach(file -> found.add(line("identityfile", file.toString(), place)));
    SshOptions options = SshOptions.of(target);
    options.settings().stream().filter(SshConfig::alsoForJumps).forEach(found::add);
    reader.read(found, files(options));
    return settings(found, target.knownHosts(), target.connectTimeout());
  }

  private static boolean alsoForJumps(SshConfigLine line) {
    return List.of(
            "userknownhostsfile",
            "globalknownhostsfile",
            "identityfile",
            "identitiesonly",
            "identityagent")
        .contains(line.keyword());
  }

  private static SshConfigLine line(String keyword, String value, Location at) {
    return new SshConfigLine(keyword, List.of(value), value, at);
  }

  private List<Path> files(SshOptions options) {
    if (options.configFile().isEmpty()) {
      return List.of(environment.userConfig(), environment.systemConfig());
    }
    String named = options.configFile().get();
    return named.equals("none") ? List.of() : List.of(Tokens.home(named, environment));
  }

  private SshSettings settings(Found found, List<Path> pinned, Duration timeout) {
    String original = found.original();
    String host =
        found
            .line(SshKeyword.HOSTNAME)
            .map(line -> Tokens.expand(line.value(), Map.of('h', original), line.at()))
            .orElse(original);
    int port =
        found
            .line(SshKeyword.PORT)
            .map(line -> number(line, LAST_PORT))
            .orElse(KnownHosts.DEFAULT_PORT);
    String user = found.value(SshKeyword.USER).orElse(environment.user());
    Map<Character, String> tokens = new HashMap<>();
    tokens.put('h', host);
    tokens.put('n', original);
    tokens.put('p', Integer.toString(port));
    tokens.put('r', user);
    Optional<String> proxyCommand =
        found
            .line(SshKeyword.PROXYCOMMAND)
            .filter(line -> !line.rest().equalsIgnoreCase("none"))
            .map(line -> Tokens.expand(unquoted(line.rest()), tokens, line.at()));
    tokens.put('u', environment.user());
    tokens.put('d', environment.home().toString());
    tokens.put('k', found.value(SshKeyword.HOSTKEYALIAS).orElse(original));
    checkName(host, user, found);
    found
        .line(SshKeyword.FORWARDAGENT)
        .filter(line -> !line.value().equalsIgnoreCase("no"))
        .ifPresent(this::warnOfForwarding);
    return new SshSettings(
        host,
        port,
        user,
        identities(found, tokens),
        found.line(SshKeyword.IDENTITIESONLY).map(SshConfig::yes).orElse(false),
        agent(found, tokens),
        pinned.isEmpty() ? knownHosts(found, tokens) : pinned,
        found.value(SshKeyword.HOSTKEYALIAS),
        acceptNew(found),
        jumps(found),
        jumps(found).isEmpty() ? proxyCommand : Optional.empty(),
        found.line(SshKeyword.CONNECTTIMEOUT).map(line -> seconds(line)).orElse(timeout),
        alive(found),
        found
            .line(SshKeyword.SERVERALIVECOUNTMAX)
            .map(line -> number(line, LAST_PORT))
            .orElse(ALIVE_MAX));
  }

  private void warnOfForwarding(SshConfigLine line) {
    warnings.accept(
        Diagnostic.warning(line.at(), "the SSH agent is not forwarded")
            .because("whoever is root on the host could use your keys as long as you are connected")
            .next("give the host a key of its own where its tasks need one, such as a deploy key"));
  }

  private static String unquoted(String rest) {
    boolean quoted = rest.length() > 1 && rest.startsWith("\"") && rest.endsWith("\"");
    return quoted ? rest.substring(1, rest.length() - 1) : rest;
  }

  /** Nothing that a shell or {@code ssh} itself could take for an option gets to a ProxyCommand. */
  private static void checkName(String host, String user, Found found) {
    if (host.startsWith("-") || !host.matches("[A-Za-z0-9._:%\\[\\]-]+")) {
      throw Diagnostic.error(
              ExitCode.INVALID, "'" + host + "' cannot be the name or address of a host")
          .next("correct ansible_host or HostName for " + found.original())
          .failure();
    }
    if (user.isEmpty() || user.startsWith("-") || user.matches("(?s).*['`\";&<>|(){}\\s\\\\$].*")) {
      throw Diagnostic.error(ExitCode.INVALID, "'" + user + "' cannot be the name of a user")
          .next("correct ansible_user or User for " + found.original())
          .failure();
    }
  }

  private List<Path> identities(Found found, Map<Character, String> tokens) {
    List<SshConfigLine> lines = found.lines(SshKeyword.IDENTITYFILE);
    if (lines.isEmpty()) {
      return DEFAULT_KEYS.stream()
          .map(name -> environment.home().resolve(".ssh").resolve(name))
          .toList();
    }
    return lines.stream()
        .filter(line -> !line.value().equals("none"))
        .map(line -> path(line, line.value(), tokens))
        .distinct()
        .toList();
  }

  private Path path(SshConfigLine line, String value, Map<Character, String> tokens) {
    return environment
        .home()
        .resolve(Tokens.home(Tokens.expand(value, tokens, line.at()), environment));
  }

  private Optional<Path> agent(Found found, Map<Character, String> tokens) {
    Optional<SshConfigLine> line = found.line(SshKeyword.IDENTITYAGENT);
    String value = line.map(SshConfigLine::value).orElse("SSH_AUTH_SOCK");
    if (value.equals("none")) {
      return Optional.empty();
    }
    if (value.equals("SSH_AUTH_SOCK")) {
      return Optional.ofNullable(environment.variables().get("SSH_AUTH_SOCK"))
          .filter(path -> !path.isEmpty())
          .map(Path::of);
    }
    return line.map(setting -> path(setting, value, tokens));
  }

  private List<Path> knownHosts(Found found, Map<Character, String> tokens) {
    List<Path> user =
        paths(found.line(SshKeyword.USERKNOWNHOSTSFILE).filter(this::keeps), tokens)
            .orElse(KnownHosts.ofUser(environment.home()));
    List<Path> global =
        paths(found.line(SshKeyword.GLOBALKNOWNHOSTSFILE), tokens)
            .orElse(
                List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2")));
    return Stream.concat(user.stream(), global.stream()).toList();
  }

  /**
   * Whether the setting names a file; one that forgets every key would make all hosts strangers.
   */
  private boolean keeps(SshConfigLine line) {
    if (!line.words().stream().allMatch("/dev/null"::equals)) {
      return true;
    }
    warnings.accept(
        Diagnostic.warning(
                line.at(), "UserKnownHostsFile /dev/null is not honoured: host keys are kept")
            .because("a host whose key is forgotten cannot be told from somebody else")
            .next("name a file of its own for hosts that are always new, or remove the option"));
    return false;
  }

  private Optional<List<Path>> paths(Optional<SshConfigLine> line, Map<Character, String> tokens) {
    return line.map(
        setting ->
            setting.words().stream()
                .filter(word -> !word.equals("none"))
                .map(word -> path(setting, word, tokens))
                .toList());
  }

  private boolean acceptNew(Found found) {
    Optional<SshConfigLine> line = found.line(SshKeyword.STRICTHOSTKEYCHECKING);
    if (line.isEmpty()) {
      return false;
    }
    return switch (line.get().value().toLowerCase(Locale.ROOT)) {
      case "accept-new" -> true;
      case "yes", "true", "ask" -> false;
      default -> {
        warnings.accept(
            Diagnostic.warning(
                    line.get().at(),
                    "StrictHostKeyChecking "
                        + line.get().value()
                        + " is not honoured: host keys are always checked")
                .next(
                    "pin the key with 'hearth trust "
                        + found.original()
                        + "', or use accept-new for hosts that are always new"));
        yield false;
      }
    };
  }

  private static List<String> jumps(Found found) {
    return found
        .value(SshKeyword.PROXYJUMP)
        .filter(value -> !value.equalsIgnoreCase("none"))
        .map(value -> Stream.of(value.split(",")).map(String::strip).toList())
        .orElse(List.of());
  }

  private static Duration alive(Found found) {
    int seconds =
        found.line(SshKeyword.SERVERALIVEINTERVAL).map(line -> number(line, LAST_PORT)).orElse(0);
    return Duration.ofSeconds(seconds == 0 ? ALIVE_SECONDS : seconds);
  }

  private static Duration seconds(SshConfigLine line) {
    return Duration.ofSeconds(Math.max(1, number(line, LAST_PORT)));
  }

  private static boolean yes(SshConfigLine line) {
    return switch (line.value().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default ->
          throw Diagnostic.error(line.at(), "'" + line.value() + "' is neither yes nor no")
              .failure();
    };
  }

  private static int number(SshConfigLine line, int most) {
    String text = line.value();
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) {
      throw Diagnostic.error(
              line.at(),
              "'" + text + "' is not a number from 0 to " + most + " for " + line.keyword())
          .failure();
    }
    return Integer.parseInt(text);
  }

  /** A host of ProxyJump. */
  private record Jump(Optional<String> user, String host, Optional<Integer> port) {

    static Jump parse(String written) {
      String text = written.startsWith("ssh://") ? written.substring("ssh://".length()) : written;
      int at = text.lastIndexOf('@');
      Optional<String> user = at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
      String rest = text.substring(at + 1);
      boolean bracketed = rest.startsWith("[");
      int colon =
          bracketed
              ? rest.indexOf("]:") + 1
              : rest.indexOf(':') == rest.lastIndexOf(':') ? rest.indexOf(':') : -1;
      String host = colon > 0 ? rest.substring(0, colon) : rest;
      String port = colon > 0 ? rest.substring(colon + 1) : "";
      if (host.isEmpty() || !(port.isEmpty() || port.matches("\\d{1,5}"))) {
        throw Diagnostic.error(ExitCode.INVALID, "'" + written + "' is not a host to jump through")
            .next("write [user@]host[:port]")
            .failure();
      }
      String name = bracketed ? host.substring(1, host.length() - 1) : host;
      return new Jump(
          user, name, port.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(port)));
    }
  }
}
