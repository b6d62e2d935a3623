package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.BecomeRefused;
import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.module.CommandLine;
import dev.hearth.playbook.Keyword;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to get into a host and as whom, from options, keywords and variables: variables beat
 * keywords, and keywords beat options, as in Ansible.
 */
final class Access {

  private static final List<String> METHODS = List.of("sudo", "su", "doas");

  private final RunOptions.ConnectionOptions options;
  private final Keywords keywords;
  private final Templar templar;
  private final Scope scope;

  /**
   * @param keywords of the task
   * @param scope variables of the host that does the work, which with delegation is not the task's
   *     own
   */
  Access(RunOptions.ConnectionOptions options, Keywords keywords, Templar templar, Scope scope) {
    this.options = options;
    this.keywords = keywords;
    this.templar = templar;
    this.scope = scope;
  }

  Target target(String host) {
    String kind =
        variable("ansible_connection")
            .or(() -> keywords.text(Keyword.CONNECTION))
            .orElse(options.type());
    Target.Kind way = kind(kind, host);
    if (way == Target.Kind.LOCAL) {
      // What is said of SSH is not evaluated: it may need variables that this machine has not.
      return local(host);
    }
    return new Target(
        host,
        way,
        variable("ansible_host").or(() -> variable("ansible_ssh_host")).orElse(host),
        variable("ansible_port")
            .or(() -> variable("ansible_ssh_port"))
            .or(() -> keywords.text(Keyword.PORT))
            .map(port -> port(port, host)),
        variable("ansible_user")
            .or(() -> variable("ansible_ssh_user"))
            .or(() -> keywords.text(Keyword.REMOTE_USER))
            .or(options::user),
        secret("ansible_password")
            .or(() -> secret("ansible_ssh_pass"))
            .or(() -> secret("ansible_ssh_password"))
            .or(options::password),
        variable("ansible_ssh_private_key_file")
            .or(() -> variable("ansible_private_key_file"))
            .map(this::path)
            .or(options::privateKey)
            .map(List::of)
            .orElse(List.of()),
        List.of(),
        sshArgs(),
        variable("ansible_timeout")
            .or(() -> variable("ansible_ssh_timeout"))
            .map(seconds -> Keywords.duration(number(seconds)))
            .orElse(options.timeout()));
  }

  private Target local(String host) {
    return new Target(
        host,
        Target.Kind.LOCAL,
        host,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        options.timeout());
  }

  Become become() {
    boolean wanted =
        find("ansible_become")
            .map(value -> Keywords.bool(value, Magic.place()))
            .orElseGet(() -> keywords.is(Keyword.BECOME, options.become()));
    if (!wanted) {
      return Become.NOBODY_ELSE;
    }
    String method =
        method(
            variable("ansible_become_method")
                .or(() -> keywords.text(Keyword.BECOME_METHOD))
                .orElse(options.becomeMethod()));
    // As in Ansible, the variable that names the method beats the one for all methods.
    String own = "ansible_" + method;
    return new Become.Other(
        variable(own + "_user")
            .or(() -> variable("ansible_become_user"))
            .or(() -> keywords.text(Keyword.BECOME_USER))
            .or(options::becomeUser)
            .orElse("root"),
        method,
        variable(own + "_exe")
            .or(() -> variable("ansible_become_exe"))
            .or(() -> keywords.text(Keyword.BECOME_EXE)),
        variable(own + "_flags")
            .or(() -> variable("ansible_become_flags"))
            .or(() -> keywords.text(Keyword.BECOME_FLAGS)),
        secret(own + "_pass")
            .or(() -> secret("ansible_become_pass"))
            .or(() -> secret("ansible_become_password"))
            .or(options::becomePassword),
        method.equals("sudo") ? variable("ansible_sudo_chdir") : Optional.empty());
  }

  /** The method by its short name; Ansible knows them by their collection's name as well. */
  private String method(String written) {
    String name = written.replaceFirst("^(ansible\\.(builtin|legacy)|community\\.general)\\.", "");
    if (METHODS.contains(name)) {
      return name;
    }
    throw new BecomeRefused(
        Diagnostic.error(
                keywords.place(Keyword.BECOME_METHOD).orElse(Magic.place()),
                "become_method '" + written + "' is not supported")
            .because("supported are sudo, su and doas, which work without a terminal")
            .next(Nearest.hint(name, METHODS, "use become_method: sudo"))
            .exit(ExitCode.BECOME));
  }

  private List<String> sshArgs() {
    List<String> words = new ArrayList<>();
    for (String name :
        List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args")) {
      variable(name).ifPresent(text -> words.addAll(CommandLine.split(text)));
    }
    words.addAll(options.sshArgs());
    return words;
  }

  private Target.Kind kind(String name, String host) {
    return switch (name) {
      case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" -> Target.Kind.SSH;
      case "local", "ansible.builtin.local" -> Target.Kind.LOCAL;
      default ->
          throw new TemplateFailure(
              Diagnostic.error(
                      Magic.place(),
                      "host "
                          + host
                          + " wants the connection '"
                          + name
                          + "', which Hearth does not have")
                  .next("use ssh or local"));
    };
  }

  private static int port(String text, String host) {
    double number = number(text);
    if (number < 1 || number > 65_535) {
      throw new TemplateFailure(
          Diagnostic.error(Magic.place(), "the port of host " + host + " is '" + text + "'")
              .next("set ansible_port to a number from 1 to 65535"));
    }
    return (int) number;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new TemplateFailure(
          Diagnostic.error(
              Magic.place(), "a connection variable must be a number, not '" + text + "'"));
    }
  }

  private Path path(String text) {
    return Path.of(templar.expanded(text));
  }

  private Optional<String> variable(String name) {
    return find(name).map(Keywords::text).filter(text -> !text.isEmpty());
  }

  private Optional<Value.Secret> secret(String name) {
    return find(name).map(value -> new Value.Secret(Keywords.text(value)));
  }

  private Optional<Value> find(String name) {
    @Nullable Value raw = scope.find(name);
    return Optional.ofNullable(raw)
        .map(value -> templar.resolve(value, scope))
        .filter(value -> !(value instanceof Value.Null) && !(value instanceof Value.Omit));
  }
}
