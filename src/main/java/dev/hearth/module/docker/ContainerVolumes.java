package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.module.docker.Setting.Kind;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The volumes and mounts of a container. */
record ContainerVolumes(ContainerStorage want) {

  private static final Set<String> MODES =
      Set.of(
          "rw",
          "ro",
          "z",
          "Z",
          "consistent",
          "delegated",
          "cached",
          "rprivate",
          "private",
          "rshared",
          "shared",
          "rslave",
          "slave",
          "nocopy");

  List<Setting> settings(EngineObject now, EngineObject image) {
    List<Value> binds = new ArrayList<>();
    Set<String> anonymous = new LinkedHashSet<>();
    Set<String> targets = new LinkedHashSet<>();
    for (String volume : want.volumes()) {
      String[] parts = volume.split(":", -1);
      boolean bound = parts.length > 1 && !modes(parts[1]);
      if (parts.length > 3 || parts.length == 3 && !modes(parts[2])) {
        throw new Refusal("Found invalid volumes mode: " + parts[parts.length - 1]);
      }
      if (!targets.add(bound ? parts[1] : parts[0])) {
        throw new Refusal(
            "The mount point \"" + (bound ? parts[1] : parts[0]) + "\" appears twice in volumes");
      }
      if (bound && parts[0].matches("[.~].*")) {
        throw new Refusal(
            "the volume '" + volume + "' is relative; write its directory from the root on");
      }
      if (bound) {
        binds.add(Value.text(whole(volume)));
      } else {
        anonymous.add(volume);
      }
    }
    List<Setting> settings = new ArrayList<>();
    if (!binds.isEmpty()) {
      Value wanted = new Value.Seq(binds);
      Value there =
          new Value.Seq(
              now.items("HostConfig", "Binds").stream()
                  .<Value>map(bind -> Value.text(whole(ContainerSettings.scalar(bind))))
                  .toList());
      settings.add(
          new Setting(
              "volumes", Kind.SET, List.of("HostConfig", "Binds"), wanted, wanted, there, false));
    }
    if (!anonymous.isEmpty()) {
      Set<String> expected = new LinkedHashSet<>(image.entries("Config", "Volumes").keySet());
      expected.addAll(anonymous);
      settings.add(
          new Setting(
              "volumes",
              Kind.SET,
              List.of("Volumes"),
              Setting.keys(anonymous),
              Setting.names(expected),
              Setting.names(now.entries("Config", "Volumes").keySet()),
              false));
    }
    if (!want.mounts().isEmpty()) {
      Value wanted = new Value.Seq(want.mounts().stream().map(ContainerVolumes::mount).toList());
      settings.add(
          new Setting(
              "mounts",
              Kind.SET,
              List.of("HostConfig", "Mounts"),
              wanted,
              wanted,
              now.at("HostConfig", "Mounts"),
              false));
    }
    return settings;
  }

  private static boolean modes(String text) {
    return MODES.containsAll(List.of(text.split(",", -1)));
  }

  /** A bind with its mode, which the engine leaves away when nobody gave one. */
  private static String whole(String bind) {
    return bind.split(":", -1).length == 2 ? bind + ":rw" : bind;
  }

  private static Value mount(Map<String, Value> given) {
    Map<String, Value> mount = new LinkedHashMap<>();
    Map<String, Value> bind = new LinkedHashMap<>();
    Map<String, Value> volume = new LinkedHashMap<>();
    Map<String, Value> driver = new LinkedHashMap<>();
    Map<String, Value> tmpfs = new LinkedHashMap<>();
    String type = ContainerSettings.scalar(given.getOrDefault("type", Value.text("volume")));
    mount.put("Type", Value.text(type));
    given.forEach(
        (key, value) -> {
          if (value instanceof Value.Null) {
            return;
          }
          switch (key) {
            case "type" -> {}
            case "target" -> mount.put("Target", value);
            case "source" -> mount.put("Source", value);
            case "read_only" -> mount.put("ReadOnly", value);
            case "consistency" -> mount.put("Consistency", value);
            case "propagation" -> bind.put("Propagation", value);
            case "create_mountpoint" -> bind.put("CreateMountpoint", value);
            case "no_copy" -> volume.put("NoCopy", value);
            case "labels" -> volume.put("Labels", value);
            case "subpath" -> volume.put("Subpath", value);
            case "volume_driver" -> driver.put("Name", value);
            case "volume_options" -> driver.put("Options", value);
            case "tmpfs_size" ->
                tmpfs.put("SizeBytes", Value.number(Bytes.of(ContainerSettings.scalar(value))));
            case "tmpfs_mode" -> tmpfs.put("Mode", Value.number(octal(value)));
            default -> throw new Refusal("mounts has no '" + key + "'");
          }
        });
    if (!mount.containsKey("Target")) {
      throw new Refusal("each of mounts needs a target");
    }
    if (!mount.containsKey("Source") && !type.equals("tmpfs") && !type.equals("volume")) {
      throw new Refusal("the mount of type " + type + " needs a source");
    }
    if (!driver.isEmpty()) {
      volume.put("DriverConfig", Value.Dict.ofTexts(driver));
    }
    options(mount, "BindOptions", bind, type.equals("bind"));
    options(mount, "VolumeOptions", volume, type.equals("volume"));
    options(mount, "TmpfsOptions", tmpfs, type.equals("tmpfs"));
    return Value.Dict.ofTexts(mount);
  }

  private static void options(
      Map<String, Value> mount, String key, Map<String, Value> options, boolean fits) {
    if (options.isEmpty()) {
      return;
    }
    if (!fits) {
      throw new Refusal(
          "a mount's type and its options do not fit: " + String.join(", ", options.keySet()));
    }
    mount.put(key, Value.Dict.ofTexts(options));
  }

  private static long octal(Value value) {
    try {
      return Long.parseLong(ContainerSettings.scalar(value), 8);
    } catch (NumberFormatException notOne) {
      throw new Refusal("tmpfs_mode must be octal digits");
    }
  }
}
