package dev.hearth.template.filter;

import dev.hearth.template.Ciphers;
import dev.hearth.template.Filter;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All filters by name. */
public final class Filters {

  private Filters() {}

  /**
   * All of them.
   *
   * @param yaml reads the documents of a YAML text, for {@code from_yaml}
   * @param ciphers for {@code vault} and {@code password_hash}
   */
  public static Map<String, Filter> all(Function<String, List<Value>> yaml, Ciphers ciphers) {
    Map<String, Filter> filters = new HashMap<>();
    filters.putAll(DefaultFilters.all());
    filters.putAll(TextFilters.all());
    filters.putAll(LayoutFilters.all());
    filters.putAll(MarkupFilters.all());
    filters.putAll(Urlize.all());
    filters.putAll(NumberFilters.all());
    filters.putAll(SizeFilters.all());
    filters.putAll(ListFilters.all());
    filters.putAll(SelectFilters.all());
    filters.putAll(SetFilters.all());
    filters.putAll(OrderFilters.all());
    filters.putAll(CombinationFilters.all());
    filters.putAll(DictFilters.all());
    filters.putAll(RegexFilters.all());
    filters.putAll(SerialFilters.all(yaml));
    filters.putAll(CodecFilters.all());
    filters.putAll(PasswordFilters.all(ciphers));
    filters.putAll(VaultFilters.all(ciphers));
    filters.putAll(PathFilters.all());
    filters.putAll(UrlFilters.all());
    filters.putAll(TimeFilters.all());
    filters.putAll(AddressFilters.all());
    filters.putAll(NetworkFilters.all());
    filters.putAll(NetworkLists.all());
    filters.putAll(HardwareFilters.all());
    filters.putAll(DataPaths.all());
    filters.putAll(KeyFilters.all());
    return filters;
  }
}
