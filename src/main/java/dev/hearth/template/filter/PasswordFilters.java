package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Password hashes for {@code /etc/shadow}. */
final class PasswordFilters {

  private static final String SALT =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./";
  private static final Map<String, Integer> DEFAULT_ROUNDS =
      Map.of("sha512", 656_000, "sha256", 535_000);

  private PasswordFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "password_hash",
        Filter.of("hashtype? salt? salt_size? rounds? ident?", PasswordFilters::hash));
  }

  private static Value hash(Call call) {
    String type = call.text("hashtype", "sha512").replace("_crypt", "");
    Integer usual = DEFAULT_ROUNDS.get(type);
    if (usual == null) {
      throw new PythonError(
          "has no hash '" + type + "': it has sha512 and sha256; bcrypt and md5 are refused");
    }
    int rounds = call.number("rounds", usual);
    if (rounds < 1000 || rounds > 999_999_999) {
      throw new PythonError("needs rounds between 1000 and 999999999");
    }
    String salt = call.text("salt", "");
    if (salt.isEmpty()) {
      salt = salt(call);
    }
    if (salt.length() > 16 || !salt.chars().allMatch(c -> SALT.indexOf(c) >= 0)) {
      throw new PythonError("needs a salt of at most 16 letters, digits, dots and slashes");
    }
    return Value.text(ShaCrypt.hash(type, call.inputText(), salt, rounds));
  }

  private static String salt(Call call) {
    RandomGenerator random = call.engine().surroundings().random();
    StringBuilder salt = new StringBuilder();
    int size = Math.clamp(call.number("salt_size", 16), 1, 16);
    for (int i = 0; i < size; i++) {
      salt.append(SALT.charAt(random.nextInt(SALT.length())));
    }
    return salt.toString();
  }
}
