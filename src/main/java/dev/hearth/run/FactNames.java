package dev.hearth.run;

/** The two spellings of a fact's name. */
final class FactNames {

  private FactNames() {}

  /**
   * The name as it stands in {@code ansible_facts}: without the prefix, but {@code ansible_local}
   * keeps it.
   */
  static String plain(String name) {
    return name.startsWith("ansible_") && !name.equals("ansible_local")
        ? name.substring("ansible_".length())
        : name;
  }
}
