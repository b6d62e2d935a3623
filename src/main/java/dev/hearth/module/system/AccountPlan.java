package dev.hearth.module.system;

import dev.hearth.module.system.Account.Aging;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what makes one account as it shall be. */
final class AccountPlan {

  /** The files that hold the accounts. */
  static final Undo ACCOUNTS =
      Undo.restore("/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow");

  private static final String SHOW =
      "if command -v getent >/dev/null; then getent passwd \"$1\"; else grep \"^$1:\" /etc/passwd;"
          + " fi\n";

  private static final String MAKE_HOME =
      """
      e=$(getent passwd "$1") || exit
      h=$(printf '%s' "$e" | cut -d: -f6)
      owner=$(printf '%s' "$e" | cut -d: -f3,4)
      m=$3
      if [ -z "$m" ]; then m=$(sed -n 's/^[[:space:]]*UMASK[[:space:]]*//p' /etc/login.defs 2>/dev/null); fi
      umask "${m:-022}"
      mkdir -p -- "$h" || exit
      if [ -d "$2" ]; then cp -R "$2/." "$h/" || exit; fi
      chown -R "$owner" "$h"
      """;

  private static final String KEY =
      UserKeyFact.SHOW
          + """
          owner=$(printf '%s' "$e" | cut -d: -f3,4)
          d=${f%/*}
          if ! [ -d "$d" ]; then
            mkdir -m 0700 "$d" || exit
            chown "$owner" "$d" || exit
          fi
          set -- "$3" "$4" "${5:-ansible-generated on $(cat /proc/sys/kernel/hostname)}"
          if [ -n "$2" ]; then ssh-keygen -q -t "$1" -b "$2" -C "$3" -N '' -f "$f" </dev/null || exit
          else ssh-keygen -q -t "$1" -C "$3" -N '' -f "$f" </dev/null || exit; fi
          chown "$owner" "$f" "$f.pub" || exit
          show
          """;

  private final User.Args want;
  private final AccountFact.Answer answer;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Value> before = new LinkedHashMap<>();
  private final Map<String, Value> after = new LinkedHashMap<>();
  private Optional<UserKeyFact.Key> key = Optional.empty();
  private boolean makesKey;

  AccountPlan(User.Args want, AccountFact.Answer answer) {
    this.want = want;
    this.answer = answer;
    if (answer.account().isPresent()) {
      modify(answer.account().get());
    } else {
      create();
    }
  }

  void addKey(UserKeyFact fact, UserKeyFact.Key found) {
    key = Optional.of(found);
    if (!found.exists()) {
      makesKey = true;
      steps.add(
          Step.change(
              "make an SSH key for " + want.name(),
              Script.of(
                  KEY,
                  want.name(),
                  fact.file(),
                  want.sshKeyType(),
                  want.sshKeyBits().map(Object::toString).orElse(""),
                  want.sshKeyComment().orElse("")),
              Undo.restore(fact.file(), fact.file() + ".pub")));
      change("ssh_key", "absent", "present");
    }
  }

