package dev.hearth.module.system;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How a host makes and changes accounts. */
interface AccountTools {

  /** Which programs a host has for it. */
  enum Kind {
    /** useradd and its sisters. */
    SHADOW,
    /** busybox's adduser and its sisters. */
    BUSYBOX,
    /** luseradd and its sisters, for the host's own files only. */
    LIBUSER,
    NONE;

    /** The one that a host names among what else it tells. */
    static Kind among(Collection<String> words) {
      return Stream.of(SHADOW, BUSYBOX, LIBUSER)
          .filter(kind -> words.contains(kind.name().toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElse(NONE);
    }
  }

  /** The steps that make the account. */
  List<Step> create();

  /**
   * The steps that change settings of the account.
   *
   * @param what what is done, for people
   * @param settings settings and their values
   * @param undo how it is taken back
   */
  List<Step> change(String what, Map<AccountSetting, String> settings, Undo undo);
}
