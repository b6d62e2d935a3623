package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Compares what the Compose files of one host ask for with what is there when they start. */
public final class ComposeChecks {

  /** What every Linux host has, or its engine. */
  private static final List<String> OF_THE_SYSTEM =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc/group",
          "/etc/hostname",
          "/etc/hosts",
          "/etc/localtime",
          "/etc/machine-id",
          "/etc/os-release",
          "/etc/passwd",
          "/etc/resolv.conf",
          "/etc/ssl",
          "/etc/timezone",
          "/home",
          "/lib",
          "/media",
          "/mnt",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/srv",
          "/sys",
          "/tmp",
          "/usr",
          "/var/cache",
          "/var/lib/docker",
          "/var/log",
          "/var/run",
          "/");

  private final String host;
  private final Made made;
  private final Provided provided;

  /**
   * What the tasks for a host make.
   *
   * @param networks names of networks
   * @param anyNetwork whether there are tasks that may make any network
   * @param volumes names of volumes
   * @param anyVolume whether there are tasks that may make any volume
   * @param containers names of containers
   * @param anyContainer whether there are tasks that may make any container
   * @param paths files and directories
   * @param trees directories whose content is not known, such as clones
   */
  public record Made(
      List<String> networks,
      boolean anyNetwork,
      List<String> volumes,
      boolean anyVolume,
      List<String> containers,
      boolean anyContainer,
      List<String> paths,
      List<String> trees) {}

  /**
   * One project.
   *
   * @param service the service that it belongs to
   * @param directory where it is on the host
   * @param file its file
   * @param inSource whether a path relative to the directory comes with it
   * @param looked containers that the service's gates look at
   */
  public record Project(
      Service service,
      String directory,
      ComposeFile file,
      Predicate<String> inSource,
      List<Looked> looked) {

    /** Keeps its own copy. */
    public Project {
      looked = List.copyOf(looked);
    }
  }

  /** A container that a gate looks at. */
  public record Looked(String container, Location at) {}

  /** Checks for a host. */
  public ComposeChecks(String host, Made made, Provided provided) {
    this.host = host;
    this.made = made;
    this.provided = provided;
  }

  /** All that cannot work on the host. */
  public List<Diagnostic> findings(List<Project> projects) {
    List<Diagnostic> findings = new ArrayList<>();
    ports(projects, findings);
    for (Project project : projects) {
      ComposeFile file = project.file();
      external(file.networks(), "network", projects, findings);
      external(file.volumes(), "volume", projects, findings);
      file.envFiles().forEach(path -> envFile(project, path, findings));
      file.binds().forEach(path -> bind(project, path, findings));
      project.looked().forEach(looked -> container(project, looked, projects, findings));
    }
    return findings;
  }

  private void ports(List<Project> projects, List<Diagnostic> findings) {
    Map<ComposeFile.Port, Project> seen = new LinkedHashMap<>();
    for (Project project : projects) {
      for (ComposeFile.Port port : project.file().ports()) {
        seen.entrySet().stream()
            .filter(before -> before.getKey().collides(port))
            .findFirst()
            .ifPresent(
                before ->
                    findings.add(
                        Diagnostic.error(
                                port.at(),
                                "port %d of %s is published twice: by %s and by %s"
                                    .formatted(
                                        port.number(),
                                        host,
                                        before.getValue().service().name(),
                                        project.service().name()))
                            .because("it is published at " + before.getKey().at() + " already")
                            .next("give one of them another port")));
        seen.putIfAbsent(port, project);
      }
    }
  }

  private void external(
      List<ComposeFile.Shared> all,
      String kind,
      List<Project> projects,
      List<Diagnostic> findings) {
    boolean network = kind.equals("network");
    if (network ? made.anyNetwork() : made.anyVolume()) {
      return;
    }
    List<String> there = new ArrayList<>(network ? made.networks() : made.volumes());
    there.addAll(network ? provided.networks() : provided.volumes());
    projects.stream()
        .flatMap(each -> (network ? each.file().networks() : each.file().volumes()).stream())
        .filter(shared -> !shared.external())
        .forEach(shared -> there.add(shared.name()));
    for (ComposeFile.Shared shared : all) {
      if (shared.external() && !there.contains(shared.name())) {
        findings.add(
            Diagnostic.error(
                    shared.at(),
                    "nobody makes the external " + kind + " '" + shared.name() + "' on " + host)
                .because("no task of the playbook and no other Compose file does")
                .next(
                    "make it in a role (community.docker.docker_"
                        + kind
                        + "), or name it below 'provided'"));
      }
    }
  }

  private void envFile(Project project, ComposeFile.Path written, List<Diagnostic> findings) {
    String path = absolute(project, written.path());
    if (!isThere(project, written.path(), path)) {
      findings.add(
          Diagnostic.error(
                  written.at(),
                  "nobody deploys the env_file " + path + " of " + project.service().name())
              .because("Compose does not start without it, and no task for " + host + " writes it")
              .next("write it with a task, or name it below 'provided'"));
    }
  }

  private void bind(Project project, ComposeFile.Path written, List<Diagnostic> findings) {
    String path = absolute(project, written.path());
    if (!ofTheSystem(path) && !isThere(project, written.path(), path)) {
      findings.add(
          Diagnostic.error(
                  written.at(),
                  "nobody makes " + path + ", which " + project.service().name() + " mounts")
              .because("the engine would make an empty directory that belongs to root")
              .next("make it with a task, or name it below 'provided'"));
    }
  }

  /** Newer versions of a service may have other containers than those before. */
  private void container(
      Project project, Looked looked, List<Project> projects, List<Diagnostic> findings) {
    String wanted = looked.container();
    boolean made =
        this.made.anyContainer()
            || this.made.containers().contains(wanted)
            || projects.stream()
                .anyMatch(
                    each ->
                        each.file().containers().stream()
                            .anyMatch(container -> container.isCalled(wanted)));
    if (!made) {
      findings.add(
          Diagnostic.error(
                  looked.at(),
                  "a gate of %s looks at the container '%s', which nobody makes on %s"
                      .formatted(project.service().name(), wanted, host))
              .because("its Compose file makes other containers: the gate would never pass")
              .next("remove the gate, or correct the name of the container"));
    }
  }

  private boolean isThere(Project project, String written, String path) {
    boolean inside = path.startsWith(project.directory() + "/");
    boolean made =
        this.made.paths().stream()
            .anyMatch(each -> each.equals(path) || each.startsWith(path + "/"));
    boolean unseen =
        !inside && this.made.trees().stream().anyMatch(tree -> path.startsWith(tree + "/"));
    boolean given =
        provided.paths().stream()
            .anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    boolean brought =
        inside && project.inSource().test(path.substring(project.directory().length() + 1));
    return made || unseen || given || brought || written.startsWith("~");
  }

  private static boolean ofTheSystem(String path) {
    return OF_THE_SYSTEM.stream()
        .anyMatch(known -> path.equals(known) || (nested(known) && path.startsWith(known + "/")));
  }

  /** Whether what is below is of the system, too, and not the user's. */
  private static boolean nested(String known) {
    return !List.of("/", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/tmp")
        .contains(known);
  }

  private static String absolute(Project project, String path) {
    String whole = path.startsWith("/") ? path : project.directory() + "/" + path;
    return java.nio.file.Path.of(whole).normalize().toString();
  }
}
