package dev.hearth.module.docker;

import dev.hearth.module.CommandLine;
import dev.hearth.module.Refusal;
import dev.hearth.module.docker.Setting.Kind;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All properties that a task gives to a container, beside what an existing container has. Nothing
 * said is nothing compared.
 */
final class ContainerSettings {

  private static final String HOST = "HostConfig";

  private final DockerContainer.Args want;
  private final Map<String, Value.Textual> fileVariables;
  private final EngineObject now;
  private final EngineObject image;
  private final UnaryOperator<String> containerId;
  private final String usualIp;
  private final List<Setting> all = new ArrayList<>();

  /**
   * @param fileVariables environment variables from the host's file
   * @param now the container; an empty description when there is none
   * @param image the image that properties come from as well; an empty description for none
   * @param containerId the id of a container by its name
   * @param usualIp the address that published ports listen on when they name none
   */
  ContainerSettings(
      DockerContainer.Args want,
      Map<String, Value.Textual> fileVariables,
      EngineObject now,
      EngineObject image,
      UnaryOperator<String> containerId,
      String usualIp) {
    this.want = want;
    this.fileVariables = fileVariables;
    this.now = now;
    this.image = image;
    this.containerId = containerId;
    this.usualIp = usualIp;
  }

  List<Setting> all() {
    limits(want.limits());
    process(want.process());
    environment(want.process());
    networking(want.networking());
    storage(want.storage());
    host("auto_remove", "AutoRemove", want.autoRemove().map(Value::bool));
    if (want.restartPolicy().isPresent()) {
      Map<String, Value> policy = new LinkedHashMap<>();
      policy.put("Name", Value.text(want.restartPolicy().get()));
      want.restartRetries().ifPresent(n -> policy.put("MaximumRetryCount", Value.number(n)));
      add("restart_policy", Kind.DICT, Value.Dict.ofTexts(policy), true, HOST, "RestartPolicy");
    }
    if (!want.labels().isEmpty()) {
      Map<String, Value> expected = new LinkedHashMap<>();
      if (want.imageLabelMismatch().equals("ignore")) {
        expected.putAll(image.entries("Config", "Labels"));
      }
      Value.Dict given = texts(want.labels());
      given.entries().forEach((key, value) -> expected.put(scalar(key), value));
      add("labels", Kind.DICT, given, Value.Dict.ofTexts(expected), false, "Labels");
    }
    return List.copyOf(all);
  }

  private void limits(ContainerLimits its) {
    live("blkio_weight", "BlkioWeight", number(its.blkioWeight()));
    host("cgroup_parent", "CgroupParent", text(its.cgroupParent()));
    host("cgroupns_mode", "CgroupnsMode", text(its.cgroupnsMode()));
    host("cpus", "NanoCpus", its.cpus().map(cpus -> Value.number(Math.round(cpus * 1e9))));
    live("cpu_period", "CpuPeriod", number(its.cpuPeriod()));
    live("cpu_quota", "CpuQuota", number(its.cpuQuota()));
    live("cpu_shares", "CpuShares", number(its.cpuShares()));
    live("cpuset_cpus", "CpusetCpus", text(its.cpusetCpus()));
    live("cpuset_mems", "CpusetMems", text(its.cpusetMems()));
    rates("device_read_bps", "BlkioDeviceReadBps", its.deviceReadBps());
    rates("device_write_bps", "BlkioDeviceWriteBps", its.deviceWriteBps());
    rates("device_read_iops", "BlkioDeviceReadIOps", its.deviceReadIops());
    rates("device_write_iops", "BlkioDeviceWriteIOps", its.deviceWriteIops());
    live("kernel_memory", "KernelMemory", bytes(its.kernelMemory()));
    live("memory", "Memory", bytes(its.memory()));
    live("memory_reservation", "MemoryReservation", bytes(its.memoryReservation()));
    live("memory_swap", "MemorySwap", bytes(its.memorySwap()));
    host("memory_swappiness", "MemorySwappiness", number(its.memorySwappiness()));
    host("oom_killer", "OomKillDisable", flag(its.oomKiller()));
    host("oom_score_adj", "OomScoreAdj", number(its.oomScoreAdj()));
    host("pids_limit", "PidsLimit", number(its.pidsLimit()));
    host("shm_size", "ShmSize", bytes(its.shmSize()));
    dict("sysctls", "Sysctls", its.sysctls());
    set("ulimits", "Ulimits", its.ulimits().stream().map(ContainerSettings::ulimit).toList());
  }