  Verdict verdict() {
    Result known = result();
    if (steps.isEmpty()) {
      return Verdict.satisfied(known);
    }
    int keyAt = makesKey ? steps.size() - 1 : -1;
    steps.add(Step.read("look the user up", Script.of(SHOW, want.name())));
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), known.changed(true))
        .telling(
            (end, ends) ->
                withEntry(
                    keyAt < 0 ? end : withKey(end, UserKeyFact.Key.of(ends.get(keyAt).out())),
                    ends.getLast()));
  }

  private static Result withEntry(Result result, Outcome.Exited end) {
    String[] entry = end.out().strip().split(":", -1);
    if (entry.length < 7 || !entry[2].matches("[0-9]+")) {
      return result;
    }
    return result
        .with("uid", Long.parseLong(entry[2]))
        .with("group", Long.parseLong(entry[3]))
        .with("comment", entry[4])
        .with("home", entry[5])
        .with("shell", entry[6]);
  }

  private static Result withKey(Result result, UserKeyFact.Key key) {
    return result
        .with("ssh_fingerprint", key.fingerprint())
        .with("ssh_key_file", key.path())
        .with("ssh_public_key", key.publicKey());
  }

  private Result result() {
    Result result = Result.ok().with("name", want.name()).with("state", "present");
    if (answer.account().isPresent()) {
      Account now = answer.account().get();
      result =
          result
              .with("uid", now.uid())
              .with("group", now.gid())
              .with("comment", now.comment())
              .with("home", now.home())
              .with("shell", now.shell())
              .with("append", want.append())
              .with("move_home", want.moveHome());
    } else {
      result = result.with("create_home", want.createHome()).with("system", want.system());
    }
    if (want.groups().isPresent()) {
      result = result.with("groups", String.join(",", want.groups().get()));
    }
    if (want.password().isPresent()) {
      result = result.with("password", "NOT_LOGGING_PASSWORD");
    }
    if (key.isPresent() && key.get().exists()) {
      result = withKey(result, key.get());
    }
    return result;
  }

  private void create() {
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
    expiry().ifPresent(day -> words.addAll(List.of("-e", day)));
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
    want.uidMin().ifPresent(least -> words.addAll(List.of("-K", "UID_MIN=" + least)));
    want.uidMax().ifPresent(most -> words.addAll(List.of("-K", "UID_MAX=" + most)));
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
                want.name())));
    change("state", "absent", "present");
    want.password().ifPresent(this::setPassword);
    if (want.passwordLock().orElse(false)) {
      run("lock the password of " + want.name(), "usermod", List.of("-L"), ACCOUNTS);
    }
    age(Optional.empty());
  }

  private void modify(Account now) {
    List<String> words = new ArrayList<>();
    if (want.uid().isPresent() && want.uid().get() != now.uid()) {
      words.addAll(List.of("-u", want.uid().get().toString()));
      if (want.nonUnique()) {
        words.add("-o");
      }
      change("uid", Long.toString(now.uid()), want.uid().get().toString());
    }
    boolean otherGroup =
        want.group().isPresent()
            && !want.group().get().equals(now.primary())
            && !want.group().get().equals(Long.toString(now.gid()));
    if (otherGroup) {
      words.addAll(List.of("-g", want.group().orElseThrow()));
      change("group", now.primary(), want.group().orElseThrow());
    }
    membership(now, words);
    differs("comment", want.comment(), now.comment(), "-c", words);
    if (want.home().isPresent() && !want.home().get().equals(now.home())) {
      differs("home", want.home(), now.home(), "-d", words);
      if (want.moveHome()) {
        words.add("-m");
      }
    }
    differs("shell", want.shell(), now.shell(), "-s", words);
    if (want.expires().isPresent() && !expiryDay().equals(now.expires())) {
      words.addAll(List.of("-e", expiry().orElse("")));
      change(
          "expires",
          now.expires().map(day -> LocalDate.ofEpochDay(day).toString()).orElse("never"),
          expiry().orElse("never"));
    }
    if (want.passwordLock().isPresent() && want.passwordLock().get() != now.locked()) {
      words.add(want.passwordLock().get() ? "-L" : "-U");
      change("password_lock", Boolean.toString(now.locked()), want.passwordLock().get().toString());
    }
    if (!words.isEmpty()) {
      boolean moves = words.contains("-m");
      run(
          "change the user " + want.name(),
          "usermod",
          words,
          moves ? backHome(now.home(), want.home().orElseThrow()) : ACCOUNTS);
    }
    if (want.password().isPresent() && want.updatePassword().equals("always")) {
      String hash = want.password().get().reveal();
      String current = now.hash().map(Value.Secret::reveal).orElse("");
      String unlocked = current.startsWith("!") ? current.substring(1) : current;
      boolean same =
          want.passwordLock().orElse(false) ? unlocked.equals(hash) : current.equals(hash);
      if (!same) {
        setPassword(want.password().get());
        change("password", "the former one", "the given one");
      }
    }
    age(now.aging().or(() -> Optional.of(new Aging("", "", "", ""))));
    if (want.createHome() && !answer.homeExists()) {
      steps.add(
          Step.change(
              "make the home directory of " + want.name(),
              Script.of(
                  MAKE_HOME,
                  want.name(),
                  want.skeleton().orElse("/etc/skel"),
                  want.umask().orElse("")),
              new Undo.RestoreTrees(
                  want.home().or(() -> answer.account().map(Account::home)).stream().toList())));
      change("home_directory", "absent", "present");
    }
  }

  private static Undo backHome(String old, String fresh) {
    return new Undo.Several(
        List.of(
            ACCOUNTS,
            new Undo.Run(
                "move " + fresh + " back to " + old,
                Script.of(
                    "[ ! -d \"$1\" ] || [ -e \"$2\" ] || mv -- \"$1\" \"$2\"\n", fresh, old))));
  }

  private void membership(Account now, List<String> words) {
    Optional<List<String>> listed = User.groups(want);
    if (listed.isEmpty()) {
      return;
    }
    Set<String> current = new LinkedHashSet<>(now.groups());
    Set<String> wanted = new LinkedHashSet<>();
    for (String group : listed.get()) {
      String name =
          answer.groups().containsKey(group)
              ? group
              : answer.groups().entrySet().stream()
                  .filter(entry -> entry.getValue().toString().equals(group))
                  .map(Map.Entry::getKey)
                  .findFirst()
                  .orElse(group);
      if (!name.equals(want.group().orElse(now.primary()))) {
        wanted.add(name);
      }
    }
    boolean enough = want.append() ? current.containsAll(wanted) : current.equals(wanted);
    if (enough) {
      return;
    }
    if (want.append()) {
      words.add("-a");
    }
    words.addAll(List.of("-G", String.join(",", wanted)));
    Set<String> then = new LinkedHashSet<>(want.append() ? current : Set.of());
    then.addAll(wanted);
    change("groups", String.join(",", current), String.join(",", then));
  }

  private void differs(
      String name, Optional<String> wanted, String now, String option, List<String> words) {
    wanted
        .filter(text -> !text.equals(now))
        .ifPresent(
            text -> {
              words.addAll(List.of(option, text));
              change(name, now, text);
            });
  }

  private void setPassword(Value.Textual hash) {
    Value.Textual line = new Value.Secret(want.name() + ":" + hash.reveal() + "\n");
    steps.add(
        Step.change(
            "set the password of " + want.name(),
            Script.of("exec chpasswd -e\n").reading(Payload.of(line)),
            Undo.restore("/etc/shadow")));
  }

  private void age(Optional<Aging> now) {
    List<String> words = new ArrayList<>();
    age("password_expire_max", want.passwordExpireMax(), "-M", now.map(Aging::most), words);
    age("password_expire_min", want.passwordExpireMin(), "-m", now.map(Aging::least), words);
    age("password_expire_warn", want.passwordExpireWarn(), "-W", now.map(Aging::warning), words);
    age(
        "password_expire_account_disable",
        want.passwordExpireAccountDisable(),
        "-I",
        now.map(Aging::grace),
        words);
    if (!words.isEmpty()) {
      run("set the age of the password of " + want.name(), "chage", words, ACCOUNTS);
    }
  }

  private void age(
      String name,
      Optional<Integer> wanted,
      String option,
      Optional<String> now,
      List<String> words) {
    wanted
        .map(days -> days.toString())
        // A negative number takes the limit away, which the host writes as nothing.
        .filter(days -> now.isEmpty() || !now.get().equals(days.startsWith("-") ? "" : days))
        .ifPresent(
            days -> {
              words.addAll(List.of(option, days));
              now.ifPresent(text -> change(name, text, days));
            });
  }

  private Optional<Long> expiryDay() {
    return want.expires()
        .filter(seconds -> seconds >= 0)
        .map(seconds -> (long) Math.floor(seconds / 86400));
  }

  private Optional<String> expiry() {
    return expiryDay().map(day -> LocalDate.ofEpochDay(day).toString());
  }

  private void run(String what, String program, List<String> words, Undo undo) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(words);
    all.addAll(List.of("--", want.name()));
    steps.add(
        Step.change(
            what,
            Script.of("exec \"$@\"\n", all.toArray(String[]::new)),
            undo.and(SystemWatches.user(want.name()))));
  }

  private void change(String name, String from, String to) {
    before.put(name, Value.text(from));
    after.put(name, Value.text(to));
  }
}
