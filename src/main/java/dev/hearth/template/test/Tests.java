package dev.hearth.template.test;

import dev.hearth.template.Test;
import java.util.HashMap;
import java.util.Map;

/** All tests by name. */
public final class Tests {

  private Tests() {}

  /** All of them. */
  public static Map<String, Test> all() {
    Map<String, Test> tests = new HashMap<>();
    tests.putAll(TypeTests.all());
    tests.putAll(ComparisonTests.all());
    tests.putAll(ResultTests.all());
    tests.putAll(TextTests.all());
    tests.putAll(PathTests.all());
    tests.putAll(AddressTests.all());
    return tests;
  }
}
