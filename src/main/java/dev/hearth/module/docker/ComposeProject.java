package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which project of docker compose a task means: parameters that all compose modules share. */
public record ComposeProject(
    @Arg(doc = "The project's directory on the host.") Optional<String> projectSrc,
    @Arg(doc = "The project's name; the directory's otherwise.") Optional<String> projectName,
    @Arg(doc = "The project itself instead of files; needs `project_name`.")
        Map<String, Value> definition,
    @Arg(doc = "Files of the project, relative to its directory.") List<String> files,
    @Arg(doc = "Files with variables.") List<String> envFiles,
    @Arg(doc = "Profiles that are on.") List<String> profiles,
    @Arg(doc = "Complain about missing files; compose does it itself.", defaultsTo = "true")
        boolean checkFilesExisting) {

  /**
   * Checks that the parameters mean one project.
   *
   * @throws Refusal when they do not
   */
  void check() {
    if (projectSrc.isEmpty() == definition.isEmpty()) {
      throw new Refusal("give either project_src or definition");
    }
    if (!definition.isEmpty() && projectName.isEmpty()) {
      throw new Refusal("definition needs project_name");
    }
    if (!definition.isEmpty() && !files.isEmpty()) {
      throw new Refusal("files and definition exclude each other");
    }
    projectSrc
        .filter(src -> !src.startsWith("/"))
        .ifPresent(
            src -> {
              throw new Refusal("project_src must be an absolute path on the host, not " + src);
            });
  }

  /** The definition as JSON, which compose takes for YAML. */
  Optional<Value.Textual> json() {
    return definition.isEmpty()
        ? Optional.empty()
        : Optional.of(PythonJson.write(Value.Dict.ofTexts(definition)));
  }

  /**
   * Options that say which project is meant, in front of the command; a definition is read from
   * standard input.
   */
  List<String> options() {
    List<String> words = new ArrayList<>();
    if (!definition.isEmpty()) {
      words.addAll(List.of("--file", "-"));
    }
    projectName.ifPresent(name -> words.addAll(List.of("--project-name", name)));
    files.forEach(file -> words.addAll(List.of("--file", file)));
    envFiles.forEach(file -> words.addAll(List.of("--env-file", file)));
    profiles.forEach(profile -> words.addAll(List.of("--profile", profile)));
    return words;
  }

  /**
   * A script, begun by {@link ComposeFact#RUN}, that runs compose in the project with these words
   * around the project's options.
   *
   * @param stdin what it reads behind the definition
   */
  Script script(
      String body, List<String> before, List<String> command, Optional<Value.Textual> stdin) {
    List<String> words = new ArrayList<>();
    words.add(projectSrc.orElse(""));
    words.add(json().map(ComposeFact::length).orElse("no"));
    words.addAll(before);
    words.addAll(options());
    words.addAll(command);
    Script script = Script.of(ComposeFact.RUN + body, words.toArray(String[]::new));
    Optional<Value.Textual> read =
        json().map(it -> stdin.map(more -> joined(it, more)).orElse(it)).or(() -> stdin);
    return read.map(text -> script.reading(Payload.of(text))).orElse(script);
  }

  /** One text; a secret when one of the two is. */
  private static Value.Textual joined(Value.Textual first, Value.Textual second) {
    String both = first.reveal() + second.reveal();
    return second instanceof Value.Secret ? second.with(both) : first.with(both);
  }
}
