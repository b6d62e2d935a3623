package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault commands that are more than one file in and one file out, and git with them. */
final class VaultCommandsTest {

  private static final String TEXT = "a: 1\nb: s3cret-b\nc: 3\nd: 4\ne: 5\nf: s3cret-f\n";

  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void makeLab() {
    lab = new Lab(folder);
    lab.write("pw", "pass-of-the-lab\n");
    lab.write("ansible.cfg", "[defaults]\nvault_password_file = pw\n");
  }

  @Test
  void generatesOnceAndKeeps() throws IOException {
    for (String file : List.of("plain.yml", "whole.yml")) {
      if (file.equals("whole.yml")) {
        lab.write(file, "x: 1");
        ok("vault", "encrypt", file);
      }
      ok("vault", "generate", file, "digits", "--kind", "hex32");
      ok("vault", "generate", file, "random", "--kind", "base64-32");
      ok("vault", "generate", file, "word", "--kind", "password", "--length", "40");
      ok("vault", "generate", file, "web", "--kind", "htpasswd", "--of", "word", "--user", "me");
      ok("vault", "generate", file, "login", "--kind", "argon2");
      assertThat(get(file, "digits")).matches("[0-9a-f]{64}");
      assertThat(get(file, "random")).matches("[A-Za-z0-9+/]{43}=");
      assertThat(get(file, "word")).matches("[A-Za-z0-9]{40}");
      assertThat(get(file, "web")).startsWith("me:$2y$12$");
      assertThat(
              OpenBSDBCrypt.checkPassword(
                  get(file, "web").substring(3), get(file, "word").toCharArray()))
          .isTrue();
      assertThat(get(file, "login")).startsWith("$argon2id$v=19$m=65536,t=3,p=4$");
      assertThat(get(file, "login_password")).matches("[A-Za-z0-9]{24}");
      byte[] before = Files.readAllBytes(lab.directory().resolve(file));
      Lab.Said again = ok("vault", "generate", file, "digits", "--kind", "hex32");
      assertThat(again.err()).contains("is there already");
      assertThat(lab.directory().resolve(file)).hasBinaryContent(before);
      assertThat(Files.readString(lab.directory().resolve(file))).doesNotContain("me:$2y$");
    }
  }

  @Test
  void setWritesOneValueOfAnyFile() throws IOException {
    String text = "# kept\ndb:\n  password: old   # why\n  port: 5432\nlist: [a, 'b']\n";
    for (String format : List.of("ansible", "hearth")) {
      lab.write("whole.yml", text);
      ok("vault", "encrypt", "--format", format, "whole.yml");
      List<String> before = Files.readAllLines(lab.directory().resolve("whole.yml"));
      fed("n\u00e9w: \"x\"\n", "vault", "set", "whole.yml", "db.password");
      String changed = text.replace("old", "\"n\u00e9w: \\\"x\\\"\"");
      assertThat(ok("vault", "view", "whole.yml").out()).isEqualTo(changed);
      assertThat(get("whole.yml", "db.password")).isEqualTo("n\u00e9w: \"x\"");
      if (format.equals("hearth")) {
        assertThat(Files.readAllLines(lab.directory().resolve("whole.yml")))
            .filteredOn(line -> !before.contains(line))
            .as("a change of one line")
            .hasSize(1);
      }
      fed("one\ntwo\n\n", "vault", "set", "whole.yml", "added");
      fed("c", "vault", "set", "whole.yml", "list.1");
      assertThat(ok("vault", "view", "whole.yml").out())
          .isEqualTo(changed.replace("'b'", "\"c\"") + "added: |\n  one\n  two\n");
    }
    lab.write("plain.yml", "x: 1 # kept\n");
    fed("first\n", "vault", "set", "plain.yml", "made");
    fed("second\n", "vault", "set", "plain.yml", "made");
    assertThat(get("plain.yml", "made")).isEqualTo("second");
    assertThat(Files.readString(lab.directory().resolve("plain.yml")))
        .startsWith("x: 1 # kept\nmade: !vault |\n");
  }

