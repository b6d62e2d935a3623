package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.PythonModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A module in Python with all that it imports of Ansible's, packed as Python can import it: a zip.
 *
 * @param name by which Python imports the module
 * @param zip its bytes
 * @param basic whether it takes its arguments from {@code ansible.module_utils.basic}; otherwise
 *     from a file
 * @param version of the Ansible that the pieces are from
 */
record PythonPackage(String name, byte[] zip, boolean basic, String version) {

  private static final String UTILS = "ansible.module_utils";

  /** What {@code basic} of ansible-core 2.19 loads by computed names. */
  private static final List<String> HIDDEN =
      List.of(
          UTILS + "._internal._json._profiles._module_legacy_c2m",
          UTILS + "._internal._json._profiles._module_legacy_m2c");

  private static final Pattern VERSION =
      Pattern.compile("(?m)^__version__ *= *['\"]([^'\"]+)['\"]");

  /** Own pieces, for a machine without Ansible. */
  private static final String OWN = "module_utils/";

  private static final String OWN_VERSION = "2.19.0";

  /**
   * Packs a module.
   *
   * @param at the task that wants it
   * @throws dev.hearth.diag.HearthException when something that it needs is not here
   */
  static PythonPackage of(PythonModule module, Location at) {
    String file = module.file().getFileName().toString();
    if (Files.exists(module.file().resolveSibling(file.replaceFirst("[.]py$", ".ps1")))) {
      // Its Python file holds nothing but the documentation.
      throw Diagnostic.error(at, "this module is for hosts with Windows")
          .because(
              module.file() + " belongs to a module in PowerShell; Hearth works on POSIX hosts")
          .next("leave the task out for other hosts with 'when'")
          .failure();
    }
    try {
      return new Packing(module, at).pack();
    } catch (IOException unreadable) {
      throw Diagnostic.error(at, "cannot pack the Python module " + module.file())
          .because(String.valueOf(unreadable.getMessage()))
          .next("check that you may read it and what it imports")
          .failure();
    }
  }

  /** One module on its way into a zip. */
  private static final class Packing {
    private final PythonModule module;
    private final Location at;
    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> looked = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    Packing(PythonModule module, Location at) {
      this.module = module;
      this.at = at;
    }

    PythonPackage pack() throws IOException {
      String text = Files.readString(module.file());
      add(module.name(), text, false);
      while (!open.isEmpty()) {
        want(open.remove());
      }
      boolean basic = files.containsKey("ansible/module_utils/basic.py");
      if (!basic && !text.contains("WANT_JSON")) {
        throw Diagnostic.error(at, "the Python module '" + module.file() + "' cannot be run")
            .because(
                "it neither imports ansible.module_utils.basic nor says WANT_JSON, so it would not"
                    + " get its arguments")
            .next("write it with AnsibleModule, or call it as a program with 'script'")
            .failure();
      }
      String version = version();
      if (basic) {
        HIDDEN.forEach(open::add);
        while (!open.isEmpty()) {
          want(open.remove());
        }
        files.put(
            "ansible/__init__.py",
            "__version__ = '" + version + "'\n__author__ = 'Ansible, Inc.'\n");
      }
      return new PythonPackage(module.name(), zipped(), basic, version);
    }

    private void add(String name, String text, boolean isPackage) {
      files.put(name.replace('.', '/') + (isPackage ? "/__init__.py" : ".py"), text);
      for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
        String parent = name.substring(0, dot);
        if (packages.add(parent)) {
          Optional<String> own = text(parent, true);
          String init = own.orElse("");
          files.putIfAbsent(parent.replace('.', '/') + "/__init__.py", init);
          open.addAll(PythonImports.of(init, parent, true));
        }
      }
      open.addAll(PythonImports.of(text, name, isPackage));
    }

    /** A module of Ansible's or of a collection's; a name that is none may be something in one. */
    private void want(String name) {
      if (!name.startsWith(UTILS) && !name.startsWith("ansible_collections.")) {
        return;
      }
      String each = name;
      while (each.contains(".")) {
        if (!looked.add(each)) {
          return;
        }
        Optional<String> whole = text(each, true);
        Optional<String> text = whole.isPresent() ? whole : text(each, false);
        if (text.isPresent()) {
          add(each, text.get(), whole.isPresent());
          return;
        }
        each = each.substring(0, each.lastIndexOf('.'));
      }
    }

    private Optional<String> text(String name, boolean isPackage) {
      String ending = isPackage ? "/__init__.py" : ".py";
      if (name.startsWith("ansible_collections.")) {
        String below = name.substring("ansible_collections.".length()).replace('.', '/');
        return first(module.collections().stream().map(root -> root.resolve(below + ending)));
      }
      if (!name.startsWith(UTILS)) {
        return Optional.empty();
      }
      String below = name.length() == UTILS.length() ? "" : name.substring(UTILS.length() + 1);
      String path = below.replace('.', '/');
      Optional<String> own =
          path.isEmpty()
              ? Optional.empty()
              : first(module.utils().stream().map(root -> root.resolve(path + ending)));
      return own.or(
          () ->
              module.packages().isEmpty()
                  ? resource(OWN + path + ending)
                  : first(
                      module.packages().stream()
                          .limit(1)
                          .map(root -> root.resolve(UTILS.replace('.', '/')))
                          .map(
                              root ->
                                  path.isEmpty()
                                      ? root.resolve("__init__.py")
                                      : root.resolve(path + ending))));
    }

    private static Optional<String> first(Stream<Path> candidates) {
      return candidates
          .filter(Files::isRegularFile)
          .findFirst()
          .map(
              path -> {
                try {
                  return Files.readString(path);
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              });
    }

    private static Optional<String> resource(String path) {
      try (InputStream in = PythonPackage.class.getResourceAsStream(path.replace("//", "/"))) {
        return in == null
            ? Optional.empty()
            : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private String version() throws IOException {
      if (module.packages().isEmpty()) {
        return OWN_VERSION;
      }
      Path release = module.packages().getFirst().resolve("ansible/release.py");
      Matcher version =
          VERSION.matcher(Files.isRegularFile(release) ? Files.readString(release) : "");
      return version.find() ? version.group(1) : OWN_VERSION;
    }

    private byte[] zipped() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
        for (Map.Entry<String, String> file : files.entrySet()) {
          ZipEntry entry = new ZipEntry(file.getKey());
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
        }
      }
      return bytes.toByteArray();
    }
  }
}
