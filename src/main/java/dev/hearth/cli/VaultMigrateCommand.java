package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.Format;
import dev.hearth.vault.Rekeying;
import dev.hearth.vault.VaultPolicy;
import dev.hearth.vault.VaultSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault migrate}: writes encrypted texts in another format. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Write vault files, and the encrypted values inside of plain files, in another format, with"
          + " the",
      "passwords that open them. All of them, or none; there and back."
    })
final class VaultMigrateCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin private VaultRecipientOption recipients = new VaultRecipientOption();

  @Option(
      names = {"--to", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "hearth",
      description = "hearth (the default), ansible or age")
  private String format = "hearth";

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "files with encrypted text; of a directory all that are in it")
  private List<String> names = List.of();

  VaultMigrateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Format to = Format.of(format);
    List<Path> files = files();
    VaultPolicy policy =
        VaultOptions.policy(new Settings(environment))
            .writing(Optional.of(to), recipients.keys(environment), List.of());
    vault.with(
        environment,
        policy,
        true,
        opened -> {
          List<Path> done =
              Rekeying.migrating(opened, to, new DiskFiles(), VaultIntents.of(environment))
                  .rekey(files);
          done.forEach(file -> environment.err().println(file + ": now " + to.word()));
          if (done.isEmpty()) {
            environment.err().println("all of it is in this format already");
          }
        });
    return ExitCode.OK.number();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = new VaultStreams(environment).path(name);
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      VaultSearch search = VaultSearch.below(path.normalize());
      if (!search.damaged().isEmpty()) {
        throw new HearthException(search.damaged());
      }
      search.found().forEach(found -> files.add(found.file()));
    }
    return files;
  }
}