  @Test
  void setRefusesWhatItCannotChangeAlone() throws IOException {
    lab.write("whole.yml", "a: &x one\nb: *x\nbase: &m {k: v}\nc: {<<: *m, own: 1}\nd: {e: f}\n");
    ok("vault", "encrypt", "whole.yml");
    lab.write("key.pem", "-----BEGIN KEY-----\nabc\n");
    ok("vault", "encrypt", "key.pem");
    byte[] before = Files.readAllBytes(lab.directory().resolve("whole.yml"));
    for (String key : List.of("a", "b")) {
      fed("z", ExitCode.INVALID, "tag or an anchor", "vault", "set", "whole.yml", key);
    }
    fed("z", ExitCode.INVALID, "cannot be changed alone", "vault", "set", "whole.yml", "c.k");
    fed("z", ExitCode.INVALID, "not one value", "vault", "set", "whole.yml", "d");
    for (String command : List.of("set", "generate")) {
      fed(
          "z",
          ExitCode.INVALID,
          "keeps its format",
          "vault",
          command,
          "--format=hearth",
          "whole.yml",
          "n");
    }
    fed("z", ExitCode.NOT_FOUND, "has no key", "vault", "set", "whole.yml", "d.g");
    fed("", ExitCode.INVALID, "is empty", "vault", "set", "whole.yml", "d.e");
    fed("z", ExitCode.INVALID, "cannot be changed alone", "vault", "set", "key.pem", "z");
    assertThat(lab.directory().resolve("whole.yml")).hasBinaryContent(before);
  }

  @Test
  void editChangesOneValueOfAnyFile() throws IOException {
    lab.write("whole.yml", "# kept\na: old\nb: 1\n");
    ok("vault", "encrypt", "whole.yml");
    lab.write("plain.yml", "b: 1\n");
    fed("old", "vault", "set", "plain.yml", "a");
    for (String file : List.of("whole.yml", "plain.yml")) {
      // As vi and nano do it, with a line end that is none of the value's.
      Lab.Said said =
          lab.hearth(
              Map.of("EDITOR", "printf 'new\\n' >"), "vault", "edit", "--allow-disk", file + ":a");
      assertThat(said.exit()).as(said.err()).isZero();
      assertThat(get(file, "a")).isEqualTo("new");
    }
    assertThat(ok("vault", "view", "whole.yml").out()).isEqualTo("# kept\na: \"new\"\nb: 1\n");
    Lab.Said failed =
        lab.hearth(
            Map.of("EDITOR", "sh -c 'printf draft >$1; exit 1' sh"),
            "vault",
            "edit",
            "--allow-disk",
            "whole.yml:a");
    failed.oneMessage(ExitCode.FAILED, "hearth vault edit");
    assertThat(get("whole.yml", "a")).isEqualTo("new");
    List<Path> drafts;
    try (Stream<Path> all = Files.list(lab.directory())) {
      drafts = all.filter(path -> path.toString().contains(".draft-")).toList();
    }
    assertThat(drafts)
        .singleElement()
        .satisfies(draft -> assertThat(get(draft.toString(), "a")).isEqualTo("draft"));
  }

  @Test
  void playsCopyAnyEncryptedBytesOpenedOrNot() throws IOException {
    byte[] plain = new byte[5000];
    new Random(3).nextBytes(plain);
    for (String format : List.of("ansible", "hearth")) {
      Path file = lab.write("files/" + format + "/a.bin", "");
      Files.write(file, plain);
      Path text = lab.write("files/text." + format, "a secret of many words\n");
      ok("vault", "encrypt", "--format", format, file.toString(), text.toString());
      lab.write(
          "play.yml",
          """
          - hosts: localhost
            connection: local
            gather_facts: false
            tasks:
              - copy: {src: text.FORMAT, dest: "{{ playbook_dir }}/text"}
              - copy: {src: FORMAT/a.bin, dest: "{{ playbook_dir }}/opened"}
              - copy: {src: FORMAT/a.bin, dest: "{{ playbook_dir }}/kept", decrypt: false}
              - copy: {src: FORMAT, dest: "{{ playbook_dir }}/tree/"}
              - copy: {src: FORMAT, dest: "{{ playbook_dir }}/sealed/", decrypt: false}
          """
              .replace("FORMAT", format));
      Lab.Said said = ok("play", "play.yml", "--diff");
      assertThat(said.out())
          .contains("(the content is secret and not shown)")
          .contains("diff skipped: source file appears to be binary")
          .doesNotContain("many words");
      for (String opened : List.of("opened", "tree/" + format + "/a.bin")) {
        assertThat(lab.directory().resolve(opened)).hasBinaryContent(plain);
      }
      for (String kept : List.of("kept", "sealed/" + format + "/a.bin")) {
        assertThat(lab.directory().resolve(kept)).hasBinaryContent(Files.readAllBytes(file));
      }
      Files.delete(lab.directory().resolve("opened"));
      Files.delete(lab.directory().resolve("text"));
    }
  }

