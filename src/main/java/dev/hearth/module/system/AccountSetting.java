package dev.hearth.module.system;

/** What may be changed of an account that exists: as an option of a program and where it lies. */
enum AccountSetting {
  UID("-u", "/etc/passwd 3"),
  NON_UNIQUE("-o", ""),
  GROUP("-g", "/etc/passwd 4"),
  APPEND("-a", ""),
  GROUPS("-G", ""),
  COMMENT("-c", "/etc/passwd 5"),
  HOME("-d", "/etc/passwd 6"),
  MOVE_HOME("-m", ""),
  SHELL("-s", "/etc/passwd 7"),
  EXPIRES("-e", "/etc/shadow 8"),
  LOCK("-L", "/etc/shadow lock"),
  UNLOCK("-U", "/etc/shadow unlock"),
  MOST_DAYS("-M", "/etc/shadow 5"),
  LEAST_DAYS("-m", "/etc/shadow 4"),
  WARNING_DAYS("-W", "/etc/shadow 6"),
  GRACE_DAYS("-I", "/etc/shadow 7");

  private final String option;
  private final String place;

  AccountSetting(String option, String place) {
    this.option = option;
    this.place = place;
  }

  /** The option of usermod or, for the age of the password, of chage. */
  String option() {
    return option;
  }

  /** Whether the option stands alone. */
  boolean bare() {
    return switch (this) {
      case NON_UNIQUE, APPEND, MOVE_HOME, LOCK, UNLOCK -> true;
      default -> false;
    };
  }

  /** Whether it is chage that sets it. */
  boolean ages() {
    return switch (this) {
      case MOST_DAYS, LEAST_DAYS, WARNING_DAYS, GRACE_DAYS -> true;
      default -> false;
    };
  }

  /** Whether it is one field of one file. */
  boolean inOneField() {
    return !place.isEmpty();
  }

  /** The file that has it. */
  String file() {
    return place.substring(0, place.indexOf(' '));
  }

  /** The field's number, from 1, as {@link AccountFile} takes it. */
  String field() {
    return place.substring(place.indexOf(' ') + 1);
  }
}
