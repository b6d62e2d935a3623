package dev.hearth.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.LocalHost;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.shell.Outcome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What facts say together is what each says alone. */
class TogetherTest extends ModuleOnLocalShell {

  private static final List<String> NAMES =
      List.of("plain", "-n", "with space", "new\nline", "back\\slash", "ä", "*", "$(echo x)");

  static Stream<TestShell> everyShell() {
    return Stream.concat(shells().stream(), shellsWithPrograms().stream()).distinct();
  }

  @ParameterizedTest
  @MethodSource("everyShell")
  void pathsOfAllKinds(TestShell shell) throws IOException {
    LocalHost host = new LocalHost(shell, home());
    List<Fact<?>> facts = new ArrayList<>();
    for (String path : everything()) {
      facts.add(new PathFact(path));
    }

    assertSame(host, facts, facts.size());
  }

  @ParameterizedTest
  @MethodSource("everyShell")
  void checksumsOfFilesAndOthers(TestShell shell) throws IOException {
    LocalHost host = new LocalHost(shell, home());
    List<String> all = everything();
    for (String algorithm : List.of("sha1", "sha256")) {
      List<Fact<?>> facts = new ArrayList<>();
      for (String path : all) {
        facts.add(new Checksum(path, algorithm));
      }

      // Where a tool leaves a name's new line as it is, the files are asked one by one.
      assertSame(host, facts, shell.name().equals("busybox") ? 0 : facts.size());
      facts.removeIf(fact -> ((Checksum) fact).path().contains("\n"));
      assertSame(host, facts, facts.size());
    }
  }

  @ParameterizedTest
  @MethodSource("everyShell")
  void withoutTheToolEachIsAskedAlone(TestShell shell) throws IOException {
    Path file = Files.writeString(home().resolve("file"), "x");
    List<Fact<?>> facts =
        List.of(new Checksum(file.toString(), "none"), new Checksum("/none", "none"));

    assertThat(joint(new LocalHost(shell, home()), facts)).containsOnly(Optional.empty());
  }

  @Test
  void aTruncatedAnswerIsNone() {
    List<Fact<?>> facts = List.of(new PathFact("/a"), new PathFact("/b"));
    Together asked = Together.of(facts).getFirst();

    for (String answer : List.of("", "absent\0", "file\0file\0644 0 0 root", "link\0", "x\0\n")) {
      assertThat(asked.answers(Outcome.Exited.of(0, answer, "")))
          .as("'%s'", answer)
          .hasSize(2)
          .anyMatch(Optional::isEmpty);
    }
  }

  @Test
  void kindsKeepApartAndGroupsHaveABound() {
    List<Fact<?>> facts = new ArrayList<>();
    IntStream.range(0, 150).forEach(i -> facts.add(new PathFact("/" + i)));
    facts.add(new Checksum("/a", "sha1"));
    facts.add(new Checksum("/a", "md5"));
    facts.add(new FileBytes("/a"));
    facts.add(new FileBytes("/b"));

    List<Together> asked = Together.of(facts);

    assertThat(asked).hasSize(3 + 4);
    assertThat(asked.stream().flatMap(each -> each.facts().stream()).toList())
        .containsExactlyInAnyOrderElementsOf(facts);
    assertThat(asked).allMatch(each -> each.joint().isPresent() == each.facts().size() > 1);
  }

  private static void assertSame(LocalHost host, List<Fact<?>> facts, int known) {
    // Following a link for the first time sets the time of its last use.
    facts.forEach(fact -> host.run(fact.probe()));
    List<Optional<Outcome.Exited>> together = joint(host, facts);
    assertThat(together).hasSize(facts.size());
    assertThat(together.stream().filter(Optional::isPresent)).hasSize(known);
    for (int i = 0; i < facts.size(); i++) {
      Fact<?> fact = facts.get(i);
      if (together.get(i).isPresent()) {
        assertThat((Object) fact.parse(together.get(i).get()))
            .as(fact.key())
            .isEqualTo(fact.parse(host.run(fact.probe())));
      }
    }
  }

  private static List<Optional<Outcome.Exited>> joint(LocalHost host, List<Fact<?>> facts) {
    Together asked = Together.of(facts).getFirst();
    return asked.answers(host.run(asked.probe()));
  }

  /** A path of each kind under names that are trouble, absolute and relative to the home. */
  private List<String> everything() throws IOException {
    List<String> paths = new ArrayList<>(List.of("/dev/null", "/", "", "/none/at/all", "plain"));
    Path root = home();
    for (String name : NAMES) {
      Path file = Files.writeString(root.resolve(name), name);
      Path directory = Files.createDirectories(root.resolve(name + ".d"));
      Path link = Files.createSymbolicLink(root.resolve(name + ".link"), file.getFileName());
      Path dangling = Files.createSymbolicLink(root.resolve(name + ".away"), Path.of("a\nb\n0"));
      for (Path path : List.of(file, directory, link, dangling)) {
        paths.add(path.toString());
      }
      paths.add(root.resolve(name + ".none").toString());
    }
    Path socket = root.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    }
    paths.add(socket.toString());
    return paths;
  }
}
