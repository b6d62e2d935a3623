package dev.hearth.template.standard;

import dev.hearth.template.Ciphers;
import dev.hearth.template.Filter;
import dev.hearth.template.Language;
import dev.hearth.template.filter.Filters;
import dev.hearth.template.lookup.LookupTable;
import dev.hearth.template.query.JsonQuery;
import dev.hearth.template.test.Tests;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The language that playbooks are written in. */
public final class StandardLanguage {

  private StandardLanguage() {}

  /**
   * All filters, tests, lookups and functions.
   *
   * @param yaml reads the documents of a YAML text as data, for {@code from_yaml}; throws an
   *     exception when it is none
   * @param ciphers encrypt, decrypt and hash
   */
  public static Language with(Function<String, List<Value>> yaml, Ciphers ciphers) {
    Map<String, Filter> filters = new HashMap<>(Filters.all(yaml, ciphers));
    filters.putAll(JsonQuery.all());
    return new Language(filters, Tests.all(), LookupTable.all(), Functions.all());
  }
}
