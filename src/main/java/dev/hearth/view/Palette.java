package dev.hearth.view;

/** Colours of the console, as Ansible's default output uses them; or none at all. */
public enum Palette {
  /** Plain text. */
  NONE(false),
  /** ANSI colours. */
  ANSI(true);

  private final boolean colours;

  Palette(boolean colours) {
    this.colours = colours;
  }

  /** Names of colours and what they are for. */
  public enum Colour {
    /** As it should be. */
    OK("0;32"),
    /** Changed. */
    CHANGED("0;33"),
    /** Skipped or included. */
    SKIPPED("0;36"),
    /** Failed. */
    FAILED("0;31"),
    /** Unreachable. */
    UNREACHABLE("1;31"),
    /** Warnings. */
    WARNING("1;35"),
    /** Verbose and debugging lines. */
    VERBOSE("0;34"),
    /** Added lines of a diff. */
    ADDED("0;32"),
    /** Removed lines of a diff. */
    REMOVED("0;31"),
    /** Hunk headers of a diff. */
    HUNK("0;36");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  /** Whether anything is coloured at all. */
  public boolean colours() {
    return colours;
  }

  /** The text in that colour, every line by itself. */
  public String paint(Colour colour, String text) {
    if (!colours || text.isEmpty()) {
      return text;
    }
    StringBuilder painted = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      painted.append(painted.isEmpty() ? "" : "\n");
      painted.append("\u001b[").append(colour.code).append('m').append(line).append("\u001b[0m");
    }
    return painted.toString();
  }
}
