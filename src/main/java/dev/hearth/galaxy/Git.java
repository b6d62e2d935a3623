package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches with the {@code git} program. It never asks anybody, runs no hooks and uses no transport
 * that starts programs; a login in an address goes through the environment, not the arguments.
 */
final class Git {

  private static final int SHOWN_LINES = 5;
  private static final Pattern LOGINS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/@\\s]*@");

  /** They would point git at another repository, for instance when a git hook starts Hearth. */
  private static final List<String> MISLEADING =
      List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY");

  private static final Pattern HTTP_LOGIN = Pattern.compile("(https?://)([^/@]*)@(.*)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

  private final Map<String, String> variables;
  private final Path workingDirectory;

  Git(Map<String, String> variables, Path workingDirectory) {
    this.variables = Map.copyOf(variables);
    this.workingDirectory = workingDirectory;
  }

  /**
   * Unpacks one state of a repository.
   *
   * @param url the repository
   * @param reference a tag, branch or commit; empty for the head
   * @param at where it is asked for
   * @param scratch a directory for the clone
   * @param into where to unpack it
   * @return the commit
   * @throws HearthException if it cannot be fetched or has no such state
   */
  String fetch(String url, Optional<String> reference, Location at, Path scratch, Path into) {
    String shown = Origin.withoutLogin(url);
    if (url.startsWith("-") || reference.filter(name -> name.startsWith("-")).isPresent()) {
      throw Diagnostic.error(at, "no repository, tag or branch begins with '-'")
          .next("correct it")
          .failure();
    }
    Path clone = scratch.resolve("clone");
    run(
        url,
        at,
        "cannot fetch " + shown,
        List.of("clone", "--quiet", "--bare", "--", withoutLogin(url), clone.toString()));
    String commit = commit(url, reference, at, clone);
    String what = shown + " at " + reference.orElse("its head");
    Process process =
        start(url, at, List.of("--git-dir=" + clone, "archive", "--format=tar", commit));
    try (InputStream tar = process.getInputStream()) {
      Archive.unpack(tar, what, at, into);
      tar.transferTo(OutputStream.nullOutputStream());
      if (process.waitFor() != 0) {
        throw Diagnostic.error(at, "git cannot give the files of " + what)
            .exit(ExitCode.FAILED)
            .next("try it by hand: git clone " + shown)
            .failure();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw interrupted(at);
    } finally {
      process.destroy();
    }
    return commit;
  }

  private String commit(String url, Optional<String> reference, Location at, Path clone) {
    List<String> names = new ArrayList<>();
    reference.ifPresentOrElse(
        name -> {
          names.add("refs/tags/" + name);
          names.add("refs/heads/" + name);
          if (COMMIT.matcher(name).matches()) {
            names.add(name);
          }
        },
        () -> names.add("HEAD"));
    for (String name : names) {
      Optional<String> found =
          asked(
              url,
              at,
              List.of(
                  "--git-dir=" + clone,
                  "rev-parse",
                  "--quiet",
                  "--verify",
                  "--end-of-options",
                  name + "^{commit}"));
      if (found.isPresent()) {
        return found.get();
      }
    }
    String shown = Origin.withoutLogin(url);
    throw Diagnostic.error(
            at,
            reference
                .map(name -> shown + " has no tag, branch or commit '" + name + "'")
                .orElse(shown + " has no commit yet"))
        .exit(ExitCode.NOT_FOUND)
        .next("see what there is: git ls-remote " + shown)
        .failure();
  }

  private Optional<String> asked(String url, Location at, List<String> arguments) {
    Process process = start(url, at, arguments);
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      process.destroy();
      throw interrupted(at);
    }
  }

  private void run(String url, Location at, String summary, List<String> arguments) {
    Path errors = null;
    try {
      errors = Files.createTempFile("hearth-git", ".log");
      Process process = builder(url, arguments).redirectError(errors.toFile()).start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      if (process.waitFor() != 0) {
        throw Diagnostic.error(at, summary)
            .exit(ExitCode.FAILED)
            .because(said(errors))
            .next("try it by hand: git ls-remote " + Origin.withoutLogin(url))
            .failure();
      }
    } catch (IOException failure) {
      throw noGit(at, failure);
    } catch (InterruptedException stopped) {
      throw interrupted(at);
    } finally {
      delete(errors);
    }
  }

  private static String said(Path errors) throws IOException {
    String text = Files.readString(errors, StandardCharsets.UTF_8).strip();
    List<String> lines = text.lines().toList();
    String end =
        String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    return end.isEmpty() ? "git says nothing" : LOGINS.matcher(end).replaceAll("$1");
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // A log without secrets stays in the directory for temporary files.
    }
  }

  private Process start(String url, Location at, List<String> arguments) {
    try {
      return builder(url, arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException failure) {
      throw noGit(at, failure);
    }
  }

  private ProcessBuilder builder(String url, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.keySet().removeAll(MISLEADING);
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
    environment.put("LC_ALL", "C");
    Matcher login = HTTP_LOGIN.matcher(url);
    if (login.matches()) {
      String encoded =
          Base64.getEncoder()
              .encodeToString(decoded(login.group(2)).getBytes(StandardCharsets.UTF_8));
      environment.put("GIT_CONFIG_COUNT", "1");
      environment.put(
          "GIT_CONFIG_KEY_0", "http." + login.group(1) + host(login.group(3)) + "/.extraHeader");
      environment.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + encoded);
    }
    return builder.redirectInput(Path.of("/dev/null").toFile());
  }

  private static String host(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static String decoded(String login) {
    String plain = URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8);
    // A token alone is a name with an empty password.
    return plain.contains(":") ? plain : plain + ":";
  }

  private static String withoutLogin(String url) {
    return HTTP_LOGIN.matcher(url).replaceFirst("$1$3");
  }

  private static HearthException noGit(Location at, IOException failure) {
    return Diagnostic.error(at, "cannot run git")
        .exit(ExitCode.FAILED)
        .because(String.valueOf(failure.getMessage()))
        .next("install it: apt install git")
        .failure();
  }

  private static HearthException interrupted(Location at) {
    Thread.currentThread().interrupt();
    return Diagnostic.error(at, "stopped while git was fetching")
        .exit(ExitCode.INTERRUPTED)
        .next("run it again; nothing was installed")
        .failure();
  }
}
