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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code ansible.posix.selinux}: whether SELinux guards the host, now and after a restart. */
public final class Selinux implements Module<Selinux.Args> {

  private static final String NOW =
      """
      PATH=$PATH:/usr/sbin:/sbin
      if ! [ -d /sys/fs/selinux ] || ! command -v getenforce >/dev/null; then
        echo disabled
      else
        getenforce | tr 'A-Z' 'a-z'
      fi
      """;

  private static final String ENFORCE = "PATH=$PATH:/usr/sbin:/sbin\nexec setenforce \"$1\"\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "What SELinux does.",
              choices = {"disabled", "enforcing", "permissive"})
          String state,
      @Arg(doc = "The policy, such as `targeted`; needed unless it is disabled.")
          Optional<String> policy,
      @Arg(
              doc = "The file with its settings.",
              aliases = {"conf", "file"},
              defaultsTo = "/etc/selinux/config")
          String configfile,
      @Arg(
              doc =
                  "Also tell the boot loader; refused, for a wrong line there keeps the host from"
                      + " starting: call grubby in a command task.",
              defaultsTo = "false")
          boolean updateKernelParam) {}

  /** What SELinux does now. */
  record Mode() implements Fact<String> {
    @Override
    public String key() {
      return "selinux";
    }

    @Override
    public Script probe() {
      return Script.of(NOW);
    }

    @Override
    public String parse(Outcome.Exited answer) {
      return answer.out().strip();
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.posix.selinux",
        Args.class,
        "Says whether SELinux guards the host, now and after a restart.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Mode(), new TextFileFact(want.configfile()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.updateKernelParam()) {
      throw new Refusal("update_kernel_param is not supported; use grubby in a command task");
    }
    if (want.policy().isEmpty() && !want.state().equals("disabled")) {
      throw new Refusal("Policy is required if state is not 'disabled'");
    }
    TextFile file = host.get(new TextFileFact(want.configfile()));
    if (!file.exists()) {
      throw new Refusal(
          "Unable to find file " + want.configfile() + ": SELinux is not installed on this host");
    }
    String now = host.get(new Mode());
    String text = set(file.content(), "SELINUX", want.state());
    if (want.policy().isPresent()) {
      text = set(text, "SELINUXTYPE", want.policy().get());
    }
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    boolean reboot = false;
    if (!now.equals(want.state())) {
      if (now.equals("disabled")) {
        reboot = true;
      } else {
        boolean enforce = want.state().equals("enforcing");
        reboot = want.state().equals("disabled");
        if (!reboot || now.equals("enforcing")) {
          steps.add(
              Step.change(
                  "make SELinux " + (enforce ? "enforcing" : "permissive"),
                  Script.of(ENFORCE, enforce ? "1" : "0"),
                  new Undo.Run(
                      "make SELinux " + now,
                      Script.of(ENFORCE, now.equals("enforcing") ? "1" : "0"))));
          diffs.add(
              new Diff.Properties(
                  Map.of("mode", Value.text(now)),
                  Map.of("mode", Value.text(enforce ? "enforcing" : "permissive"))));
        }
      }
    }
    if (!text.equals(file.content())) {
      steps.add(file.replace(Value.text(text), "0644"));
      diffs.add(file.diff(Value.text(text)));
    }
    Result result =
        Result.ok()
            .with("configfile", want.configfile())
            .with("policy", want.policy().orElse(""))
            .with("state", want.state())
            .with("reboot_required", reboot)
            .with("msg", "");
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(steps, diffs, result.changed(true));
  }

  private static String set(String text, String name, String value) {
    Pattern line = Pattern.compile("(?m)^" + name + "=.*$");
    return line.matcher(text).find()
        ? line.matcher(text).replaceAll(name + "=" + value)
        : text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + name + "=" + value + "\n";
  }
}
