package dev.hearth.module.system;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code useradd}, {@code usermod} and {@code chage}. */
record ShadowTools(User.Args want, AccountFact.Answer answer) implements AccountTools {

  @Override
  public List<Step> create() {
    List<String> words = new ArrayList<>();
    want.uid().ifPresent(uid -> words.addAll(List.of("-u", uid.toString())));
    if (want.nonUnique()) {
      words.add("-o");
    }
    if (want.group().isPresent()) {
      words.addAll(List.of("-g", want.group().get()));
    } else if (answer.ownGroup()) {
      words.add("-N");
    }
    User.groups(want)
        .filter(groups -> !groups.isEmpty())
        .ifPresent(groups -> words.addAll(List.of("-G", String.join(",", groups))));
    want.comment().ifPresent(comment -> words.addAll(List.of("-c", comment)));
    want.home().ifPresent(home -> words.addAll(List.of("-d", home)));
    User.expiryDay(want).ifPresent(day -> words.addAll(List.of("-e", date(day))));
    want.shell().ifPresent(shell -> words.addAll(List.of("-s", shell)));
    if (want.createHome()) {
      words.add("-m");
      want.skeleton().ifPresent(skeleton -> words.addAll(List.of("-k", skeleton)));
      want.umask().ifPresent(umask -> words.addAll(List.of("-K", "UMASK=" + umask)));
    } else {
      words.add("-M");
    }
    if (want.system()) {
      words.add("-r");
    }
    want.seuser().ifPresent(seuser -> words.addAll(List.of("-Z", seuser)));
    want.uidMin().ifPresent(least -> words.addAll(List.of("-K", "UID_MIN=" + least)));
    want.uidMax().ifPresent(most -> words.addAll(List.of("-K", "UID_MAX=" + most)));
    return List.of(
        run(
            "make the user " + want.name(),
            "useradd",
            words,
            new Undo.Run(
                "remove the user " + want.name(),
                Script.of(
                    want.createHome() && !answer.homeExists()
                        ? "exec userdel -r -- \"$1\" 2>/dev/null\n"
                        : "exec userdel -- \"$1\"\n",
                    want.name()))));
  }

  @Override
  public List<Step> change(String what, Map<AccountSetting, String> settings, Undo undo) {
    List<String> words = new ArrayList<>();
    boolean ages = false;
    for (Map.Entry<AccountSetting, String> setting : settings.entrySet()) {
      ages |= setting.getKey().ages();
      words.add(setting.getKey().option());
      if (!setting.getKey().bare()) {
        String value = setting.getValue();
        boolean day = setting.getKey() == AccountSetting.EXPIRES && !value.isEmpty();
        words.add(day ? date(Long.parseLong(value)) : value);
      }
    }
    return List.of(run(what, ages ? "chage" : "usermod", words, undo));
  }

  private static String date(long day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  private Step run(String what, String program, List<String> words, Undo undo) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(words);
    all.addAll(List.of("--", want.name()));
    return Step.change(
        what,
        Script.of("exec \"$@\"\n", all.toArray(String[]::new)),
        undo.and(SystemWatches.user(want.name())));
  }
}
