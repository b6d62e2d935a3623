package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.ssh_config}: a host's section in the settings of the SSH client. */
public final class SshConfig implements Module<SshConfig.Args> {

  /** The parameters. */
  @Exclusive({"ssh_config_file", "user"})
  public record Args(
      @Arg(doc = "The host's name in the settings.") String host,
      @Arg(
              doc = "Whether there is such a section.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Whose settings; all users' otherwise.") Optional<String> user,
      @Arg(doc = "The group of the file; means nothing for one that is there.")
          Optional<String> group,
      @Arg(doc = "Another file.") Optional<String> sshConfigFile,
      @Arg(doc = "Where it is reached.") Optional<String> hostname,
      @Arg(doc = "Its port.") Optional<String> port,
      @Arg(doc = "As whom.") Optional<String> remoteUser,
      @Arg(doc = "The key.") Optional<String> identityFile,
      @Arg(doc = "Only that key.") Optional<Boolean> identitiesOnly,
      @Arg(doc = "The file of known hosts.") Optional<String> userKnownHostsFile,
      @Arg(
              doc = "How host keys are checked.",
              choices = {"accept-new", "ask", "no", "yes"})
          Optional<String> strictHostKeyChecking,
      @Arg(doc = "A command that makes the connection.") Optional<String> proxycommand,
      @Arg(doc = "A host on the way.") Optional<String> proxyjump,
      @Arg(doc = "Lend the agent.") Optional<Boolean> forwardAgent,
      @Arg(doc = "Give keys to the agent.") Optional<Boolean> addKeysToAgent,
      @Arg(doc = "Kinds of host keys.") Optional<String> hostKeyAlgorithms,
      @Arg(
              doc = "Share connections.",
              choices = {"ask", "auto", "autoask", "no", "yes"})
          Optional<String> controlmaster,
      @Arg(doc = "The socket of shared ones.") Optional<String> controlpath,
      @Arg(doc = "How long they stay.") Optional<String> controlpersist,
      @Arg(doc = "A proxy port.") Optional<String> dynamicforward,
      @Arg(doc = "Other settings by their names.") Map<String, Value> otherOptions) {

    Map<String, String> options() {
      Map<String, String> options = new LinkedHashMap<>();
      hostname.ifPresent(it -> options.put("HostName", it));
      port.ifPresent(it -> options.put("Port", it));
      identityFile.ifPresent(it -> options.put("IdentityFile", it));
      identitiesOnly.ifPresent(it -> options.put("IdentitiesOnly", it ? "yes" : "no"));
      remoteUser.ifPresent(it -> options.put("User", it));
      strictHostKeyChecking.ifPresent(it -> options.put("StrictHostKeyChecking", it));
      userKnownHostsFile.ifPresent(it -> options.put("UserKnownHostsFile", it));
      proxycommand.ifPresent(it -> options.put("ProxyCommand", it));
      proxyjump.ifPresent(it -> options.put("ProxyJump", it));
      forwardAgent.ifPresent(it -> options.put("ForwardAgent", it ? "yes" : "no"));
      addKeysToAgent.ifPresent(it -> options.put("AddKeysToAgent", it ? "yes" : "no"));
      hostKeyAlgorithms.ifPresent(it -> options.put("HostKeyAlgorithms", it));
      controlmaster.ifPresent(it -> options.put("ControlMaster", it));
      controlpath.ifPresent(it -> options.put("ControlPath", it));
      controlpersist.ifPresent(it -> options.put("ControlPersist", it));
      dynamicforward.ifPresent(it -> options.put("DynamicForward", it));
      otherOptions.forEach(
          (key, value) -> {
            if (!(value instanceof Value.Textual text)) {
              throw new Refusal(
                  "The other_options value provided for key " + key + " must be a string");
            }
            options.put(key, text.reveal());
          });
      return options;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.ssh_config",
        Args.class,
        "Sets and removes a host's section in the settings of the SSH client.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return path(want)
        .needs()
        .<List<Fact<?>>>map(home -> List.of(home))
        .orElseGet(() -> List.of(new TextFileFact(path(want).text())));
  }

  private static HostPath path(Args want) {
    return new HostPath(
        want.sshConfigFile()
            .or(() -> want.user().map(user -> "~" + user + "/.ssh/config"))
            .orElse("/etc/ssh/ssh_config"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = path(want).on(host);
    TextFile file = host.get(new TextFileFact(path));
    List<String> lines = new ArrayList<>(file.lines());
    int begin = -1;
    int end = lines.size();
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).strip().split("[\\s=]+", 2);
      boolean section = words[0].equalsIgnoreCase("host") || words[0].equalsIgnoreCase("match");
      if (section && begin >= 0) {
        end = i;
        break;
      }
      if (section
          && words.length > 1
          && words[0].equalsIgnoreCase("host")
          && words[1].strip().equals(want.host())) {
        begin = i;
      }
    }
    boolean there = begin >= 0;
    List<String> hosts = List.of(want.host());
    Result result = Result.ok();
    if (want.state().equals("absent")) {
      if (!there) {
        return Verdict.satisfied(changes(result, List.of(), List.of(), List.of()));
      }
      lines.subList(begin, end).clear();
      return write(file, path, lines, changes(result, List.of(), List.of(), hosts));
    }
    Map<String, String> open = new LinkedHashMap<>(want.options());
    List<String> section =
        new ArrayList<>(there ? lines.subList(begin, end) : List.of("Host " + want.host()));
    for (int i = 1; i < section.size(); i++) {
      String[] words = section.get(i).strip().split("[\\s=]+", 2);
      for (String key : List.copyOf(open.keySet())) {
        if (words[0].equalsIgnoreCase(key)) {
          String value = open.remove(key);
          if (words.length < 2 || !words[1].strip().equals(value)) {
            section.set(i, "  " + key + " " + value);
          }
        }
      }
    }
    int last = section.size();
    while (last > 1 && section.get(last - 1).isBlank()) {
      last--;
    }
    for (Map.Entry<String, String> option : open.entrySet()) {
      section.add(last++, "  " + option.getKey() + " " + option.getValue());
    }
    if (there && section.equals(lines.subList(begin, end))) {
      return Verdict.satisfied(changes(result, List.of(), List.of(), List.of()));
    }
    if (!there) {
      lines.addAll(section);
      return write(file, path, lines, changes(result, hosts, List.of(), List.of()));
    }
    Value difference = difference(want, lines.subList(begin, end));
    lines.subList(begin, end).clear();
    lines.addAll(begin, section);
    return write(
        file,
        path,
        lines,
        changes(result, List.of(), hosts, List.of())
            .with("hosts_change_diff", Value.Seq.of(difference)));
  }

  /** What was set in the section and what the task wants, with names in small letters. */
  private static Value difference(Args want, List<String> section) {
    Map<String, Value> before = new LinkedHashMap<>();
    for (String line : section.subList(1, section.size())) {
      String[] words = line.strip().split("[\\s=]+", 2);
      if (words.length > 1 && !words[0].startsWith("#")) {
        before.put(words[0].toLowerCase(Locale.ROOT), Value.text(words[1].strip()));
      }
    }
    Map<String, Value> after = new LinkedHashMap<>();
    want.options()
        .forEach((key, value) -> after.put(key.toLowerCase(Locale.ROOT), Value.text(value)));
    Map<String, Value> both = new LinkedHashMap<>();
    both.put("new", Value.Dict.ofTexts(after));
    both.put("old", Value.Dict.ofTexts(before));
    return Value.Dict.ofTexts(Map.of(want.host(), Value.Dict.ofTexts(both)));
  }

  private static Verdict write(TextFile file, String path, List<String> lines, Result result) {
    Value.Text text = Value.text(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    List<Step> steps = new ArrayList<>();
    if (!file.exists()) {
      String directory = HostPath.directory(path);
      steps.add(
          Step.change(
              "make directory " + directory,
              Script.of("mkdir -p -m 0700 -- \"$1\"\n", directory),
              Undo.restore(directory)));
    }
    steps.add(file.replace(text, "0600"));
    return Verdict.changes(steps, List.of(file.diff(text)), result.changed(true));
  }

  private static Result changes(
      Result result, List<String> added, List<String> changed, List<String> removed) {
    return result
        .with("hosts_added", texts(added))
        .with("hosts_changed", texts(changed))
        .with("hosts_removed", texts(removed))
        .with("hosts_change_diff", new Value.Seq(List.of()));
  }

  private static Value texts(List<String> names) {
    return new Value.Seq(names.stream().<Value>map(name -> Value.text(name)).toList());
  }
}