  /** As with {@code ansible-vault}, whose prompt reads a line where there is no terminal. */
  @Test
  void aPasswordFromStandardInputMayHaveAnyCharacter() {
    lab.write("ansible.cfg", "");
    lab.write("accents", "p\u00e4ss \u65e5\u672c \ud83d\udd11\n");
    lab.write("f.yml", "a: 1\n");
    ok("vault", "encrypt", "--vault-password-file", "accents", "f.yml");
    Lab.Said said =
        lab.fed("p\u00e4ss \u65e5\u672c \ud83d\udd11\n", "vault", "view", "-J", "f.yml");
    assertThat(said.out()).as(said.err()).isEqualTo("a: 1\n");
  }

  @Test
  void severalPasswordsOpenOneFile() {
    lab.write("ansible.cfg", "");
    for (String word : List.of("one", "two", "three")) {
      lab.write(word, word + "-password");
    }
    lab.write("f.yml", "a: 1\n");
    String[] both = {"--vault-id=one@one", "--vault-id=two@two"};
    refused(
        ExitCode.INVALID,
        "has one password",
        "encrypt",
        both[0],
        both[1],
        "--encrypt-vault-id=one",
        "--encrypt-vault-id=two",
        "f.yml");
    ok(
        "vault",
        "encrypt",
        "--format=hearth",
        both[0],
        both[1],
        "--encrypt-vault-id=one",
        "--encrypt-vault-id=two",
        "f.yml");
    assertThat(ok("vault", "list", "f.yml").out()).contains("hearth 1\tone,two");
    for (String id : both) {
      assertThat(ok("vault", "view", id, "f.yml").out()).isEqualTo("a: 1\n");
    }
    ok("vault", "rekey", both[1], "--new-vault-id=two@two", "--new-vault-id=three@three", "f.yml");
    assertThat(ok("vault", "view", "--vault-id=three@three", "f.yml").out()).isEqualTo("a: 1\n");
    assertThat(ok("vault", "view", both[1], "f.yml").out()).isEqualTo("a: 1\n");
    refused(ExitCode.VAULT_PASSWORD, "no vault password", "view", both[0], "f.yml");
    String[] choosing = {"rekey", both[1], both[0].replace("--", "--new-"), "--new-vault-id=b@two"};
    refused(
        ExitCode.VAULT_PASSWORD,
        "no new password has the label",
        choosing[0],
        choosing[1],
        choosing[2],
        choosing[3],
        "--encrypt-vault-id=c",
        "f.yml");
    ok(
        "vault",
        choosing[0],
        choosing[1],
        choosing[2],
        choosing[3],
        "--encrypt-vault-id=one",
        "-vv",
        "f.yml");
    assertThat(ok("vault", "list", "f.yml").out()).contains("hearth 1\tone\n");
    ok("vault", "rekey", both[0], "--new-vault-id=two@two", "--new-vault-id=three@three", "f.yml");
    refused(
        ExitCode.INVALID,
        "the same label",
        "rekey",
        both[1],
        "--new-vault-id=x@one",
        "--new-vault-id=x@two",
        "f.yml");
  }

  @Test
  void generateRefusesWhatItCannotMake() {
    refused(ExitCode.INVALID, "no kind of secret 'rsa'", "generate", "f", "k", "--kind", "rsa");
    refused(ExitCode.INVALID, "'a.b' cannot be made", "generate", "f", "a.b");
    refused(ExitCode.INVALID, "cannot be made", "generate", "f", "k", "--length", "3");
    assertThat(lab.directory().resolve("f")).doesNotExist();
    lab.write("f", "list: [1]\n");
    refused(ExitCode.INVALID, "not one value", "generate", "f", "list");
  }

