package dev.hearth.module.docker;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class DockerModules {

  private DockerModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(
        new DockerContainer(),
        new DockerSwarm(),
        new DockerSwarmInfo(),
        new DockerNode(),
        new DockerNodeInfo(),
        new DockerSecret(),
        new DockerConfig(),
        new DockerStack(),
        new DockerComposeV2Pull(),
        new DockerComposeV2Exec(),
        new DockerComposeV2Run(),
        new DockerContainerInfo(),
        new DockerContainerCopyInto(),
        new DockerContainerExec(),
        new DockerImage(),
        new DockerImageInfo(),
        new DockerImagePull(),
        new DockerImageLoad(),
        new DockerImageBuild(),
        new DockerHostInfo(),
        new DockerLogin(),
        new DockerPrune(),
        new DockerVolume(),
        new DockerVolumeInfo(),
        new DockerNetworkInfo(),
        new DockerNetwork(),
        new DockerComposeV2());
  }
}
