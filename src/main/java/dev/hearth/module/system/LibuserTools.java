package dev.hearth.module.system;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code luseradd}, {@code lusermod} and {@code lgroupmod} of libuser, which look at the host's own
 * files and ask no directory service. How a password ages is set by {@code chage}, which only knows
 * those files too.
 */
record LibuserTools(User.Args want, AccountFact.Answer answer) implements AccountTools {

  @Override
  public List<Step> create() {
    List<String> words = new ArrayList<>(List.of("luseradd"));
    want.uid().ifPresent(uid -> words.addAll(List.of("-u", uid.toString())));
    if (want.group().isPresent()) {
      words.addAll(List.of("-g", want.group().get()));
    } else if (answer.ownGroup()) {
      words.add("-n");
    }
    want.comment().ifPresent(comment -> words.addAll(List.of("-c", comment)));
    want.home().ifPresent(home -> words.addAll(List.of("-d", home)));
    want.shell().ifPresent(shell -> words.addAll(List.of("-s", shell)));
    if (!want.createHome()) {
      words.add("-M");
    }
    want.skeleton().ifPresent(skeleton -> words.addAll(List.of("-k", skeleton)));
    if (want.system()) {
      words.add("-r");
    }
    words.add(want.name());
    boolean newHome = want.createHome() && !answer.homeExists();
    Undo undo =
        new Undo.Run(
            "remove the user " + want.name(),
            Script.of(
                newHome ? "exec luserdel -r \"$1\"\n" : "exec luserdel \"$1\"\n", want.name()));
    List<Step> steps = new ArrayList<>();
    steps.add(run("make the user " + want.name(), words, undo));
    Map<AccountSetting, String> later = new LinkedHashMap<>();
    User.expiryDay(want).ifPresent(day -> later.put(AccountSetting.EXPIRES, day.toString()));
    User.groups(want)
        .filter(groups -> !groups.isEmpty())
        .ifPresent(groups -> later.put(AccountSetting.GROUPS, String.join(",", groups)));
    steps.addAll(change("change the user " + want.name(), later, AccountPlan.ACCOUNTS));
    return steps;
  }

  @Override
  public List<Step> change(String what, Map<AccountSetting, String> settings, Undo undo) {
    List<String> account = new ArrayList<>();
    List<String> age = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    settings.forEach(
        (setting, value) -> {
          switch (setting) {
            case GROUPS, APPEND, NON_UNIQUE -> {}
            case EXPIRES -> age.addAll(List.of("-E", value.isEmpty() ? "-1" : value));
            default -> {
              List<String> words = setting.ages() ? age : account;
              words.add(setting.option());
              if (!setting.bare()) {
                words.add(value);
              }
            }
          }
        });
    if (!account.isEmpty()) {
      steps.add(run(what, words("lusermod", account), undo));
    }
    if (settings.containsKey(AccountSetting.GROUPS)) {
      steps.addAll(membership(settings, undo));
    }
    if (!age.isEmpty()) {
      steps.add(run(what, words("chage", age), undo));
    }
    return steps;
  }

  private List<String> words(String program, List<String> options) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(options);
    words.add(want.name());
    return words;
  }

  private List<Step> membership(Map<AccountSetting, String> settings, Undo undo) {
    String listed = settings.getOrDefault(AccountSetting.GROUPS, "");
    Set<String> wanted =
        listed.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(listed.split(",")));
    Set<String> now = new LinkedHashSet<>(answer.account().map(Account::groups).orElse(List.of()));
    List<Step> steps = new ArrayList<>();
    for (String group : wanted) {
      if (!now.contains(group)) {
        steps.add(member("put " + want.name() + " into the group ", "-M", group, undo));
      }
    }
    for (String group : now) {
      if (!wanted.contains(group) && !settings.containsKey(AccountSetting.APPEND)) {
        steps.add(member("take " + want.name() + " out of the group ", "-m", group, undo));
      }
    }
    return steps;
  }

  private Step member(String what, String option, String group, Undo undo) {
    return run(what + group, List.of("lgroupmod", option, want.name(), group), undo);
  }

  private Step run(String what, List<String> words, Undo undo) {
    return Step.change(
        what,
        Script.of("exec \"$@\"\n", words.toArray(String[]::new)),
        undo.and(SystemWatches.user(want.name())));
  }
}
