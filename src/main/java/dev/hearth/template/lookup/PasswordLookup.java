package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRandom;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The lookup {@code password}: reads a password from a file of the controller, or makes one and
 * keeps it there, readable by its owner alone from the first byte.
 */
final class PasswordLookup {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final Map<String, String> CLASSES =
      Map.of(
          "ascii_letters",
          LETTERS,
          "ascii_lowercase",
          LETTERS.substring(0, 26),
          "ascii_uppercase",
          LETTERS.substring(26),
          "digits",
          DIGITS,
          "hexdigits",
          "0123456789abcdefABCDEF",
          "octdigits",
          "01234567",
          "punctuation",
          "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
  private static final List<String> OPTIONS =
      List.of("length", "chars", "encrypt", "ident", "seed");

  private PasswordLookup() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "password", Lookup.of("length? chars? encrypt? ident? seed?", PasswordLookup::find));
  }

  private static List<Value> find(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      Map<String, Value> options = new HashMap<>();
      for (String name : OPTIONS) {
        Value given = call.find(name);
        if (given != null) {
          options.put(name, given);
        }
      }
      String file = path(Printed.str(term), options);
      found.add(password(call, file, options));
    }
    return found;
  }

  /** The path, without the {@code name=value} words behind it. */
  private static String path(String term, Map<String, Value> options) {
    List<String> words = Splitting.split(term, " ", -1, false);
    int end = words.size();
    for (int i = words.size() - 1; i > 0; i--) {
      int sign = words.get(i).indexOf('=');
      String name = sign < 0 ? "" : words.get(i).substring(0, sign);
      if (!OPTIONS.contains(name)) {
        break;
      }
      options.putIfAbsent(name, Value.text(words.get(i).substring(sign + 1)));
      end = i;
    }
    return String.join(" ", words.subList(0, end)).strip();
  }

  private static Value password(Call call, String name, Map<String, Value> options) {
    if (name.equals("/dev/null")) {
      return hashed(call, generate(call, options), "", options);
    }
    String expanded = call.engine().surroundings().expanded(name);
    List<Path> directories = call.engine().scope().searchPath().directories();
    Path base =
        directories.isEmpty()
            ? call.engine().surroundings().workingDirectory()
            : directories.getLast();
    Path file = base.resolve(expanded).normalize();
    String stored = Files.exists(file) ? read(file) : create(file, stored(call, options));
    int mark = stored.lastIndexOf(" salt=");
    String plain = mark < 0 ? stored : stored.substring(0, mark);
    String rest = mark < 0 ? "" : stored.substring(mark + 6);
    String salt = rest.contains(" ident=") ? rest.substring(0, rest.indexOf(" ident=")) : rest;
    return hashed(call, plain, salt, options);
  }

  private static String stored(Call call, Map<String, Value> options) {
    String plain = generate(call, options);
    if (!encrypts(options)) {
      return plain;
    }
    return plain + " salt=" + draw(call, LETTERS + DIGITS, 8);
  }

  private static boolean encrypts(Map<String, Value> options) {
    return options.containsKey("encrypt") && !options.get("encrypt").equals(Value.NULL);
  }

  private static Value hashed(Call call, String plain, String salt, Map<String, Value> options) {
    Value.Secret secret = new Value.Secret(plain);
    if (!encrypts(options)) {
      return secret;
    }
    Map<String, Value> named = new HashMap<>();
    named.put("hashtype", options.getOrDefault("encrypt", Value.text("sha512")));
    if (!salt.isEmpty()) {
      named.put("salt", Value.text(salt));
    }
    return call.engine().filter("password_hash", secret, List.of(), named);
  }

  private static String generate(Call call, Map<String, Value> options) {
    BigInteger length =
        Numbers.parseWhole(Printed.str(options.getOrDefault("length", Value.number(20))), 10);
    if (length == null || length.signum() < 1 || length.bitLength() > 16) {
      throw new PythonError("needs a length between 1 and 65535");
    }
    Value seed = options.getOrDefault("seed", Value.NULL);
    return Truth.of(seed)
        ? drawn(PythonRandom.seeded(Printed.str(seed)), characters(options), length.intValue())
        : draw(call, characters(options), length.intValue());
  }

  /** From a seed comes the same password every time, here and with Ansible. */
  private static String drawn(PythonRandom random, String characters, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.below(characters.length())));
    }
    return text.toString();
  }

  private static String draw(Call call, String characters, int length) {
    RandomGenerator random = call.engine().surroundings().random();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static String characters(Map<String, Value> options) {
    Value given = options.get("chars");
    if (given == null || given instanceof Value.Null) {
      return LETTERS + DIGITS + ".,:-_";
    }
    List<Value> items = Sequences.view(given);
    List<String> classes = new ArrayList<>();
    if (items != null) {
      items.forEach(item -> classes.add(Printed.str(item)));
    } else {
      String text = Printed.str(given);
      if (text.contains(",,")) {
        classes.add(",");
      }
      classes.addAll(Splitting.split(text.replace(",,", ","), ",", -1, false));
    }
    StringBuilder all = new StringBuilder();
    classes.forEach(one -> all.append(CLASSES.getOrDefault(one, one).replaceAll("['\"]", "")));
    if (all.isEmpty()) {
      throw new PythonError("needs at least one character to choose from");
    }
    return all.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException unreadable) {
      throw new PythonError(
          "cannot read the password file '" + file + "': " + unreadable.getMessage());
    }
  }

  /** Makes the file; if another run made it meanwhile, its content counts. */
  private static String create(Path file, String content) {
    try {
      Path directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      try (var channel =
          Files.newByteChannel(
              file,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        var bytes = java.nio.ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      return content;
    } catch (FileAlreadyExistsException made) {
      return read(file);
    } catch (IOException unable) {
      throw new PythonError(
          "cannot write the password file '" + file + "': " + unable.getMessage());
    }
  }
}
