package dev.hearth.module.database;

import dev.hearth.value.Value;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a task wants of the privileges of an account.
 *
 * @param wanted by what they are for
 * @param append whether those that are not wanted stay
 * @param subtract whether these are taken
 * @param root whether what is not named stays, as for root
 */
record MysqlPrivilegeChange(
    Map<String, Set<String>> wanted, boolean append, boolean subtract, boolean root) {

  /**
   * The statements that it takes; none when it is so already.
   *
   * @param now the privileges as they are
   * @param user the account as statements take it
   * @param before gets what changes, as it is
   * @param after gets what changes, as it will be
   */
  String statements(
      Map<String, Set<String>> now,
      String user,
      Map<String, Value> before,
      Map<String, Value> after) {
    StringBuilder text = new StringBuilder();
    boolean replace = !append && !subtract;
    Set<String> targets = new LinkedHashSet<>(wanted.keySet());
    if (replace && !root) {
      targets.addAll(now.keySet());
    }
    for (String target : targets) {
      Set<String> old = now.getOrDefault(target, Set.of());
      Set<String> fresh = wanted.getOrDefault(target, Set.of());
      Set<String> give = new LinkedHashSet<>(fresh);
      give.removeAll(old);
      Set<String> take = new LinkedHashSet<>(old);
      if (subtract) {
        give.clear();
        take.retainAll(fresh);
      } else if (append) {
        take.clear();
      } else {
        take.removeAll(fresh);
      }
      if (give.contains("ALL")) {
        take.retainAll(Set.of("GRANT"));
      }
      // What stands for no privileges is neither given to somebody who has some nor taken.
      take.remove("USAGE");
      if (!old.isEmpty()) {
        give.remove("USAGE");
      }
      take.removeIf(each -> each.equals("PROXY"));
      if (give.isEmpty() && take.isEmpty()) {
        continue;
      }
      before.put(target, Value.text(String.join(",", old)));
      after.put(target, Value.text(String.join(",", subtract ? take : fresh)));
      text.append(MysqlPrivileges.revoke(target, take, user));
      if (!give.isEmpty()) {
        text.append(MysqlPrivileges.grant(target, give, user));
      }
    }
    return text.toString();
  }
}
