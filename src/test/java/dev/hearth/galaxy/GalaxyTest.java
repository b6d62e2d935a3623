package dev.hearth.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.run.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hearth galaxy} from the command line, with repositories, archives and a server. */
final class GalaxyTest {

  @TempDir private Path scratch;
  private Path lab;

  @BeforeEach
  void directory() throws IOException {
    lab = Files.createDirectory(scratch.resolve("lab"));
    write(
        "ansible.cfg",
        "[defaults]\nroles_path = installed/roles\ncollections_path = installed/collections\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = lab.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private InProcess galaxy(String... arguments) {
    String[] all = Stream.concat(Stream.of("galaxy"), Stream.of(arguments)).toArray(String[]::new);
    return InProcess.hearth(lab, all);
  }

  private InProcess install(String requirements) throws IOException {
    write("requirements.yml", requirements);
    return galaxy("install", "-r", "requirements.yml");
  }

  private Path role(String name) {
    return lab.resolve("installed/roles").resolve(name);
  }

  private Path collection(String name) {
    return lab.resolve("installed/collections/ansible_collections").resolve(name);
  }

  private Repository roleRepository(String name) throws IOException {
    return Repository.at(scratch.resolve(name))
        .with("meta/main.yml", "dependencies: []\n")
        .with("tasks/main.yml", "- debug:\n    msg: one\n");
  }

  private Repository collectionRepository() throws IOException {
    return Repository.at(scratch.resolve("collection"))
        .with(
            "galaxy.yml",
            """
            namespace: acme
            name: lab
            version: 1.2.3
            readme: README.md
            authors: [Somebody]
            build_ignore: ['*.secret', notes]
            """)
        .with("README.md", "# Lab\n")
        .with("x.secret", "no\n")
        .with("notes/a/b.md", "no\n")
        .with("plugins/modules/__pycache__/m.txt", "no\n")
        .with("roles/web/tasks/main.yml", "- debug:\n    msg: from the collection\n")
        .with("playbooks/all.yml", "- hosts: localhost\n  gather_facts: false\n  roles: [web]\n");
  }

  @Test
  void installsRolesFromRepositoriesAtTheirPins() throws IOException {
    Repository repository = roleRepository("web");
    String first = repository.tag("1.0.0");
    repository.with("tasks/main.yml", "- debug:\n    msg: two\n").commit();
    InProcess run =
        install(
            """
            roles:
              - src: %1$s
                scm: git
                version: 1.0.0
                name: acme.web
              - src: git+%1$s
                version: main
                name: newest
              - git+%1$s,%2$s,pinned
            """
                .formatted(repository.url(), first));
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(role("acme.web/tasks/main.yml")).content().contains("one");
    assertThat(role("newest/tasks/main.yml")).content().contains("two");
    assertThat(role("pinned/tasks/main.yml")).content().contains("one");
    assertThat(role("acme.web/.git")).doesNotExist();
    assertThat(role("acme.web/meta/.galaxy_install_info"))
        .content()
        .contains("\"version\": \"1.0.0\"", first, "\"install_date\"");
    assertThat(galaxy("list").out()).contains("- acme.web, 1.0.0", "- newest, main");
    assertThat(hidden(role("."))).isEmpty();
  }

  @Test
  void leavesWhatIsInstalledUnlessItIsForced() throws IOException {
    Repository repository = roleRepository("web");
    repository.tag("1.0.0");
    String list = "- src: git+%s\n  version: %s\n";
    install(list.formatted(repository.url(), "1.0.0"));
    repository.with("tasks/main.yml", "- debug:\n    msg: two\n").tag("2.0.0");
    assertThat(install(list.formatted(repository.url(), "1.0.0")).out())
        .contains("role web 1.0.0: already installed");
    InProcess kept = install(list.formatted(repository.url(), "2.0.0"));
    assertThat(kept.err()).contains("is installed as 1.0.0 and stays so", "--force");
    assertThat(role("web/tasks/main.yml")).content().contains("one");
    assertThat(galaxy("install", "-r", "requirements.yml", "--force").exit()).isZero();
    assertThat(role("web/tasks/main.yml")).content().contains("two");
  }

  @Test
  void tellsThatATagHasMoved() throws IOException {
    Repository repository = roleRepository("web");
    String before = repository.tag("1.0.0");
    install("- src: git+%s\n  version: 1.0.0\n".formatted(repository.url()));
    String after = repository.with("tasks/main.yml", "- debug:\n    msg: two\n").tag("1.0.0");
    InProcess run = galaxy("install", "-r", "requirements.yml", "--force");
    assertThat(run.err()).contains("the role 'web' 1.0.0 has changed", before, after);
  }

  @Test
  void installsWhatARoleNeeds() throws IOException {
    Repository needed = roleRepository("needed");
    needed.tag("v1");
    Repository web =
        roleRepository("web")
            .with(
                "meta/main.yml",
                "dependencies:\n  - src: git+%s\n    version: v1\n    when: x\n  - beside\n"
                    .formatted(needed.url()));
    web.commit();
    assertThat(install("- git+" + web.url()).exit()).isZero();
    assertThat(role("needed/tasks/main.yml")).exists();
    assertThat(role("beside")).doesNotExist();
    assertThat(galaxy("install", "git+" + web.url(), "-p", "alone", "--no-deps").exit()).isZero();
    assertThat(lab.resolve("alone/web")).exists();
    assertThat(lab.resolve("alone/needed")).doesNotExist();
  }

  @Test
  void installsArchivesWithTheirChecksum() throws IOException {
    Path archive =
        new Tarball(lab.resolve("web.tar.gz"))
            .file("web-1.0/meta/main.yml", "{}\n")
            .file("web-1.0/tasks/main.yml", "- debug:\n")
            .close();
    String sum = Checksum.of(archive);
    String list = "roles:\n  - src: %s\n    name: web\n    checksum: sha256:%s\n";
    InProcess wrong = install(list.formatted("web.tar.gz", "0".repeat(64)));
    assertThat(wrong.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(wrong.err())
        .contains("the checksum of", "requirements.yml:2:10", "found  sha256:" + sum);
    assertThat(role("web")).doesNotExist();
    assertThat(install(list.formatted("file://" + archive, sum)).err()).isEmpty();
    assertThat(role("web/tasks/main.yml")).exists();
    assertThat(role("web/meta/.galaxy_install_info")).content().contains(sum);
  }

  @Test
  void nothingIsInstalledWhenOneFails() throws IOException {
    Repository good = roleRepository("good");
    good.commit();
    Path bad = new Tarball(lab.resolve("bad.tar.gz")).file("../evil", "x").close();
    InProcess run = install("- git+" + good.url() + "\n- src: " + bad + "\n  name: bad\n");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.err()).contains("is dangerous to unpack", "requirements.yml:2:8");
    try (Stream<Path> left = Files.list(role("."))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void installsACollectionFromARepositoryAndRunsItsContent() throws IOException {
    Repository repository = collectionRepository();
    String commit = repository.tag("v1");
    InProcess run =
        install(
            """
            collections:
              - name: %s
                type: git
                version: v1
            """
                .formatted(repository.url()));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("collection acme.lab 1.2.3 (commit " + commit.substring(0, 12));
    assertThat(collection("acme/lab/x.secret")).doesNotExist();
    assertThat(collection("acme/lab/notes")).doesNotExist();
    assertThat(collection("acme/lab/plugins/modules/__pycache__")).doesNotExist();
    assertThat(collection("acme/lab/galaxy.yml")).doesNotExist();
    assertThat(collection("acme/lab/MANIFEST.json")).content().contains("\"version\": \"1.2.3\"");
    assertThat(collection("acme/lab/FILES.json"))
        .content()
        .contains("roles/web/tasks/main.yml", Checksum.of(collection("acme/lab/README.md")));
    assertThat(galaxy("collection", "list").out()).contains("acme.lab   1.2.3");
    assertThat(InProcess.hearth(lab, "play", "acme.lab.all").out())
        .contains("TASK [acme.lab.web : debug]", "from the collection");
    assertThat(galaxy("install", "-r", "requirements.yml").out()).contains("already installed");
  }

  @Test
  void takesACollectionFromADirectoryOfARepositoryAndFromThisMachine() throws IOException {
    Path here = collectionRepository().directory();
    Repository many = Repository.at(scratch.resolve("many"));
    many.with("a/x", "");
    for (String name : List.of("galaxy.yml", "README.md")) {
      many.with("collections/lab/" + name, Files.readString(here.resolve(name)));
    }
    many.commit();
    assertThat(
            install("collections:\n  - git+%s#/collections/lab,main\n".formatted(many.url())).err())
        .isEmpty();
    assertThat(collection("acme/lab/README.md")).exists();
    InProcess local = galaxy("collection", "install", here.toString(), "-p", "other");
    assertThat(local.err()).isEmpty();
    assertThat(lab.resolve("other/ansible_collections/acme/lab/roles/web")).exists();
  }

  @Test
  void resolvesVersionsOnAServer() throws IOException {
    try (FakeGalaxy server = new FakeGalaxy(Optional.of("s3cret"))) {
      publish(server, "acme.base", "1.0.0", "{}");
      publish(server, "acme.base", "1.5.0", "{}");
      publish(server, "acme.base", "2.0.0", "{}");
      publish(server, "acme.web", "1.0.0", "{\"acme.base\":\">=1.0.0,<2.0.0\"}");
      publish(server, "acme.web", "1.1.0", "{\"acme.base\":\">=2.0.0\"}");
      publish(server, "acme.web", "1.2.0-rc.1", "{}");
      configure(server, "token = s3cret");
      // The newest web needs a base that the file does not allow, so an older one is taken.
      InProcess run =
          install("collections:\n  - acme.web\n  - name: acme.base\n    version: '<2.0.0'\n");
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .contains("collection acme.web 1.0.0 (sha256", "collection acme.base 1.5.0");
      assertThat(server.asked).contains("/api/v3/collections/acme/web/versions/ Token s3cret");
      assertThat(galaxy("collection", "install", "acme.web").out())
          .contains("collection acme.web 1.0.0: already installed");
      assertThat(galaxy("collection", "install", "acme.web", "--upgrade").out())
          .contains("collection acme.web 1.1.0 (", "collection acme.base 2.0.0 (");
      assertThat(galaxy("collection", "install", "acme.web", "--upgrade", "--pre").out())
          .contains("collection acme.web 1.2.0-rc.1 (");
      InProcess none = install("collections:\n  - acme.web:1.1.0\n  - acme.base:1.0.0\n");
      assertThat(none.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(none.err())
          .contains("no version of the collection 'acme.base' fits")
          .contains("acme.web 1.1.0 wants >=2.0.0", "the requirement wants 1.0.0");
    }
  }

  @Test
  void refusesWhatAServerMayNotGive() throws IOException {
    try (FakeGalaxy server = new FakeGalaxy(Optional.of("s3cret"))) {
      Path other = artifact("acme.other", "1.0.0", "hello");
      server.publish("acme.web", "1.0.0", Files.readAllBytes(other), Checksum.of(other), "{}");
      server.publish("acme.wrong", "1.0.0", Files.readAllBytes(other), "0".repeat(64), "{}");
      Path damaged = artifact("acme.damaged", "1.0.0", "other than its sum");
      server.publish(
          "acme.damaged", "1.0.0", Files.readAllBytes(damaged), Checksum.of(damaged), "{}");
      configure(server, "token = wrong");
      InProcess closed = galaxy("collection", "install", "acme.web");
      assertThat(closed.exit()).isEqualTo(ExitCode.AUTHENTICATION.number());
      assertThat(closed.err()).contains("refuses with status 401").doesNotContain("wrong");
      configure(server, "token = s3cret");
      assertThat(galaxy("collection", "install", "acme.web").err())
          .contains("the server gives other content than it names", "got acme.other 1.0.0");
      assertThat(galaxy("collection", "install", "acme.wrong").err()).contains("the checksum of");
      assertThat(galaxy("collection", "install", "acme.nowhere").err())
          .contains("there is no collection 'acme.nowhere'", "asked: private");
      assertThat(galaxy("collection", "install", "acme.damaged").err())
          .contains("the checksum of README.md in");
      assertThat(collection("acme")).doesNotExist();
      assertThat(galaxy("collection", "install", "acme.web", "-s", server.url()).err())
          .contains("refuses with status 401");
    }
  }

  @Test
  void installsRolesFromAServer() throws IOException {
    try (FakeGalaxy server = new FakeGalaxy(Optional.empty())) {
      for (String version : List.of("1.9.0", "1.10.0")) {
        Path archive =
            new Tarball(scratch.resolve("r.tar.gz"))
                .file("r-x/meta/main.yml", "{}\n")
                .file("r-x/tasks/main.yml", "- debug:\n    msg: " + version + "\n")
                .close();
        server.file("/r/" + version, Files.readAllBytes(archive));
      }
      server.role("geerlingguy", "docker", Map.of("1.9.0", "/r/1.9.0", "1.10.0", "/r/1.10.0"));
      configure(server, "");
      assertThat(galaxy("role", "install", "geerlingguy.docker").err()).isEmpty();
      assertThat(role("geerlingguy.docker/tasks/main.yml")).content().contains("1.10.0");
      assertThat(galaxy("install", "geerlingguy.docker,1.9.0", "-f").exit()).isZero();
      assertThat(role("geerlingguy.docker/tasks/main.yml")).content().contains("1.9.0");
      assertThat(galaxy("install", "geerlingguy.docker,3.0").err())
          .contains("is installed as 1.9.0 and stays so");
      assertThat(galaxy("install", "geerlingguy.docker,3.0", "-f").err())
          .contains("there is no version 3.0 of the role geerlingguy.docker", "1.9.0");
      assertThat(galaxy("install", "geerlingguy.nothing").err())
          .contains("there is no role 'geerlingguy.nothing'");
    }
  }

  @Test
  void followsRedirectsAndKeepsLoginsOutOfSight() throws IOException {
    try (FakeGalaxy server = new FakeGalaxy(Optional.empty())) {
      Path archive = new Tarball(scratch.resolve("r.tar.gz")).file("r/meta/main.yml", "").close();
      server.file("/download/target", Files.readAllBytes(archive));
      String url = server.url().replace("://", "://user:hunter2@") + "/moved";
      InProcess run = install("- src: %s\n  name: r\n".formatted(url));
      assertThat(run.err()).isEmpty();
      assertThat(server.asked).anyMatch(path -> path.equals("/moved Basic dXNlcjpodW50ZXIy"));
      assertThat(role("r/meta/.galaxy_install_info")).content().doesNotContain("hunter2");
      InProcess lost = install("- src: %s-not\n  name: lost\n".formatted(url));
      assertThat(lost.err()).contains("there is nothing behind").doesNotContain("hunter2x");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^ | asks for nothing",
        "text | cannot be a text",
        "role: [] | unknown key 'role'",
        "roles: x | 'roles' has to be a list",
        "- [a] | a role cannot be a list",
        "- a,b,c,d | names no role",
        "- version: 1 | does not say which role",
        "- src: hg+http://x/y | is no way to fetch a role",
        "- src: a.b\\n  checksum: 12 | is no SHA-256 sum",
        "- src: ./nothing.tar.gz | there is no archive or directory",
        "- {src: a.b, name: ../../etc} | cannot be the name of a role",
        "- src: ftp://x/y.tar.gz\\n  name: y | is no address of an archive",
        "- include: requirements.yml | goes round in a circle",
        "- git+file:///nowhere/at/all | cannot fetch file:///nowhere/at/all",
        "- src: git+ext::sh -c evil\\n  name: e | cannot fetch",
        "- {src: git+--upload-pack=evil, name: e} | begins with '-'",
        "collections: [a] | is no name of a collection",
        "collections: [{type: git}] | does not say which collection",
        "collections: [{name: a.b, type: svn}] | unknown type 'svn'",
        "collections: [{name: a.b, version: newest}] | is no version",
        "collections: [{name: a.b, signatures: [x]}] | is not supported",
        "collections: [{name: /nowhere, type: dir}] | there is no archive or directory",
      })
  void badRequirementsAreFindings(String text, String finding) throws IOException {
    InProcess run = install(text.replace("\\n", "\n"));
    assertThat(run.exit()).isNotZero().isNotEqualTo(ExitCode.DEFECT.number());
    assertThat(run.err()).contains(finding).contains("next:");
  }

  @Test
  void rolesAndCollectionsOfOneFileCanBeInstalledApart() throws IOException {
    Repository web = roleRepository("web");
    web.commit();
    Repository lab = collectionRepository();
    lab.commit();
    write(
        "requirements.yml",
        "roles:\n  - git+%s\ncollections:\n  - git+%s\n".formatted(web.url(), lab.url()));
    assertThat(galaxy("role", "install", "-r", "requirements.yml").err())
        .contains("the collections in requirements.yml are left out");
    assertThat(role("web")).exists();
    assertThat(collection("acme")).doesNotExist();
    assertThat(galaxy("collection", "install", "-r", "requirements.yml").err())
        .contains("the roles in requirements.yml are left out");
    assertThat(collection("acme/lab")).exists();
  }

  @Test
  void saysWhatACommandLineLacks() {
    assertThat(galaxy("install").err()).contains("nothing to install is named");
    assertThat(galaxy("install", "-r", "nothing.yml").exit())
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(galaxy("install", "a.b", "-r", "x.yml").err()).contains("cannot be mixed");
    assertThat(galaxy().err()).contains("a command is missing");
    assertThat(galaxy("install", "a.b", "-s", "nonsense").err())
        .contains("'nonsense' is no address of a Galaxy server");
  }

  private void configure(FakeGalaxy server, String more) throws IOException {
    write(
        "ansible.cfg",
        """
        [defaults]
        roles_path = installed/roles
        collections_path = installed/collections
        [galaxy]
        server_list = private
        [galaxy_server.private]
        url = %s
        %s
        """
            .formatted(server.url(), more));
  }

  private void publish(FakeGalaxy server, String name, String version, String dependencies)
      throws IOException {
    Path archive = artifact(name, version, "hello");
    server.publish(name, version, Files.readAllBytes(archive), Checksum.of(archive), dependencies);
  }

  /** A built collection; its list of files has the sum of {@code hello} for its README. */
  private Path artifact(String name, String version, String readme) throws IOException {
    Path hello = Files.writeString(scratch.resolve("hello"), "hello");
    String files =
        """
        {"files": [{"name": ".", "ftype": "dir"},
        {"name": "README.md", "ftype": "file", "chksum_sha256": "%s"}], "format": 1}\
        """
            .formatted(Checksum.of(hello));
    Path list = Files.writeString(scratch.resolve("FILES.json"), files);
    String[] parts = name.split("\\.");
    String manifest =
        """
        {"collection_info": {"namespace": "%s", "name": "%s", "version": "%s", "dependencies": {}},
        "file_manifest_file": {"name": "FILES.json", "chksum_sha256": "%s"}, "format": 1}\
        """
            .formatted(parts[0], parts[1], version, Checksum.of(list));
    return new Tarball(scratch.resolve(name + "-" + version + ".tar.gz"))
        .file("MANIFEST.json", manifest)
        .file("FILES.json", files)
        .file("README.md", readme)
        .file("not-listed", "x")
        .close();
  }

  private static List<String> hidden(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    }
  }
}
