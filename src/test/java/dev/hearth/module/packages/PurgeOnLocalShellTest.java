package dev.hearth.module.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is purged of the packages that an installation brought. The package tools are stand-ins. */
class PurgeOnLocalShellTest extends ModuleOnLocalShell {

  @BeforeEach
  void tools() {
    program("apt-get", "[ \"$*\" = '-y remove -- '\"$WANTED\" ] && : >\"$HOME/removed\"");
    program(
        "dpkg-query",
        "echo 'rc old'\n"
            + "[ ! -e \"$HOME/removed\" ] || printf 'rc %s\\n"
            + "' postgresql-17 postgresql-16 went-along:amd64");
    program("dpkg", "echo \"$*\" >\"$HOME/purged\"");
    program("find", ":");
    program("ls", "[ \"$2\" != /etc/postgresql/17 ] || echo main");
  }

  private void program(String name, String body) {
    Path file = write("bin/" + name, "#!/bin/sh\n" + body + "\n");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome.Exited purge(String... names) {
    Script remove = ((Undo.Appeared) AptSteps.installed()).remove();
    List<Word> words = new ArrayList<>(remove.words());
    List.of(names).forEach(name -> words.add(Word.of(name)));
    return host(shells().getFirst())
        .run(
            new Script(
                "PATH=$HOME/bin:$PATH WANTED=$*\nexport PATH WANTED\n" + remove.body(),
                words,
                remove.input(),
                remove.environment(),
                remove.deadline()));
  }

  @Test
  void aPostgresqlWithClustersIsNotPurged() {
    Outcome.Exited end = purge("postgresql:all", "postgresql-17:amd64", "postgresql-16:amd64");

    assertThat(end.ok()).as(end.err()).isTrue();
    assertThat(read("purged"))
        .isEqualTo("--purge -- postgresql postgresql-16:amd64 postgresql-16 went-along:amd64\n");
  }
}
