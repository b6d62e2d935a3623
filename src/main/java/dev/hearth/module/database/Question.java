package dev.hearth.module.database;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that begins as one that asks. Whether it does nothing else can be told only where it
 * is plain: a function may do anything, so only those that are known to look count.
 *
 * @param statement in the language of PostgreSQL, MySQL or MariaDB
 */
record Question(String statement) {

  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`");

  /** Where quotes may mean something else, and comments that a server may run. */
  private static final Pattern UNCLEAR = Pattern.compile("\\\\|/\\*|--|#|\\$[^\\d]|:=");

  private static final Pattern CALL = Pattern.compile("((?:[\\w\"]+\\s*\\.\\s*)*[\\w\"]+)\\s*\\(");

  private static final Pattern ANOTHER = Pattern.compile("(?i);|\\binto\\b");

  private static final Set<String> WORDS =
      words(
          """
          all and any array as between by case cross distinct else except exists filter from full
          group having in inner intersect is join lateral left like limit not offset on or order
          outer over partition recursive right row select set some table then union using values
          when where window with within
          bigint binary bit char character date datetime decimal double enum float int integer
          interval numeric real time timestamp timestamptz varchar varying
          """);

  private static final Set<String> FUNCTIONS =
      words(
          """
          abs age array_agg array_length array_position array_to_string ascii avg bool_and bool_or
          btrim cardinality cast ceil ceiling char_length character_length coalesce concat concat_ws
          convert count current_catalog current_database current_date current_schema
          current_schemas current_setting current_time current_timestamp current_user curdate
          curtime database date_add date_format date_part date_sub date_trunc datediff day
          dayofmonth dense_rank encode every extract find_in_set first_value floor format
          format_type from_unixtime generate_series greatest group_concat
          has_any_column_privilege has_column_privilege has_database_privilege
          has_function_privilege has_schema_privilege has_table_privilege hour if ifnull
          inet_server_addr inet_server_port isnull json_agg json_array json_build_array
          json_build_object json_extract json_length json_object json_object_agg json_unquote
          jsonb_agg jsonb_array_elements jsonb_array_length jsonb_build_object jsonb_object_agg lag
          last_value lcase lead least left length locate lower lpad ltrim max md5 min minute mod
          month now ntile nullif octet_length pg_column_size pg_database_size
          pg_encoding_to_char pg_get_constraintdef pg_get_expr pg_get_functiondef
          pg_get_indexdef pg_get_userbyid pg_get_viewdef pg_has_role pg_indexes_size
          pg_is_in_recovery pg_postmaster_start_time pg_relation_size pg_size_pretty
          pg_table_is_visible pg_table_size pg_tablespace_size pg_total_relation_size position
          power quote_ident quote_literal quote_nullable rank regexp_match regexp_matches
          regexp_replace regexp_split_to_array repeat replace reverse right round row_number
          row_to_json rpad rtrim schema second sha1 sha2 sha256 sign sqrt statement_timestamp
          string_agg string_to_array strpos substr substring substring_index sum
          timestampdiff to_char to_date to_json to_jsonb to_number to_regclass to_regnamespace
          to_regrole to_regtype to_timestamp transaction_timestamp trim trunc truncate ucase
          unhex unix_timestamp unnest upper user utc_timestamp version width_bucket year
          """);

  /** Whether it is one statement that gives back rows and stores them nowhere. */
  boolean givesRows() {
    return !ANOTHER.matcher(unquoted()).find();
  }

  /** Whether it surely changes nothing. */
  boolean onlyAsks() {
    String unquoted = unquoted();
    if (!givesRows() || UNCLEAR.matcher(statement).find()) {
      return false;
    }
    Matcher call = CALL.matcher(unquoted);
    while (call.find()) {
      String name = call.group(1).toLowerCase(Locale.ROOT).replaceFirst("^pg_catalog\\.", "");
      if (!WORDS.contains(name) && !FUNCTIONS.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private String unquoted() {
    return QUOTED.matcher(statement).replaceAll("\"\"");
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }
}
