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

  static final String VAULT = "vault";

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
    all.put(VAULT, VaultCommand.class);
    all.put("galaxy", GalaxyCommand.class);
    all.put("trust", TrustCommand.class);
    all.put("test-hosts", TestHostsCommand.class);
    all.put("demo", DemoCommand.class);
    all.put("doctor", DoctorCommand.class);
    all.put("config", ConfigCommand.class);
    all.put(COMPLETION, CompletionCommand.class);
    return all;
  }

  /** Below {@code vault}. */
  private static Map<String, Class<?>> ofVault() {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("edit", VaultEditCommand.class);
    all.put("create", VaultCreateCommand.class);
    all.put("view", VaultViewCommand.class);
    all.put("encrypt", VaultEncryptCommand.class);
    all.put("decrypt", VaultDecryptCommand.class);
    all.put("rekey", VaultRekeyCommand.class);
    all.put("migrate", VaultMigrateCommand.class);
    all.put("encrypt-string", VaultEncryptStringCommand.class);
    all.put("decrypt-string", VaultDecryptStringCommand.class);
    all.put("get", VaultGetCommand.class);
    all.put("set", VaultSetCommand.class);
    all.put("list", VaultListCommand.class);
    all.put("verify", VaultVerifyCommand.class);
    all.put("generate", VaultGenerateCommand.class);
    all.put("diff", VaultDiffCommand.class);
    all.put("install-git", VaultInstallGitCommand.class);
    all.put("git-textconv", VaultTextconvCommand.class);
    all.put("git-merge", VaultGitMergeCommand.class);
    return all;
  }

  /** Hangs below the root what these arguments can need. */
  static CommandLine hang(CommandLine root, IFactory factory, String... args) {
    Map<String, Class<?>> all = all();
    if (args.length == 1 && VERSION.contains(args[0])) {
      return root;
    }
    hang(root, all, factory, args.length == 0 || args[0].equals(COMPLETION) ? "" : args[0]);
    CommandLine vault = root.getSubcommands().get(VAULT);
    if (vault != null) {
      hang(vault, ofVault(), factory, args.length > 1 && args[0].equals(VAULT) ? args[1] : "");
    }
    return root;
  }

  /** Only the command that is named, if it is one of these. */
  private static void hang(
      CommandLine parent, Map<String, Class<?>> all, IFactory factory, String named) {
    if (all.containsKey(named)) {
      all.keySet().retainAll(Set.of(named));
    }
    all.forEach((name, type) -> parent.addSubcommand(name, new CommandLine(type, factory)));
  }
}
