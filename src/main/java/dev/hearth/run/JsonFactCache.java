package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.file.WholeFile;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One JSON file for each host ({@code fact_caching = jsonfile}), readable by its owner alone. What
 * is read from it is data and never a template. A fact with a secret in it is not written: the file
 * would hold it in plain text.
 */
public final class JsonFactCache implements FactCache {

  private final Path directory;
  private final String prefix;
  private final Duration timeout;
  private final InstantSource clock;
  private final Consumer<Diagnostic> warnings;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * A cache in a directory, which is made when something is written.
   *
   * @param prefix what the names of the files begin with
   * @param timeout how long a file counts; zero for ever
   * @param warnings takes why something is not cached or not read
   */
  public JsonFactCache(
      Path directory,
      String prefix,
      Duration timeout,
      InstantSource clock,
      Consumer<Diagnostic> warnings) {
    this.directory = directory;
    this.prefix = prefix;
    this.timeout = timeout;
    this.clock = clock;
    this.warnings = warnings;
  }

  @Override
  public Map<String, Value> load(String host) {
    Path file = file(host);
    try {
      if (!isFileName(host) || !Files.isRegularFile(file) || isStale(file)) {
        return Map.of();
      }
      Map<String, Value> facts = new LinkedHashMap<>();
      if (Json.read(Files.readString(file)) instanceof Value.Dict read) {
        read.entries().forEach((name, value) -> facts.put(Keywords.text(name), value));
      }
      return facts;
    } catch (IOException | HearthException | IllegalArgumentException unreadable) {
      warn(host, "the cached facts in " + file + " cannot be read and do not count", unreadable);
      return Map.of();
    }
  }

  private boolean isStale(Path file) throws IOException {
    return !timeout.isZero()
        && Files.getLastModifiedTime(file).toInstant().plus(timeout).isBefore(clock.instant());
  }

  @Override
  public void store(String host, Map<String, Value> facts) {
    if (!isFileName(host)) {
      return;
    }
    Map<String, Value> plain = new LinkedHashMap<>(facts);
    plain
        .entrySet()
        .removeIf(
            fact -> {
              boolean secret = !isPlain(fact.getValue());
              if (secret) {
                warnOfSecret(fact.getKey());
              }
              return secret;
            });
    Path file = file(host);
    try {
      if (facts.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Files.createDirectories(directory);
      String text = Json.write(Value.Dict.ofTexts(plain)) + "\n";
      WholeFile.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      warn(host, "the facts of " + host + " cannot be cached in " + file, unwritable);
    }
  }

  private Path file(String host) {
    return directory.resolve(prefix + host);
  }

  private static boolean isFileName(String host) {
    return !host.isEmpty() && !host.startsWith(".") && host.indexOf('/') < 0;
  }

  /** Whether there is no secret in it, nor anything that may yet become one. */
  private static boolean isPlain(Value value) {
    return switch (value) {
      case Value.Seq list -> allPlain(list.items());
      case Value.Dict mapping ->
          allPlain(mapping.entries().keySet()) && allPlain(mapping.entries().values());
      case Value.Secret secret -> false;
      case Value.Vaulted sealed -> false;
      case Value.Template template -> false;
      case Value.Dated date -> true;
      case Value.Dynamic dynamic -> false;
      case Value.Undefined undefined -> false;
      default -> true;
    };
  }

  private static boolean allPlain(Collection<Value> values) {
    return values.stream().allMatch(JsonFactCache::isPlain);
  }

  private void warnOfSecret(String name) {
    if (warned.add("fact " + name)) {
      warnings.accept(
          Diagnostic.warning("the fact '" + name + "' is not cached: it holds a secret")
              .because("the cache's files are plain text")
              .next("set it anew in each run, without 'cacheable'"));
    }
  }

  private void warn(String host, String summary, Exception reason) {
    if (warned.add("host " + host)) {
      warnings.accept(
          Diagnostic.warning(summary)
              .because(String.valueOf(reason.getMessage()))
              .next("correct it, or remove the file; the run goes on without"));
    }
  }
}
