package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a container sees of disks and devices: parameters of {@code docker_container}. */
public record ContainerStorage(
    @Arg(doc = "Graphics processors and the like, as the engine's DeviceRequests.")
        List<Map<String, Value>> deviceRequests,
    @Arg(doc = "Rules for devices that come later.") List<String> deviceCgroupRules,
    @Arg(doc = "Devices of the host: `/dev/x`, `/dev/x:/dev/y`, `/dev/x:/dev/y:rw`.")
        List<String> devices,
    @Arg(doc = "What writes its log.") Optional<String> logDriver,
    @Arg(
            doc = "Options of the log's driver.",
            aliases = {"log_opt"})
        Map<String, Value> logOptions,
    @Arg(
            doc =
                "Mounts: mappings with `target`, `source`, `type` (bind, tmpfs, volume),"
                    + " `read_only` and the options of the type.")
        List<Map<String, Value>> mounts,
    @Arg(doc = "Its own files cannot be changed.") Optional<Boolean> readOnly,
    @Arg(doc = "Options of its file system.") Map<String, Value> storageOpts,
    @Arg(doc = "Directories in memory, perhaps with options behind a colon.") List<String> tmpfs,
    @Arg(doc = "Volumes: `/host:/container:ro`, `name:/container`, `/container`.")
        List<String> volumes,
    @Arg(doc = "The driver of volumes that have to be made.") Optional<String> volumeDriver,
    @Arg(doc = "Containers whose volumes it sees as well.") List<String> volumesFrom) {}
