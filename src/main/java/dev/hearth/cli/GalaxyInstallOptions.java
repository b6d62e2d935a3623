package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.SourceFiles;
import dev.hearth.galaxy.GalaxyInstaller;
import dev.hearth.galaxy.InstallOptions;
import dev.hearth.galaxy.Progress;
import dev.hearth.galaxy.Requirements;
import dev.hearth.galaxy.RequirementsReader;
import dev.hearth.playbook.ContentPaths;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import dev.hearth.vault.VaultedFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every {@code install} below {@code hearth galaxy}, and the installing itself. */
final class GalaxyInstallOptions {

  /** What is installed. */
  enum Kind {
    /** Roles and collections. */
    BOTH,
    /** Roles only. */
    ROLES,
    /** Collections only. */
    COLLECTIONS
  }

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "roles as NAME[,VERSION], collections as NAME[:VERSION]; also addresses, files")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-r", "--role-file", "--requirements-file"},
      paramLabel = "FILE",
      description = "a file that lists what to install")
  private @Nullable Path file;

  @Option(
      names = {"-p", "--roles-path", "--collections-path"},
      paramLabel = "DIRECTORY",
      description = "where to install it")
  private @Nullable Path directory;

  @Option(
      names = {"-f", "--force"},
      description = "install again what is there already")
  private boolean force;

  @Option(names = "--force-with-deps", description = "the same, and what it needs")
  private boolean forceWithDependencies;

  @Option(
      names = {"-n", "--no-deps"},
      description = "leave out what it needs")
  private boolean noDependencies;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "SERVER",
      description = "ask this Galaxy server: a name of the settings or an address")
  private @Nullable String server;

  /**
   * Installs.
   *
   * @param upgrade take the newest collections
   * @param preReleases take collections that are no releases
   */
  ExitCode install(Environment environment, Kind kind, boolean upgrade, boolean preReleases) {
    Settings settings = new Settings(environment);
    ContentPaths paths = settings.contentPaths();
    GalaxySettings galaxy = new GalaxySettings(settings, environment);
    Progress progress =
        new Progress(
            line -> environment.out().println(line),
            warning -> environment.err().println(warning.render()));
    try (Vault vault = new Vault(VaultSecrets.none())) {
      SourceFiles files =
          path -> new VaultedFiles(vault).open(environment.workingDirectory().resolve(path));
      Requirements wanted = wanted(files, kind, environment, progress);
      InstallOptions options =
          new InstallOptions(
              to(paths.roles(), environment),
              directory == null ? paths.roles() : List.of(),
              collections(to(paths.collections(), environment)),
              force || forceWithDependencies,
              forceWithDependencies,
              !noDependencies,
              upgrade,
              preReleases);
      new GalaxyInstaller(
              options,
              new GalaxyInstaller.Surroundings(
                  environment.variables(),
                  environment.workingDirectory(),
                  files,
                  InstantSource.system(),
                  galaxy.patience()),
              galaxy.servers(Optional.ofNullable(server)),
              progress)
          .install(wanted);
    }
    return ExitCode.OK;
  }

  private Requirements wanted(
      SourceFiles files, Kind kind, Environment environment, Progress progress) {
    if ((file == null) == names.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.INVALID,
              file == null ? "nothing to install is named" : "names and a file cannot be mixed")
          .next("name what to install, or a file: -r requirements.yml")
          .failure();
    }
    RequirementsReader reader =
        new RequirementsReader(files, environment.workingDirectory(), progress::warn);
    if (file == null) {
      return reader.words(names, kind != Kind.COLLECTIONS);
    }
    Requirements all = reader.read(file);
    boolean roles = kind != Kind.COLLECTIONS;
    // One directory cannot be for both.
    boolean collections = kind == Kind.COLLECTIONS || (kind == Kind.BOTH && directory == null);
    leftOut(roles, all.roles().size(), "roles", "role", progress);
    leftOut(collections, all.collections().size(), "collections", "collection", progress);
    return new Requirements(
        roles ? all.roles() : List.of(), collections ? all.collections() : List.of());
  }

  private void leftOut(boolean done, int count, String what, String command, Progress progress) {
    if (!done && count > 0) {
      progress.warn(
          Diagnostic.warning("the " + what + " in " + file + " are left out")
              .next(
                  "install them with 'hearth galaxy "
                      + command
                      + " install -r', or all with"
                      + " 'hearth galaxy install -r' without -p"));
    }
  }

  private Path to(List<Path> usual, Environment environment) {
    return directory == null
        ? usual.getFirst()
        : environment.workingDirectory().resolve(directory).normalize();
  }

  private static Path collections(Path directory) {
    String root = "ansible_collections";
    return directory.endsWith(root) ? directory : directory.resolve(root);
  }
}