  @Test
  void migratesADirectoryOrNothing() throws IOException {
    lab.write("group_vars/all.yml", TEXT);
    lab.write("group_vars/web/vault.yml", TEXT);
    lab.write("other.yml", "x: 1\n");
    ok("vault", "encrypt", "group_vars/all.yml", "group_vars/web/vault.yml");
    ok("vault", "migrate", ".");
    for (String file : List.of("group_vars/all.yml", "group_vars/web/vault.yml")) {
      assertThat(Files.readString(lab.directory().resolve(file))).startsWith("$HEARTH_VAULT;1;");
      assertThat(ok("vault", "view", file).out()).isEqualTo(TEXT);
    }
    assertThat(ok("vault", "list").out()).contains("hearth 1\tdefault");
    lab.write("group_vars/damaged.yml", "$ANSIBLE_VAULT;1.1;AES256\n66\n");
    byte[] before = Files.readAllBytes(lab.directory().resolve("group_vars/all.yml"));
    refused(ExitCode.VAULT_CORRUPT, "not complete", "migrate", ".", "--to", "ansible");
    assertThat(lab.directory().resolve("group_vars/all.yml")).hasBinaryContent(before);
    refused(ExitCode.INVALID, "no vault format 'sops'", "migrate", ".", "--to", "sops");
  }

  /** What only other hosts need, or nobody asks for, neither opens nor fails a run. */
  @Test
  void aLimitedRunOpensNothingOfOtherHosts() throws IOException {
    lab.write("other", "another password");
    lab.write("hosts", "a ansible_connection=local\nb ansible_connection=local\n");
    Path file = lab.write("host_vars/b.yml", "x: 1\n");
    lab.hearth("vault", "encrypt", "--vault-password-file", "other", file.toString());
    assertThat(Files.readString(file)).startsWith("$ANSIBLE_VAULT");
    Lab.Said value =
        lab.fed("unused", "vault", "encrypt-string", "--vault-password-file", "other", "-n", "y");
    lab.write("group_vars/all.yml", value.out());
    lab.write("play.yml", "- {hosts: all, gather_facts: false, tasks: [{debug: {msg: ok}}]}\n");
    for (List<String> password :
        List.of(List.<String>of(), List.of("--vault-password-file", "pw"))) {
      List<String> words = new ArrayList<>(List.of("play", "play.yml", "-i", "hosts"));
      words.addAll(password);
      Lab.Said all = lab.hearth(words.toArray(String[]::new));
      assertThat(all.exit()).as(all.err()).isEqualTo(ExitCode.VAULT_PASSWORD.number());
      words.addAll(List.of("--limit", "a"));
      Lab.Said limited = lab.hearth(words.toArray(String[]::new));
      assertThat(limited.exit()).as(limited.err()).isZero();
    }
  }

  @Test
  void playsReadEveryFormat() {
    lab.write("files.yml", "secret_a: v-a\n");
    lab.write("age.yml", "secret_b: v-b\n");
    lab.write("inline.yml", "plain: 1\n");
    ok("vault", "encrypt", "--format", "hearth", "files.yml");
    ok("vault", "encrypt", "--format", "age", "age.yml");
    ok("vault", "generate", "inline.yml", "made", "--format", "hearth", "--length", "33");
    lab.write(
        "play.yml",
        """
        - hosts: localhost
          connection: local
          gather_facts: false
          vars_files: [files.yml, age.yml, inline.yml]
          tasks:
            - ansible.builtin.assert:
                that:
                  - secret_a == 'v-' ~ 'a'
                  - secret_b == 'v-' ~ 'b'
                  - made | length == 33
                  - lookup('ansible.builtin.file', 'files.yml') is search('secret_a')
            - ansible.builtin.debug: {msg: "{{ secret_a }} {{ secret_b }} {{ made }}"}
        """);
    Lab.Said said = ok("play", "play.yml");
    assertThat(said.out() + said.err()).doesNotContain("v-a", "v-b", get("inline.yml", "made"));
  }