  private void process(ContainerProcess its) {
    set("capabilities", "CapAdd", rights(its.capabilities()), rights(now.items(HOST, "CapAdd")));
    set("cap_drop", "CapDrop", rights(its.capDrop()), rights(now.items(HOST, "CapDrop")));
    boolean exact = its.commandHandling().equals("correct");
    its.command().ifPresent(command -> words("command", "Cmd", command, exact));
    its.entrypoint()
        .ifPresent(
            program ->
                words("entrypoint", "Entrypoint", new Value.Seq(List.copyOf(program)), exact));
    set("groups", "GroupAdd", each(its.groups()));
    if (!its.healthcheck().isEmpty()) {
      add("healthcheck", Kind.DICT, HealthCheck.of(its.healthcheck()), false, "Healthcheck");
    }
    host("init", "Init", flag(its.init()));
    own("interactive", "OpenStdin", flag(its.interactive()));
    host("ipc_mode", "IpcMode", mode(its.ipcMode()));
    host("pid_mode", "PidMode", mode(its.pidMode()));
    host("privileged", "Privileged", flag(its.privileged()));
    host("runtime", "Runtime", text(its.runtime()));
    set("security_opts", "SecurityOpt", each(its.securityOpts()));
    own("stop_signal", "StopSignal", text(its.stopSignal()));
    own("stop_timeout", "StopTimeout", number(its.stopTimeout()));
    own("tty", "Tty", flag(its.tty()));
    own("user", "User", text(its.user()));
    host("userns_mode", "UsernsMode", text(its.usernsMode()));
    host("uts", "UTSMode", text(its.uts()));
    own("working_dir", "WorkingDir", text(its.workingDir()));
  }

