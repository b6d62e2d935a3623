package dev.hearth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the editing of a lab of canaries leaves behind. */
final class CanaryEditTest extends CanaryCase {

  /** What an edit leaves in memory and on the disk, whether its editor works or fails. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "/nonexistent/editor"})
  void anEditLeavesNothing(String editor) throws IOException {
    Path memory = Path.of("/dev/shm/hearth-canary-" + ProcessHandle.current().pid());
    Files.createDirectories(
        memory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Map<String, String> artefacts = new LinkedHashMap<>();
      for (String file :
          List.of("ansible.yml", "hearth.yml", "age.yml", "inline.yml:hearth_value")) {
        Lab.Said said =
            lab.hearth(
                Map.of("EDITOR", editor, "XDG_RUNTIME_DIR", memory.toString()),
                "vault",
                "edit",
                file);
        artefacts.put("edit " + file, said.out() + said.err());
      }
      canaries.files(artefacts);
      Canaries.files(memory, file -> false, artefacts);
      CanaryLab.lookIn(artefacts);
    } finally {
      Files.delete(memory);
    }
  }
}
