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
import java.util.EnumMap;
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

  private static final String SHOW = AccountFact.ENTRY + "entry passwd \"$1\"\n";

  private final User.Args want;
  private final AccountFact.Answer answer;
  private final AccountTools tools;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Value> before = new LinkedHashMap<>();
  private final Map<String, Value> after = new LinkedHashMap<>();
  private Optional<UserKeyFact.Key> key = Optional.empty();
  private boolean makesKey;

  AccountPlan(User.Args want, AccountFact.Answer answer) {
    this.want = want;
    this.answer = answer;
    this.tools =
        switch (answer.tools()) {
          case BUSYBOX -> new BusyboxTools(want, answer);
          case LIBUSER -> new LibuserTools(want, answer);
          case SHADOW, NONE -> new ShadowTools(want, answer);
        };
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
      String home =
          want.home().or(() -> answer.account().map(Account::home)).orElse("/home/" + want.name());
      steps.add(UserKey.make(want, fact, home));
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
    steps.addAll(tools.create());
    change("state", "absent", "present");
    want.password().ifPresent(this::setPassword);
    if (want.passwordLock().orElse(false) && want.password().isEmpty()) {
      steps.addAll(
          tools.change(
              "lock the password of " + want.name(), Map.of(AccountSetting.LOCK, ""), ACCOUNTS));
    }
    age(Optional.empty());
  }

  private void modify(Account now) {
    Map<AccountSetting, String> settings = new EnumMap<>(AccountSetting.class);
    if (want.uid().isPresent() && want.uid().get() != now.uid()) {
      settings.put(AccountSetting.UID, want.uid().get().toString());
      if (want.nonUnique()) {
        settings.put(AccountSetting.NON_UNIQUE, "");
      }
      change("uid", Long.toString(now.uid()), want.uid().get().toString());
    }
    boolean otherGroup =
        want.group().isPresent()
            && !want.group().get().equals(now.primary())
            && !want.group().get().equals(Long.toString(now.gid()))
            // Two groups may have one number.
            && !Long.valueOf(now.gid()).equals(answer.groups().get(want.group().get()));
    if (otherGroup) {
      settings.put(AccountSetting.GROUP, want.group().orElseThrow());
      change("group", now.primary(), want.group().orElseThrow());
    }
    membership(now, settings);
    differs("comment", want.comment(), now.comment(), AccountSetting.COMMENT, settings);
    if (want.home().isPresent() && !want.home().get().equals(now.home())) {
      differs("home", want.home(), now.home(), AccountSetting.HOME, settings);
      if (want.moveHome()) {
        settings.put(AccountSetting.MOVE_HOME, "");
      }
    }
    differs("shell", want.shell(), now.shell(), AccountSetting.SHELL, settings);
    Optional<Long> lastDay = User.expiryDay(want);
    if (want.expires().isPresent() && !lastDay.equals(now.expires())) {
      settings.put(AccountSetting.EXPIRES, lastDay.map(Object::toString).orElse(""));
      change("expires", date(now.expires()), date(lastDay));
    }
    if (want.passwordLock().isPresent()
        && (want.passwordLock().get() ? !now.locked() : now.unlockable())) {
      settings.put(want.passwordLock().get() ? AccountSetting.LOCK : AccountSetting.UNLOCK, "");
      change("password_lock", Boolean.toString(now.locked()), want.passwordLock().get().toString());
    }
    boolean moves = settings.containsKey(AccountSetting.MOVE_HOME);
    if (!settings.isEmpty()) {
      steps.addAll(
          tools.change(
              "change the user " + want.name(),
              settings,
              moves
                  ? new Undo.Several(
                      List.of(
                          ACCOUNTS, AccountHome.moveBack(now.home(), want.home().orElseThrow())))
                  : ACCOUNTS));
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
    if (want.createHome() && !answer.homeExists() && !moves) {
      steps.add(
          AccountHome.make(
              want, want.home().or(() -> answer.account().map(Account::home)).stream().toList()));
      change("home_directory", "absent", "present");
    }
  }

  private void membership(Account now, Map<AccountSetting, String> settings) {
    Optional<List<String>> listed = User.groups(want);
    if (listed.isEmpty()) {
      return;
    }
    Set<String> current = new LinkedHashSet<>(now.groups());
    Set<String> wanted = new LinkedHashSet<>();
    for (String group : listed.get()) {
      String name = answer.groupName(group);
      if (!name.equals(want.group().map(answer::groupName).orElse(now.primary()))) {
        wanted.add(name);
      }
    }
    boolean enough = want.append() ? current.containsAll(wanted) : current.equals(wanted);
    if (enough) {
      return;
    }
    if (want.append()) {
      settings.put(AccountSetting.APPEND, "");
    }
    settings.put(AccountSetting.GROUPS, String.join(",", wanted));
    Set<String> then = new LinkedHashSet<>(want.append() ? current : Set.of());
    then.addAll(wanted);
    change("groups", String.join(",", current), String.join(",", then));
  }

  private void differs(
      String name,
      Optional<String> wanted,
      String now,
      AccountSetting setting,
      Map<AccountSetting, String> settings) {
    wanted
        .filter(text -> !text.equals(now))
        .ifPresent(
            text -> {
              settings.put(setting, text);
              change(name, now, text);
            });
  }

  /** A password that is set anew would be unlocked by it. */
  private void setPassword(Value.Textual hash) {
    String lock = want.passwordLock().orElse(false) ? "!" : "";
    Value.Textual line = new Value.Secret(want.name() + ":" + lock + hash.reveal() + "\n");
    steps.add(
        Step.change(
            "set the password of " + want.name(),
            Script.of("exec chpasswd -e\n").reading(Payload.of(line)),
            Undo.restore("/etc/shadow")));
  }

  private void age(Optional<Aging> now) {
    Map<AccountSetting, String> settings = new EnumMap<>(AccountSetting.class);
    age(
        "password_expire_max",
        want.passwordExpireMax(),
        AccountSetting.MOST_DAYS,
        now.map(Aging::most),
        settings);
    age(
        "password_expire_min",
        want.passwordExpireMin(),
        AccountSetting.LEAST_DAYS,
        now.map(Aging::least),
        settings);
    age(
        "password_expire_warn",
        want.passwordExpireWarn(),
        AccountSetting.WARNING_DAYS,
        now.map(Aging::warning),
        settings);
    age(
        "password_expire_account_disable",
        want.passwordExpireAccountDisable(),
        AccountSetting.GRACE_DAYS,
        now.map(Aging::grace),
        settings);
    if (!settings.isEmpty()) {
      steps.addAll(
          tools.change("set the age of the password of " + want.name(), settings, ACCOUNTS));
    }
  }

  private void age(
      String name,
      Optional<Integer> wanted,
      AccountSetting setting,
      Optional<String> now,
      Map<AccountSetting, String> settings) {
    wanted
        .map(days -> days.toString())
        // A negative number takes the limit away, which the host writes as nothing.
        .filter(days -> now.isEmpty() || !now.get().equals(days.startsWith("-") ? "" : days))
        .ifPresent(
            days -> {
              settings.put(setting, days);
              now.ifPresent(text -> change(name, text, days));
            });
  }

  private static String date(Optional<Long> day) {
    return day.map(number -> LocalDate.ofEpochDay(number).toString()).orElse("never");
  }

  private void change(String name, String from, String to) {
    before.put(name, Value.text(from));
    after.put(name, Value.text(to));
  }
}