  private void environment(ContainerProcess its) {
    Map<String, Value.Textual> given = new LinkedHashMap<>(fileVariables);
    its.env()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Value.Textual text)) {
                throw new Refusal(
                    "Non-string value found for env option. Ambiguous env options must be wrapped"
                        + " in quotes to avoid them being interpreted. Key: "
                        + name);
              }
              given.put(name, text);
            });
    if (given.isEmpty()) {
      return;
    }
    Map<String, Value> expected = new LinkedHashMap<>();
    for (Value line : image.items("Config", "Env")) {
      expected.put(scalar(line).replaceFirst("(?s)=.*", ""), line);
    }
    List<Value> sent = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          Value line = value.with(name + "=" + value.reveal());
          sent.add(line);
          expected.put(name, line);
        });
    add("env", Kind.SET, new Value.Seq(sent), seq(expected.values()), false, "Env");
  }

  private void networking(ContainerNetworking its) {
    set("dns_opts", "DnsOptions", each(its.dnsOpts()));
    list("dns_search_domains", "DnsSearch", its.dnsSearchDomains());
    list("dns_servers", "Dns", its.dnsServers());
    own("domainname", "Domainname", text(its.domainname()));
    set(
        "etc_hosts",
        "ExtraHosts",
        its.etcHosts().entrySet().stream()
            .<Value>map(entry -> Value.text(entry.getKey() + ":" + scalar(entry.getValue())))
            .toList());
    own("hostname", "Hostname", text(its.hostname()));
    List<Value> links = new ArrayList<>();
    for (String link : its.links()) {
      String[] parts = link.split(":", 2);
      links.add(Value.text("/" + parts[0] + ":/" + want.name() + "/" + parts[parts.length - 1]));
    }
    set("links", "Links", links);
    own("mac_address", "MacAddress", its.macAddress().map(this::hardwareAddress));
    Optional<Value> mode = mode(ContainerNetworks.mode(its));
    if (mode.isPresent() && scalar(mode.get()).equals("default")) {
      mode = Optional.of(Value.text("bridge"));
    }
    Value actual = now.at(HOST, "NetworkMode");
    if (scalar(actual).equals("default")) {
      actual = Value.text("bridge");
    }
    if (mode.isPresent()) {
      Value wanted = mode.get();
      add(
          new Setting(
              "network_mode",
              Kind.VALUE,
              List.of(HOST, "NetworkMode"),
              wanted,
              wanted,
              actual,
              false));
    }
    new PortBindings(its, usualIp).settings(now, image).forEach(this::add);
  }

  /** As the container's is written, if it is the same. */
  private Value hardwareAddress(String given) {
    String colons = given.replace('-', ':');
    Value there = now.at("Config", "MacAddress");
    return scalar(there).equalsIgnoreCase(colons) ? there : Value.text(colons);
  }

  private void storage(ContainerStorage its) {
    set("device_cgroup_rules", "DeviceCgroupRules", each(its.deviceCgroupRules()));
    set("devices", "Devices", its.devices().stream().map(ContainerSettings::device).toList());
    set(
        "device_requests",
        "DeviceRequests",
        its.deviceRequests().stream().map(ContainerSettings::deviceRequest).toList());
    if (its.logDriver().isPresent()) {
      Map<String, Value> log = new LinkedHashMap<>();
      log.put("Type", Value.text(its.logDriver().get()));
      log.put("Config", texts(its.logOptions()));
      add("log_driver", Kind.DICT, Value.Dict.ofTexts(log), false, HOST, "LogConfig");
    } else if (!its.logOptions().isEmpty()) {
      throw new Refusal("log_options needs log_driver");
    }
    host("read_only", "ReadonlyRootfs", flag(its.readOnly()));
    dict("storage_opts", "StorageOpt", its.storageOpts());
    Map<String, Value> inMemory = new LinkedHashMap<>();
    for (String each : its.tmpfs()) {
      String[] parts = each.split(":", 2);
      inMemory.put(parts[0], Value.text(parts.length > 1 ? parts[1] : ""));
    }
    dict("tmpfs", "Tmpfs", inMemory);
    host("volume_driver", "VolumeDriver", text(its.volumeDriver()));
    set("volumes_from", "VolumesFrom", each(its.volumesFrom()));
    new ContainerVolumes(its).settings(now, image).forEach(this::add);
  }

  private void add(Setting setting) {
    all.add(setting);
  }

  private void add(String name, Kind kind, Value wanted, boolean live, String... key) {
    add(name, kind, wanted, wanted, live, key);
  }

  private void add(
      String name, Kind kind, Value sent, Value expected, boolean live, String... key) {
    Value actual = key.length == 1 ? now.at("Config", key[0]) : now.at(key);
    all.add(new Setting(name, kind, List.of(key), sent, expected, actual, live));
  }

  private void own(String name, String key, Optional<Value> wanted) {
    wanted.ifPresent(value -> add(name, Kind.VALUE, value, false, key));
  }

  private void host(String name, String key, Optional<? extends Value> wanted) {
    wanted.ifPresent(value -> add(name, Kind.VALUE, value, false, HOST, key));
  }

  private void live(String name, String key, Optional<? extends Value> wanted) {
    wanted.ifPresent(value -> add(name, Kind.VALUE, value, true, HOST, key));
  }

  private void set(String name, String key, List<Value> wanted) {
    if (!wanted.isEmpty()) {
      add(name, Kind.SET, new Value.Seq(wanted), false, HOST, key);
    }
  }

  private void set(String name, String key, List<Value> wanted, List<Value> there) {
    if (!wanted.isEmpty()) {
      Value sent = new Value.Seq(wanted);
      all.add(
          new Setting(name, Kind.SET, List.of(HOST, key), sent, sent, new Value.Seq(there), false));
    }
  }

  private void list(String name, String key, List<String> wanted) {
    if (!wanted.isEmpty()) {
      add(name, Kind.LIST, new Value.Seq(each(wanted)), false, HOST, key);
    }
  }

  private void dict(String name, String key, Map<String, Value> wanted) {
    if (!wanted.isEmpty()) {
      add(name, Kind.DICT, texts(wanted), false, HOST, key);
    }
  }

  /** Words as given, or split where a text holds several. */
  private void words(String name, String key, Value given, boolean exact) {
    List<Value> words = new ArrayList<>();
    switch (given) {
      case Value.Seq list when exact ->
          list.items()
              .forEach(
                  item ->
                      words.add(
                          item instanceof Value.Textual text ? text : Value.text(scalar(item))));
      case Value.Seq list -> list.items().forEach(item -> split(item, words));
      default -> split(given, words);
    }
    if (!words.isEmpty() || exact) {
      add(name, Kind.LIST, new Value.Seq(words), false, key);
    }
  }

  private static void split(Value text, List<Value> words) {
    for (String word : CommandLine.split(scalar(text))) {
      words.add(text instanceof Value.Secret secret ? secret.with(word) : Value.text(word));
    }
  }

  private void rates(String name, String key, List<Map<String, Value>> given) {
    List<Value> rates = new ArrayList<>();
    for (Map<String, Value> each : given) {
      Map<String, Value> rate = new LinkedHashMap<>();
      rate.put("Path", Value.text(scalar(each.getOrDefault("path", Value.NULL))));
      rate.put("Rate", Value.number(Bytes.of(scalar(each.getOrDefault("rate", Value.NULL)))));
      rates.add(Value.Dict.ofTexts(rate));
    }
    set(name, key, rates);
  }

  private Optional<Value> mode(Optional<String> given) {
    return given.map(
        mode ->
            Value.text(
                mode.startsWith("container:")
                    ? "container:" + containerId.apply(mode.substring("container:".length()))
                    : mode));
  }

  private static Value ulimit(String written) {
    String[] parts = written.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new Refusal("'" + written + "' is no limit; write name:soft:hard");
    }
    Map<String, Value> limit = new LinkedHashMap<>();
    limit.put("Name", Value.text(parts[0]));
    limit.put("Soft", Value.number(Bytes.of(parts[1])));
    limit.put("Hard", Value.number(Bytes.of(parts[parts.length - 1])));
    return Value.Dict.ofTexts(limit);
  }

  private static Value device(String written) {
    String[] parts = written.split(":", -1);
    Map<String, Value> device = new LinkedHashMap<>();
    device.put("PathOnHost", Value.text(parts[0]));
    device.put("PathInContainer", Value.text(parts.length > 1 ? parts[1] : parts[0]));
    device.put("CgroupPermissions", Value.text(parts.length > 2 ? parts[2] : "rwm"));
    return Value.Dict.ofTexts(device);
  }

  private static Value deviceRequest(Map<String, Value> given) {
    Map<String, String> names =
        Map.of(
            "driver", "Driver",
            "count", "Count",
            "device_ids", "DeviceIDs",
            "capabilities", "Capabilities",
            "options", "Options");
    Map<String, Value> request = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          String name = names.get(key);
          if (name == null) {
            throw new Refusal("device_requests has no '" + key + "'");
          }
          if (!(value instanceof Value.Null)) {
            request.put(name, value);
          }
        });
    return Value.Dict.ofTexts(request);
  }

  private static List<Value> rights(List<?> given) {
    return given.stream()
        .map(each -> each instanceof Value value ? scalar(value) : String.valueOf(each))
        .<Value>map(name -> Value.text(name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "")))
        .toList();
  }

  static List<Value> each(List<String> texts) {
    return texts.stream().<Value>map(text -> Value.text(text)).toList();
  }

  private static Value seq(java.util.Collection<Value> values) {
    return new Value.Seq(List.copyOf(values));
  }

  static Value.Dict texts(Map<String, Value> given) {
    Map<String, Value> texts = new LinkedHashMap<>();
    given.forEach(
        (key, value) ->
            texts.put(key, value instanceof Value.Textual text ? text : Value.text(scalar(value))));
    return Value.Dict.ofTexts(texts);
  }

  private static Optional<Value> text(Optional<String> given) {
    return given.map(Value::text);
  }

  private static Optional<Value> number(Optional<Integer> given) {
    return given.map(Value::number);
  }

  private static Optional<Value> flag(Optional<Boolean> given) {
    return given.map(Value::bool);
  }

  private static Optional<Value> bytes(Optional<String> given) {
    return given.map(
        text -> Value.number(text.equals("unlimited") || text.equals("-1") ? -1 : Bytes.of(text)));
  }

  /** A scalar as Docker takes it. */
  static String scalar(Value value) {
    return switch (value) {
      case Value.Null nothing -> "";
      default -> NetworkDifferences.text(value);
    };
  }
}
