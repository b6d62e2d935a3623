package dev.hearth.module.system;

import dev.hearth.fact.HostPath;
import dev.hearth.module.SshKeygen;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;

/** Makes the SSH key pair of a user. */
final class UserKey {

  private static final String KEY =
      UserKeyFact.SHOW
          + SshKeygen.FUNCTION
          + """
          owner=$(printf '%s' "$e" | cut -d: -f3,4)
          d=${f%/*}
          if ! [ -d "$d" ]; then
            mkdir -m 0700 "$d" || exit
            chown "$owner" "$d" || exit
          fi
          type=$3 bits=$4 comment=${5:-ansible-generated on $(cat /proc/sys/kernel/hostname)}
          keygen -N -q -t "$type" ${bits:+-b "$bits"} -C "$comment" -f "$f" || exit
          chown "$owner" "$f" "$f.pub" || exit
          show
          """;

  private UserKey() {}

  /**
   * The step that makes it.
   *
   * @param home the user's home directory
   */
  static Step make(User.Args want, UserKeyFact fact, String home) {
    Script script =
        Script.of(
            KEY,
            want.name(),
            fact.file(),
            want.sshKeyType(),
            want.sshKeyBits().map(Object::toString).orElse(""),
            want.sshKeyComment().orElse(""));
    String file = fact.file().startsWith("/") ? fact.file() : home + "/" + fact.file();
    return Step.change(
        "make an SSH key for " + want.name(),
        script.in(SshKeygen.environment(want.sshKeyPassphrase())),
        Undo.restore(HostPath.directory(file), file, file + ".pub"));
  }
}
