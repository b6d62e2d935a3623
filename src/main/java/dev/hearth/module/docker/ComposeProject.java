package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which project of docker compose a task means: parameters of the smaller compose modules. */
public record ComposeProject(
    @Arg(doc = "The project's directory on the host.") Optional<String> projectSrc,
    @Arg(doc = "The project's name; the directory's otherwise.") Optional<String> projectName,
    @Arg(doc = "The project itself; refused, write it into a file.") Map<String, Value> definition,
    @Arg(doc = "Files of the project, relative to its directory.") List<String> files,
    @Arg(doc = "Files with variables.") List<String> envFiles,
    @Arg(doc = "Profiles that are on.") List<String> profiles,
    @Arg(doc = "Complain about missing files; compose does it itself.", defaultsTo = "true")
        boolean checkFilesExisting) {

  /** Refuses a definition in the task. */
  public ComposeProject {
    if (!definition.isEmpty()) {
      throw new Refusal("definition is not supported here; write it into a file with copy");
    }
  }

  /** A script that runs compose in the project with these words behind its own options. */
  Script script(String body, List<String> before, List<String> command) {
    List<String> words = new ArrayList<>();
    words.add(projectSrc.orElse(""));
    words.add("no");
    words.addAll(before);
    projectName.ifPresent(name -> words.addAll(List.of("--project-name", name)));
    files.forEach(file -> words.addAll(List.of("--file", file)));
    envFiles.forEach(file -> words.addAll(List.of("--env-file", file)));
    profiles.forEach(profile -> words.addAll(List.of("--profile", profile)));
    words.addAll(command);
    return Script.of(ComposeFact.RUN + body, words.toArray(String[]::new));
  }
}
