package dev.hearth.template.query;

import dev.hearth.template.Filter;
import java.util.Map;

/** The filter {@code community.general.json_query}. */
public final class JsonQuery {

  private JsonQuery() {}

  /** The filter under its full name and under the short one, which Ansible redirects. */
  public static Map<String, Filter> all() {
    Filter query =
        Filter.passing("expr", call -> Query.parse(call.text("expr")).search(call.input()));
    return Map.of("community.general.json_query", query, "json_query", query);
  }
}
