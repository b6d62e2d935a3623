package dev.hearth.module;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * This machine as a host: probes and steps really run, in a shell of choice. With busybox only
 * busybox's own programs are on the path.
 */
public final class LocalHost implements Facts {

  private final TestShell shell;
  private final Path home;
  private final Map<Fact<?>, Object> known = new HashMap<>();

  /** A host with that home directory. */
  public LocalHost(TestShell shell, Path home) {
    this.shell = shell;
    this.home = home;
  }

  /** What a module decides here. */
  public <A extends Record> Verdict plan(
      Module<A> module, Map<String, Object> args, Controller controller) {
    known.clear();
    Map<String, dev.hearth.value.Value> values = Plain.values(args);
    try {
      A want =
          new Binder(controller)
              .bind(module.spec(), values, Map.of(), Location.startOf(Source.of("test", "")));
      prefetch(module.reads(want));
      return module.plan(want, this);
    } catch (Refusal refusal) {
      return Verdict.rejected(String.valueOf(refusal.getMessage()));
    }
  }

  /** Plans and does it, as often as the module asks to be planned again. */
  public <A extends Record> Result apply(
      Module<A> module, Map<String, Object> args, Controller controller) {
    for (int round = 0; round < 8; round++) {
      Verdict verdict = plan(module, args, controller);
      switch (verdict) {
        case Verdict.Satisfied satisfied -> {
          return satisfied.result();
        }
        case Verdict.Rejected rejected -> {
          return rejected.result();
        }
        case Verdict.Changes changes -> {
          List<Outcome.Exited> ends = new ArrayList<>();
          for (Step step : changes.steps()) {
            ends.add(run(step.script()));
            if (!ends.getLast().ok()) {
              break;
            }
          }
          Result result = changes.conclusion().of(ends);
          if (!changes.again() || result.failed()) {
            return result;
          }
        }
      }
    }
    throw new AssertionError("the module is never satisfied");
  }

  /** Runs a script. */
  public Outcome.Exited run(Script script) {
    try {
      List<String> words = new ArrayList<>(shell.command());
      words.add("-c");
      words.add(Renderer.forWire(script));
      ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
      builder.environment().put("HOME", home.toString());
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().put("TZ", "UTC");
      if (shell.name().equals("busybox")) {
        builder.environment().put("PATH", applets().toString());
      } else if (shell.name().endsWith(TestShell.WITHOUT_CURL)) {
        builder.environment().put("PATH", withoutCurl().toString());
      }
      Process process = builder.start();
      Thread feeder = Thread.startVirtualThread(() -> feed(process, script.input()));
      List<byte[]> error = new ArrayList<>();
      Thread errors = Thread.startVirtualThread(() -> error.add(all(process.getErrorStream())));
      byte[] out = all(process.getInputStream());
      int code = process.waitFor();
      errors.join();
      feeder.join();
      return new Outcome.Exited(code, out, error.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] all(java.io.InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void feed(Process process, Payload payload) {
    try (OutputStream in = process.getOutputStream()) {
      send(payload, in);
    } catch (IOException scriptDidNotRead) {
      // A script that fails early closes its input; its exit status tells.
      return;
    }
  }

  private static void send(Payload payload, OutputStream in) throws IOException {
    switch (payload) {
      case Payload.Nothing nothing -> {}
      case Payload.Dialogue answers -> throw new IllegalArgumentException("nobody answers here");
      case Payload.Inline inline ->
          in.write(inline.text().reveal().getBytes(StandardCharsets.UTF_8));
      case Payload.Binary binary -> in.write(binary.bytes());
      case Payload.LocalFile file -> Files.copy(file.file(), in);
      case Payload.Joined joined -> {
        for (Payload part : joined.parts()) {
          send(part, in);
        }
      }
    }
  }

  private static synchronized Path applets() throws IOException, InterruptedException {
    Path folder = Path.of("target", "busybox-applets").toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      new ProcessBuilder("/bin/busybox", "--install", "-s", folder.toString()).start().waitFor();
    }
    return folder;
  }

  private static synchronized Path withoutCurl() throws IOException {
    Path folder = Path.of("target", "programs-without-curl").toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      for (String place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
        try (Stream<Path> programs = Files.list(Path.of(place))) {
          for (Path program : programs.toList()) {
            Path link = folder.resolve(program.getFileName());
            if (!link.endsWith("curl") && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
              Files.createSymbolicLink(link, program);
            }
          }
        }
      }
    }
    return folder;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T get(Fact<T> fact) {
    return (T) known.computeIfAbsent(fact, asked -> fact.parse(run(fact.probe())));
  }

  @Override
  public void prefetch(Collection<? extends Fact<?>> facts) {
    facts.forEach(this::get);
  }
}
