package dev.hearth.template.lookup;

import dev.hearth.template.Lookup;
import java.util.HashMap;
import java.util.Map;

/** All lookups by name. */
public final class LookupTable {

  private LookupTable() {}

  /** All of them. */
  public static Map<String, Lookup> all() {
    Map<String, Lookup> lookups = new HashMap<>();
    lookups.putAll(ListLookups.all());
    lookups.putAll(SequenceLookup.all());
    lookups.putAll(VariableLookups.all());
    lookups.putAll(FileLookups.all());
    lookups.putAll(FirstFoundLookup.all());
    lookups.putAll(CommandLookups.all());
    lookups.putAll(TableLookups.all());
    lookups.putAll(UrlLookup.all());
    lookups.putAll(PasswordLookup.all());
    lookups.putAll(FileTree.all());
    lookups.putAll(MergedVariables.all());
    lookups.putAll(RandomString.all());
    return lookups;
  }
}
