package dev.hearth.template.standard;

import dev.hearth.template.Language;
import dev.hearth.template.filter.Filters;
import dev.hearth.template.lookup.LookupTable;
import dev.hearth.template.test.Tests;
import dev.hearth.value.Value;
import java.util.List;
import java.util.function.Function;

/** The language that playbooks are written in. */
public final class StandardLanguage {

  private StandardLanguage() {}

  /**
   * All filters, tests, lookups and functions.
   *
   * @param yaml reads the documents of a YAML text as data, for {@code from_yaml}; throws an
   *     exception when it is none
   */
  public static Language with(Function<String, List<Value>> yaml) {
    return new Language(Filters.all(yaml), Tests.all(), LookupTable.all(), Functions.all());
  }
}
