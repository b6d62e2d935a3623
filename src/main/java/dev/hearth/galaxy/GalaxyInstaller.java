package dev.hearth.galaxy;

import dev.hearth.diag.SourceFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Installs what requirements ask for, as {@code ansible-galaxy install} does. */
public final class GalaxyInstaller {

  private final InstallOptions options;
  private final Surroundings surroundings;
  private final List<GalaxyServer> servers;
  private final Progress progress;

  /**
   * What it works with.
   *
   * @param variables the environment that {@code git} sees
   * @param workingDirectory what relative addresses of repositories are relative to
   * @param files opens files of fetched roles
   * @param clock says when something was installed
   * @param patience how long one request may take
   */
  public record Surroundings(
      Map<String, String> variables,
      Path workingDirectory,
      SourceFiles files,
      InstantSource clock,
      Duration patience) {

    /** Keeps its own copy. */
    public Surroundings {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * An installer.
   *
   * @param servers the Galaxy servers, in the order in which they are asked
   */
  public GalaxyInstaller(
      InstallOptions options,
      Surroundings surroundings,
      List<GalaxyServer> servers,
      Progress progress) {
    this.options = options;
    this.surroundings = surroundings;
    this.servers = List.copyOf(servers);
    this.progress = progress;
  }

  /**
   * Installs them: roles, then collections.
   *
   * @throws dev.hearth.diag.HearthException if something cannot be fetched or is not what it should
   *     be; no role (or no collection) was installed then
   */
  public void install(Requirements requirements) {
    try (Http http = new Http(surroundings.patience())) {
      Fetcher fetcher =
          new Fetcher(new Git(surroundings.variables(), surroundings.workingDirectory()), http);
      List<GalaxyApi> apis = servers.stream().map(server -> new GalaxyApi(server, http)).toList();
      new RoleInstaller(options, fetcher, apis, surroundings.files(), progress)
          .install(requirements.roles(), surroundings.clock().instant());
      new CollectionInstaller(options, fetcher, apis, progress)
          .install(requirements.collections(), surroundings.clock().instant());
    }
  }
}
