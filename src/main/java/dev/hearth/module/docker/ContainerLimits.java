package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container may use: the parameters of {@code docker_container} about processors, memory and
 * the kernel.
 */
public record ContainerLimits(
    @Arg(doc = "Share of the disk's time, 10 to 1000.") Optional<Integer> blkioWeight,
    @Arg(doc = "Parent of the container's control group.") Optional<String> cgroupParent,
    @Arg(
            doc = "Whether it sees the host's control groups.",
            choices = {"host", "private"})
        Optional<String> cgroupnsMode,
    @Arg(doc = "Processors it may use, such as 1.5.") Optional<Double> cpus,
    @Arg(doc = "Length of the scheduler's period in microseconds.") Optional<Integer> cpuPeriod,
    @Arg(doc = "Microseconds it may run in a period.") Optional<Integer> cpuQuota,
    @Arg(doc = "Its weight against other containers.") Optional<Integer> cpuShares,
    @Arg(doc = "The processors it may run on, such as `0-2`.") Optional<String> cpusetCpus,
    @Arg(doc = "The memory nodes it may use.") Optional<String> cpusetMems,
    @Arg(doc = "Reading speeds: mappings with `path` and `rate` in bytes, with a unit or not.")
        List<Map<String, Value>> deviceReadBps,
    @Arg(doc = "Writing speeds, as `device_read_bps`.") List<Map<String, Value>> deviceWriteBps,
    @Arg(doc = "Reads in a second: mappings with `path` and `rate`.")
        List<Map<String, Value>> deviceReadIops,
    @Arg(doc = "Writes in a second, as `device_read_iops`.")
        List<Map<String, Value>> deviceWriteIops,
    @Arg(doc = "Memory of the kernel; old engines only.") Optional<String> kernelMemory,
    @Arg(doc = "Memory it may use, such as `512m`.") Optional<String> memory,
    @Arg(doc = "Memory it keeps when memory is short.") Optional<String> memoryReservation,
    @Arg(doc = "Memory and swap together; `unlimited` for no limit.") Optional<String> memorySwap,
    @Arg(doc = "How eagerly it is swapped out, 0 to 100.") Optional<Integer> memorySwappiness,
    @Arg(doc = "Never end it when memory runs out.") Optional<Boolean> oomKiller,
    @Arg(doc = "How early it is ended when memory runs out.") Optional<Integer> oomScoreAdj,
    @Arg(doc = "Processes it may have; -1 for any number.") Optional<Integer> pidsLimit,
    @Arg(doc = "Size of /dev/shm, such as `64m`.") Optional<String> shmSize,
    @Arg(doc = "Settings of the kernel.") Map<String, Value> sysctls,
    @Arg(doc = "Limits of its processes, such as `nofile:1024:2048`.") List<String> ulimits) {}
