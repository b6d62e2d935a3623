package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host's name, now and after a reboot. With a running systemd that answers by {@code
 * hostnamectl}, the pretty name included, otherwise by {@code /etc/hostname} and the kernel. {@code
 * /etc/hosts} is left alone, as ansible-core leaves it.
 */
public final class Hostname implements Module<Hostname.Args> {

  private static final String FILE = "/etc/hostname";
  private static final String PRETTY = "/etc/machine-info";

  /** Without an option systemd takes the pretty name away when it is no other. */
  private static final String NAME =
      """
      hostnamectl set-hostname -- "$1" && hostnamectl set-hostname --pretty -- "$1"
      """;

  private static final String SET_NOW =
      """
      if command -v hostname >/dev/null; then exec hostname "$1"; fi
      printf '%s\\n' "$1" >/proc/sys/kernel/hostname
      """;

  /** The arguments of {@code hostname}. */
  public record Args(
      @Arg(doc = "The name.") String name,
      @Arg(
              doc = "The way to set it; found out when it is not given.",
              choices = {"alpine", "debian", "generic", "redhat", "sles", "systemd", "openrc"})
          Optional<String> use) {}

  /** The name in force and whether hostnamectl works here. */
  record Current() implements Fact<Current.Answer> {

    record Answer(String name, boolean systemd) {}

    @Override
    public String key() {
      return "hostname";
    }

    @Override
    public Script probe() {
      return Script.of(
          """
          cat /proc/sys/kernel/hostname
          if [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null \\
            && hostnamectl --static >/dev/null 2>&1; then
            echo systemd
          fi
          """);
    }

    @Override
    public Answer parse(Outcome.Exited answer) {
      List<String> lines = answer.out().lines().toList();
      return new Answer(lines.isEmpty() ? "" : lines.getFirst(), lines.contains("systemd"));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.hostname", Args.class, "Sets the host's name, now and after a reboot.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Current(), new TextFileFact(FILE));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String name = want.name();
    if (name.isEmpty() || name.length() > 253 || name.contains("\n")) {
      throw new Refusal("'" + name + "' cannot be a host's name");
    }
    if (want.use().filter(use -> use.equals("redhat") || use.equals("sles")).isPresent()) {
      throw new Refusal("use: " + want.use().get() + " is not supported; leave it out");
    }
    Current.Answer current = host.get(new Current());
    TextFile file = host.get(new TextFileFact(FILE));
    String permanent = file.content().strip();
    // On a Debian with systemd Ansible's way for debian is systemd's.
    boolean systemd =
        want.use()
            .map(use -> use.equals("systemd") || use.equals("debian") && current.systemd())
            .orElse(current.systemd());
    Result result = Result.ok().with("name", name).with("ansible_facts", facts(name));
    List<Step> steps = new ArrayList<>();
    if (systemd && !(permanent.equals(name) && current.name().equals(name))) {
      steps.add(
          Step.change(
              "name the host " + name,
              Script.of(NAME, name),
              new Undo.Several(
                  List.of(
                      Undo.restore(FILE, PRETTY),
                      new Undo.Run(
                          "name the host " + current.name(), Script.of(SET_NOW, current.name())),
                      SystemWatches.hostname()))));
    } else {
      if (!current.name().equals(name)) {
        steps.add(
            Step.change(
                "name the host " + name,
                Script.of(SET_NOW, name),
                new Undo.Run("name the host " + current.name(), Script.of(SET_NOW, current.name()))
                    .and(SystemWatches.hostname())));
      }
      if (!permanent.equals(name)) {
        steps.add(file.replace(Value.text(name + "\n"), "0644"));
      }
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    String before = "hostname = " + (permanent.equals(name) ? current.name() : permanent) + "\n";
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Texts(
                "hostname",
                Value.text(before),
                "hostname",
                Value.text("hostname = " + name + "\n"))),
        result.changed(true));
  }

  private static Value facts(String name) {
    int dot = name.indexOf('.');
    Map<String, Value> facts = new LinkedHashMap<>();
    facts.put("ansible_hostname", Value.text(dot < 0 ? name : name.substring(0, dot)));
    facts.put("ansible_nodename", Value.text(name));
    facts.put("ansible_fqdn", Value.text(name));
    facts.put("ansible_domain", Value.text(dot < 0 ? "" : name.substring(dot + 1)));
    return Value.Dict.ofTexts(facts);
  }
}
