package dev.hearth.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * The commands below the root. Reading all their options takes longer than everything else at the
 * start of the process, so a command line that names one gets only that one, and a question for the
 * version none; every other gets all, because help, proposals and completion speak of all.
 */
final class Subcommands {

  private static final Set<String> VERSION = Set.of("-V", "--version");

  /** Needs the others, too: it describes them. */
  private static final String COMPLETION = "completion";

  private Subcommands() {}

  /** In the order of the help text. */
  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("provision", ProvisionCommand.class);
    all.put("apply", ApplyCommand.class);
    all.put("teardown", TeardownCommand.class);
    all.put("play", PlayCommand.class);
    all.put("check", CheckCommand.class);
    all.put("up", UpCommand.class);
    all.put("down", DownCommand.class);
    all.put("status", StatusCommand.class);
    all.put("graph", GraphCommand.class);
    all.put("backup", BackupCommand.class);
    all.put("recovery-kit", RecoveryKitCommand.class);
    all.put("rebuild", RebuildCommand.class);
    all.put("resume", ResumeCommand.class);
    all.put("history", HistoryCommand.class);
    all.put("show", ShowCommand.class);
    all.put("diff", DiffCommand.class);
    all.put("run", RunCommand.class);
    all.put("inventory", InventoryCommand.class);
    all.put("why", WhyCommand.class);
    all.put("vault", VaultCommand.class);
    all.put("galaxy", GalaxyCommand.class);
    all.put("trust", TrustCommand.class);
    all.put("test-hosts", TestHostsCommand.class);
    all.put("demo", DemoCommand.class);
    all.put("doctor", DoctorCommand.class);
    all.put("config", ConfigCommand.class);
    all.put(COMPLETION, CompletionCommand.class);
    return all;
  }

  /** Hangs below the root what these arguments can need. */
  static CommandLine hang(CommandLine root, IFactory factory, String... args) {
    Map<String, Class<?>> all = all();
    String first = args.length == 0 ? "" : args[0];
    if (args.length == 1 && VERSION.contains(first)) {
      return root;
    }
    if (all.containsKey(first) && !first.equals(COMPLETION)) {
      all.keySet().retainAll(Set.of(first));
    }
    all.forEach((name, type) -> root.addSubcommand(name, new CommandLine(type, factory)));
    return root;
  }
}
