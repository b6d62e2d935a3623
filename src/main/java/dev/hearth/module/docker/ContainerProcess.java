package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs in a container and as whom: parameters of {@code docker_container}. */
public record ContainerProcess(
    @Arg(doc = "Rights that it gets beyond the usual ones.") List<String> capabilities,
    @Arg(doc = "Rights that it does not get.") List<String> capDrop,
    @Arg(doc = "The command, as one text or a list of words.") Optional<Value> command,
    @Arg(
            doc = "How texts become words; `correct` keeps words of a list as they are.",
            choices = {"compatibility", "correct"},
            defaultsTo = "correct")
        String commandHandling,
    @Arg(doc = "The program that gets the command.") Optional<List<Value.Textual>> entrypoint,
    @Arg(doc = "Environment variables; the values must be texts.") Map<String, Value> env,
    @Arg(doc = "A file on the host with variables, a NAME=value a line.") Optional<String> envFile,
    @Arg(doc = "Further groups of its user.") List<String> groups,
    @Arg(
            doc =
                "How its health is checked: `test`, `interval`, `timeout`, `start_period`,"
                    + " `start_interval`, `retries`.")
        Map<String, Value> healthcheck,
    @Arg(doc = "Whether an init process reaps what ended.") Optional<Boolean> init,
    @Arg(doc = "Keep its standard input open.") Optional<Boolean> interactive,
    @Arg(doc = "`private`, `host`, `shareable` or `container:NAME`.") Optional<String> ipcMode,
    @Arg(doc = "`host` or `container:NAME`.") Optional<String> pidMode,
    @Arg(doc = "All rights and devices of the host.") Optional<Boolean> privileged,
    @Arg(doc = "The runtime that starts it.") Optional<String> runtime,
    @Arg(doc = "Options of the kernel's guards.") List<String> securityOpts,
    @Arg(doc = "The signal that asks it to stop.") Optional<String> stopSignal,
    @Arg(doc = "Seconds between that signal and its end by force.") Optional<Integer> stopTimeout,
    @Arg(doc = "Give it a terminal.") Optional<Boolean> tty,
    @Arg(doc = "The user, name or number, perhaps with a group.") Optional<String> user,
    @Arg(doc = "The user name space.") Optional<String> usernsMode,
    @Arg(doc = "The name space of its host name.") Optional<String> uts,
    @Arg(doc = "The directory it starts in.") Optional<String> workingDir) {

  /**
   * What the container notes of the client that makes it: as in Ansible's module one that listens,
   * unless the task says that it is detached.
   */
  Map<String, Value> attachment(boolean detached) {
    boolean speaks = !detached && interactive.orElse(false);
    Map<String, Value> attachment = new LinkedHashMap<>();
    attachment.put("AttachStdin", Value.bool(speaks));
    attachment.put("AttachStdout", Value.bool(!detached));
    attachment.put("AttachStderr", Value.bool(!detached));
    attachment.put("StdinOnce", Value.bool(speaks));
    return attachment;
  }
}
