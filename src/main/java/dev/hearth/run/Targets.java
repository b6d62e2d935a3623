package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
import dev.hearth.diag.HearthException;
import dev.hearth.playbook.Attributes;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Value;
import java.util.Map;

/** Where hosts are, outside of any play. */
public final class Targets {

  private Targets() {}

  /**
   * A host's target.
   *
   * @param variables what the inventory says of it
   * @throws HearthException when its connection variables cannot be evaluated
   */
  public static Target of(
      String host, RunOptions.ConnectionOptions options, Templar templar, Scope variables) {
    Scope scope = variables.with(Map.of("inventory_hostname", Value.text(host)));
    try {
      return new Access(options, new Keywords(Attributes.NONE, templar, scope), templar, scope)
          .target(host);
    } catch (TemplateFailure failure) {
      throw failure.diagnostic().failure();
    }
  }

  /**
   * How to become a user of a host.
   *
   * @param user empty for the user that logs in
   * @param variables what the inventory says of the host
   * @throws HearthException when its connection variables cannot be evaluated
   */
  public static Become become(
      String user, RunOptions.ConnectionOptions options, Templar templar, Scope variables) {
    if (user.isEmpty()) {
      return Become.NOBODY_ELSE;
    }
    Scope scope =
        variables.with(
            Map.of("ansible_become", Value.bool(true), "ansible_become_user", Value.text(user)));
    try {
      return new Access(options, new Keywords(Attributes.NONE, templar, scope), templar, scope)
          .become();
    } catch (TemplateFailure failure) {
      throw failure.diagnostic().failure();
    }
  }
}
