package dev.hearth.cli.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All settings of ansible-core 2.19, from the table {@code settings.tsv}. */
public final class KnownSettings {

  private final List<Setting> all;
  private final Map<String, Setting> byKey = new LinkedHashMap<>();
  private final Map<String, Setting> byVariable = new LinkedHashMap<>();

  private KnownSettings(List<Setting> all) {
    this.all = all;
    for (Setting setting : all) {
      setting.keys().forEach(key -> byKey.put(key, setting));
      setting.variables().forEach(variable -> byVariable.put(variable, setting));
    }
  }

  /** Reads the table. */
  public static KnownSettings load() {
    try (InputStream table = KnownSettings.class.getResourceAsStream("settings.tsv")) {
      String text =
          new String(
              Objects.requireNonNull(table, "settings.tsv").readAllBytes(), StandardCharsets.UTF_8);
      return new KnownSettings(
          text.lines().filter(line -> !line.startsWith("#")).map(KnownSettings::row).toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Setting row(String line) {
    List<String> cells = List.of(line.split("\t", -1));
    return new Setting(
        cells.get(0),
        Setting.Kind.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
        words(cells.get(2)),
        words(cells.get(3)),
        List.of(cells.get(4).split("[|]", -1)),
        Setting.State.valueOf(cells.get(5).toUpperCase(Locale.ROOT)),
        cells.get(6));
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(","));
  }

  /** Every setting, by name. */
  public List<Setting> all() {
    return all;
  }

  /** The setting behind a {@code section.key}. */
  Optional<Setting> key(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The setting behind an environment variable. */
  Optional<Setting> variable(String name) {
    return Optional.ofNullable(byVariable.get(name));
  }

  /** Every {@code section.key} of a section. */
  List<String> keysOf(String section) {
    return byKey.keySet().stream().filter(key -> key.startsWith(section + ".")).toList();
  }

  /** Every section. */
  Set<String> sections() {
    Set<String> sections = new TreeSet<>();
    byKey.keySet().forEach(key -> sections.add(key.substring(0, key.indexOf('.'))));
    return sections;
  }

  /** Every environment variable. */
  Set<String> variables() {
    return byVariable.keySet();
  }
}
