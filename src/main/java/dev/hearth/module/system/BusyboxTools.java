package dev.hearth.module.system;

import dev.hearth.module.Refusal;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * busybox's {@code adduser}, {@code addgroup} and {@code delgroup}. They make accounts and members
 * of groups; everything else is written into the files of the accounts.
 */
record BusyboxTools(User.Args want, AccountFact.Answer answer) implements AccountTools {

  private static final String CREATE =
      AccountFile.FREE
          + """
          n=$1 home=$2 groups=$3 least=$4 most=$5
          shift 5
          if [ -n "$least$most" ]; then
            u=$(free "$least" "$most" /etc/passwd /etc/group) || exit
            set -- -u "$u" "$@"
          fi
          case $home in ?*/*) mkdir -p -- "${home%/*}" || exit ;; esac
          adduser -D "$@" "$n" || exit
          IFS=,
          set -f
          for g in $groups; do addgroup "$n" "$g" || exit; done
          """;

  private static final String MEMBER =
      """
      n=$1 join=$2 leave=$3
      IFS=,
      set -f
      for g in $join; do addgroup "$n" "$g" || exit; done
      for g in $leave; do delgroup "$n" "$g" || exit; done
      """;

  @Override
  public List<Step> create() {
    if (want.group().isEmpty() && !want.system() && answer.ownGroup()) {
      throw new Refusal(
          "there is a group "
              + want.name()
              + " already, and busybox's adduser would make one; add group: "
              + want.name());
    }
    String home = want.home().orElse("/home/" + want.name());
    boolean makesHome = want.createHome() && !answer.homeExists();
    // adduser knows no umask and gives no number that is taken: both follow when it is done.
    boolean homeFollows = makesHome && (want.umask().isPresent() || want.nonUnique());
    boolean ranged = want.uid().isEmpty();
    List<String> words =
        new ArrayList<>(
            List.of(
                want.name(),
                want.createHome() ? want.home().orElse("") : "",
                String.join(",", names(User.groups(want).orElse(List.of()))),
                limit(want.uidMin().filter(_ -> ranged)),
                limit(want.uidMax().filter(_ -> ranged))));
    option("-u", want.uid().filter(_ -> !want.nonUnique()).map(Object::toString), words);
    option("-G", want.group().map(answer::groupName), words);
    option("-g", want.comment(), words);
    option("-h", want.home(), words);
    option("-s", want.shell(), words);
    option("-k", want.skeleton(), words);
    if (!want.createHome() || homeFollows) {
      words.add("-H");
    }
    if (want.system()) {
      words.add("-S");
    }
    List<Undo> undo = new ArrayList<>(List.of(AccountPlan.ACCOUNTS));
    if (makesHome) {
      undo.add(new Undo.RestoreTrees(List.of(home)));
    } else if (want.createHome()) {
      // Of a home directory that is there adduser sets owner and mode.
      undo.add(new Undo.RestoreAttributes(List.of(home)));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.change(
            "make the user " + want.name(),
            Script.of(CREATE, words.toArray(String[]::new)),
            watched(new Undo.Several(undo))));
    if (want.nonUnique()) {
      String number = want.uid().orElseThrow().toString();
      steps.addAll(
          set(
              "give " + want.name() + " the number " + number,
              Map.of(AccountSetting.UID, number),
              AccountPlan.ACCOUNTS));
    }
    if (homeFollows) {
      steps.add(AccountHome.make(want, List.of(home)));
    }
    User.expiryDay(want)
        .ifPresent(
            day ->
                steps.addAll(
                    change(
                        "set the last day of " + want.name(),
                        Map.of(AccountSetting.EXPIRES, day.toString()),
                        AccountPlan.ACCOUNTS)));
    return steps;
  }

  @Override
  public List<Step> change(String what, Map<AccountSetting, String> settings, Undo undo) {
    List<Step> steps = new ArrayList<>();
    if (settings.containsKey(AccountSetting.GROUPS)) {
      steps.add(member(settings, undo));
    }
    steps.addAll(set(what, settings, undo));
    answer
        .account()
        .ifPresent(
            now -> {
              if (settings.containsKey(AccountSetting.UID)) {
                steps.add(
                    AccountHome.handOver(
                        want.name(), now, settings.getOrDefault(AccountSetting.UID, "")));
              }
              if (settings.containsKey(AccountSetting.MOVE_HOME)) {
                steps.add(AccountHome.move(want.name(), now.home(), want.home().orElseThrow()));
              }
            });
    return steps;
  }

  private List<Step> set(String what, Map<AccountSetting, String> settings, Undo undo) {
    List<Step> steps = new ArrayList<>();
    Map<String, List<String>> files = new LinkedHashMap<>();
    settings.forEach(
        (setting, value) -> {
          if (setting.inOneField()) {
            files
                .computeIfAbsent(setting.file(), file -> new ArrayList<>())
                .addAll(List.of(setting.field(), written(setting, value)));
          }
        });
    files.forEach(
        (file, values) ->
            steps.add(
                Step.change(what, AccountFile.set(file, want.name(), values), watched(undo))));
    return steps;
  }

  private Step member(Map<AccountSetting, String> settings, Undo undo) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : settings.getOrDefault(AccountSetting.GROUPS, "").split(",", -1)) {
      if (!name.isEmpty()) {
        wanted.add(name);
      }
    }
    List<String> current = new ArrayList<>(answer.account().map(Account::groups).orElse(List.of()));
    if (settings.containsKey(AccountSetting.GROUP)) {
      // adduser made it a member of its primary group as well.
      answer.account().map(Account::primary).ifPresent(current::add);
    }
    boolean append = settings.containsKey(AccountSetting.APPEND);
    return Step.change(
        "change the groups of " + want.name(),
        Script.of(
            MEMBER,
            want.name(),
            String.join(",", wanted.stream().filter(name -> !current.contains(name)).toList()),
            append
                ? ""
                : String.join(",", current.stream().filter(it -> !wanted.contains(it)).toList())),
        watched(undo));
  }

  /** A value as the file has it. */
  private String written(AccountSetting setting, String value) {
    if (setting == AccountSetting.GROUP && answer.groups().containsKey(value)) {
      return String.valueOf(answer.groups().get(value));
    }
    return setting.ages() && value.startsWith("-") ? "" : value;
  }

  private List<String> names(List<String> groups) {
    return groups.stream().map(answer::groupName).toList();
  }

  private Undo watched(Undo undo) {
    return undo.and(SystemWatches.user(want.name()));
  }

  private static void option(String option, Optional<String> value, List<String> words) {
    value.ifPresent(text -> words.addAll(List.of(option, text)));
  }

  private static String limit(Optional<Integer> number) {
    return number.map(Object::toString).orElse("");
  }
}
