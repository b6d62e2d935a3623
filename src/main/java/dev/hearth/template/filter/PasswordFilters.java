package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Ciphers;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Password hashes for {@code /etc/shadow} and web servers, as Python's passlib makes them. */
final class PasswordFilters {

  private static final String SALT =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./";

  /**
   * A kind of hash.
   *
   * @param salt how long its salt is at most
   * @param exact whether the salt has to have that length
   * @param rounds how many rounds there are when nothing is said
   * @param least the fewest rounds; 0 when they cannot be chosen
   */
  private record Scheme(String name, int salt, boolean exact, int rounds, int least, int most) {}

  private static final Map<String, Scheme> SCHEMES = schemes();

  private final Ciphers ciphers;

  private PasswordFilters(Ciphers ciphers) {
    this.ciphers = ciphers;
  }

  static Map<String, Filter> all(Ciphers ciphers) {
    return Map.of(
        "password_hash",
        Filter.of("hashtype? salt? salt_size? rounds? ident?", new PasswordFilters(ciphers)::hash));
  }

  private static Map<String, Scheme> schemes() {
    Scheme md5 = new Scheme("md5", 8, false, 0, 0, 0);
    Scheme bcrypt = new Scheme("bcrypt", 22, true, 12, 4, 31);
    Scheme sha256 = new Scheme("sha256", 16, false, 535_000, 1000, 999_999_999);
    Scheme sha512 = new Scheme("sha512", 16, false, 656_000, 1000, 999_999_999);
    Map<String, Scheme> all = new HashMap<>();
    for (Scheme scheme : new Scheme[] {md5, sha256, sha512}) {
      all.put(scheme.name(), scheme);
      all.put(scheme.name() + "_crypt", scheme);
    }
    all.put("bcrypt", bcrypt);
    all.put("blowfish", bcrypt);
    return all;
  }

  private Value hash(Call call) {
    String type = call.text("hashtype", "sha512");
    Scheme scheme = SCHEMES.get(type);
    if (scheme == null) {
      throw new PythonError("has no hash '" + type + "': it has md5, blowfish, sha256 and sha512");
    }
    int rounds = rounds(call, scheme);
    String salt = salt(call, scheme);
    String password = call.inputText();
    return Value.text(
        switch (scheme.name()) {
          case "md5" -> Md5Crypt.hash(password, salt);
          case "bcrypt" -> bcrypt(call, password, salt, rounds);
          default -> ShaCrypt.hash(scheme.name(), password, salt, rounds);
        });
  }

  private static int rounds(Call call, Scheme scheme) {
    int rounds = call.number("rounds", 0);
    if (rounds == 0) {
      return scheme.rounds();
    }
    if (scheme.least() == 0) {
      throw new PythonError("takes no rounds for " + scheme.name());
    }
    if (rounds < scheme.least() || rounds > scheme.most()) {
      throw new PythonError(
          "needs rounds between "
              + scheme.least()
              + " and "
              + scheme.most()
              + " for "
              + scheme.name());
    }
    return rounds;
  }

  private static String salt(Call call, Scheme scheme) {
    String salt = call.text("salt", "");
    if (salt.isEmpty()) {
      int size = call.number("salt_size", scheme.salt());
      if (size < 1 || size > scheme.salt()) {
        throw new PythonError("needs a salt_size between 1 and " + scheme.salt());
      }
      salt = random(call.engine().surroundings().random(), scheme.exact() ? scheme.salt() : size);
    }
    boolean fits = scheme.exact() ? salt.length() == scheme.salt() : salt.length() <= scheme.salt();
    if (!fits || !salt.chars().allMatch(c -> SALT.indexOf(c) >= 0)) {
      throw new PythonError(
          "needs a salt of "
              + (scheme.exact() ? "exactly " : "at most ")
              + scheme.salt()
              + " letters, digits, dots and slashes for "
              + scheme.name());
    }
    return salt;
  }

  private static String random(RandomGenerator random, int size) {
    StringBuilder salt = new StringBuilder();
    for (int i = 0; i < size; i++) {
      salt.append(SALT.charAt(random.nextInt(SALT.length())));
    }
    return salt.toString();
  }

  private String bcrypt(Call call, String password, String salt, int cost) {
    String ident = call.text("ident", "2b").replace("$", "");
    if (!ident.matches("2[aby]")) {
      throw new PythonError("has no ident '" + ident + "' for bcrypt: it has 2a, 2b and 2y");
    }
    // 22 digits say a little more than 16 bytes; what is too much is not said again.
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return ciphers.bcrypt(ident, bytes, BcryptDigits.decode(salt), cost);
  }
}