  @Test
  void gitComparesAndMergesWhatIsInside() throws Exception {
    lab.write(".gitignore", "pw\nbin\n");
    lab.write("secrets file.yml", TEXT);
    lab.write("values.yml", "x: 1\n");
    Path bin = Files.createDirectories(lab.directory().resolve("bin"));
    HearthProcess.launcher(bin);
    ok("vault", "encrypt", "--format", "hearth", "secrets file.yml");
    ok("vault", "generate", "values.yml", "made");
    git("init", "--quiet", "--initial-branch", "main");
    Lab.Said installed = lab.hearth(Map.of("HEARTH_HOME", bin.toString()), "vault", "install-git");
    assertThat(installed.exit()).as(installed.err()).isZero();
    assertThat(Files.readString(lab.directory().resolve(".gitattributes")))
        .isEqualTo(
            """
            "/secrets file.yml" diff=hearth-vault merge=hearth-vault
            /values.yml diff=hearth-vault
            """);
    commit("one");

    edit("s3cret-b", "changed-b");
    Lab.Said told = ok("vault", "diff", "secrets file.yml");
    assertThat(told.out())
        .contains("changed  b\n")
        .doesNotContain("s3cret", "changed-b", "changed  f");
    assertThat(ok("vault", "diff", "--reveal", "secrets file.yml", "HEAD").out())
        .contains("  - s3cret-b\n", "  + changed-b\n")
        .doesNotContain("s3cret-f");
    String shown = git("diff");
    assertThat(shown).contains("\n-b: *** ", "\n+b: *** ").doesNotContain("s3cret", "changed-b");
    assertThat(shown.lines().filter(line -> line.matches("[-+][^-+].*"))).hasSize(2);
    assertThat(git("diff", "--no-textconv").lines().filter(line -> line.matches("[-+][^-+].*")))
        .as("one line of ciphertext for one line of text")
        .hasSize(2);
    commit("ours");

    git("checkout", "--quiet", "-b", "side", "HEAD~1");
    edit("s3cret-f", "changed-f");
    commit("theirs");
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "-m", "merged", "side");
    assertThat(ok("vault", "view", "secrets file.yml").out())
        .isEqualTo(TEXT.replace("s3cret-b", "changed-b").replace("s3cret-f", "changed-f"));

    git("checkout", "--quiet", "-b", "again", "HEAD~1");
    edit("changed-b", "theirs-b");
    commit("again");
    git("checkout", "--quiet", "main");
    edit("changed-b", "ours-b");
    commit("ours again");
    assertThat(status("git", "merge", "again")).isEqualTo(1);
    String conflict = Files.readString(lab.directory().resolve("secrets file.yml"));
    assertThat(conflict).startsWith("$HEARTH_VAULT;1;lines").doesNotContain("<<<", "ours-b");
    assertThat(ok("vault", "view", "secrets file.yml").out())
        .contains("<<<<<<< ours\nb: ours-b\n=======\nb: theirs-b\n>>>>>>> theirs\n");
  }

  @Test
  void gitWithoutThePasswordShowsWhatItHas() throws Exception {
    lab.write("s.yml", TEXT);
    ok("vault", "encrypt", "s.yml");
    lab.write("pw", "wrong\n");
    Lab.Said said = ok("vault", "git-textconv", "s.yml");
    assertThat(said.out()).startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
    assertThat(said.err()).contains("warning: no vault password given opens");
    refused(ExitCode.NOT_FOUND, "no s.yml in the revision 'HEAD'", "diff", "s.yml");
  }

  /** Exchanges a word in the encrypted file, as an editor would. */
  private void edit(String before, String after) {
    Lab.Said said =
        lab.hearth(
            Map.of("EDITOR", "sed -i s/" + before + "/" + after + "/"),
            "vault",
            "edit",
            "--allow-disk",
            "secrets file.yml");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.err()).contains(": changed");
  }

  private Lab.Said ok(String... arguments) {
    Lab.Said said = lab.hearth(arguments);
    assertThat(said.exit()).as(said.err()).isZero();
    return said;
  }

  private void fed(String input, String... arguments) {
    Lab.Said said = lab.fed(input, arguments);
    assertThat(said.exit()).as(said.err()).isZero();
  }

  private void fed(String input, ExitCode code, String words, String... arguments) {
    lab.fed(input, arguments).oneMessage(code, words);
  }

  private String get(String file, String key) {
    return ok("vault", "get", file, key).out();
  }

  private void refused(ExitCode code, String words, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "vault";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    lab.hearth(all).oneMessage(code, words);
  }

  private void commit(String message) throws Exception {
    git("add", "--all");
    git("commit", "--quiet", "-m", message);
  }

  private String git(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Path out = folder.resolve("out");
    Process process = started(out, command);
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }

  private int status(String... command) throws Exception {
    return started(folder.resolve("out"), command).waitFor();
  }

  private Process started(Path out, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(lab.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "n");
      builder.environment().put("GIT_" + who + "_EMAIL", "n@example.org");
    }
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    return builder.start();
  }
}
