package dev.hearth.module.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Renderer;
import dev.hearth.value.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the real script in a real shell on this machine and reads its report. */
class SetupTest {

  /** Answers facts by running their probes in a shell of this machine. */
  private record Here(List<String> shell) implements Facts {
    @Override
    public <T> T get(Fact<T> fact) {
      try {
        List<String> command = new java.util.ArrayList<>(shell);
        command.add("-c");
        command.add(Renderer.forWire(fact.probe()));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        byte[] err = process.getErrorStream().readAllBytes();
        return fact.parse(new Outcome.Exited(process.waitFor(), out, err));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void prefetch(Collection<? extends Fact<?>> facts) {}
  }

  private static Value.Dict gather(List<String> shell, List<String> subset, List<String> filter) {
    Verdict verdict =
        new Setup()
            .plan(new Setup.Args(subset, filter, 10, "/etc/ansible/facts.d"), new Here(shell));
    Value facts = ((Verdict.Satisfied) verdict).result().values().get("ansible_facts");
    return (Value.Dict) java.util.Objects.requireNonNull(facts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "busybox ash"})
  void everyShellTellsTheSame(String shell) throws Exception {
    List<String> words = List.of(shell.split(" "));
    if (!new java.io.File("/bin/" + words.getFirst()).exists()
        && !new java.io.File("/usr/bin/" + words.getFirst()).exists()) {
      return;
    }
    Value.Dict facts = gather(words, List.of("all"), List.of());
    assertThat(facts.get("ansible_system")).isEqualTo(Value.text("Linux"));
    assertThat(facts.get("ansible_kernel")).isEqualTo(Value.text(System.getProperty("os.version")));
    assertThat(facts.get("ansible_processor_nproc")).isInstanceOf(Value.Int.class);
    assertThat(facts.get("ansible_user_id")).isEqualTo(Value.text(System.getProperty("user.name")));
    assertThat(facts.get("ansible_date_time")).isInstanceOf(Value.Dict.class);
    assertThat(
            ((Value.Dict) java.util.Objects.requireNonNull(facts.get("ansible_env"))).get("PATH"))
        .isEqualTo(Value.text(System.getenv("PATH")));
    assertThat(facts.get("ansible_mounts")).isInstanceOf(Value.Seq.class);
    assertThat(facts.get("ansible_interfaces")).isInstanceOf(Value.Seq.class);
  }

  @Test
  void aSubsetLeavesTheRestOut() {
    Value.Dict facts = gather(List.of("sh"), List.of("!all", "network"), List.of());
    assertThat(facts.get("ansible_distribution")).isNotNull();
    assertThat(facts.get("ansible_interfaces")).isNotNull();
    assertThat(facts.get("ansible_memtotal_mb")).isNull();
    Value.Dict only = gather(List.of("sh"), List.of("!all", "!min", "virtual"), List.of());
    assertThat(only.get("ansible_virtualization_type")).isNotNull();
    assertThat(only.get("ansible_distribution")).isNull();
  }

  @Test
  void filtersKeepOnlyWhatMatches() {
    Value.Dict facts = gather(List.of("sh"), List.of("all"), List.of("mem*_mb", "ansible_kernel"));
    assertThat(facts.get("ansible_memtotal_mb")).isNotNull();
    assertThat(facts.get("ansible_kernel")).isNotNull();
    assertThat(facts.get("ansible_hostname")).isNull();
    assertThat(facts.get("gather_subset")).isEqualTo(Value.Seq.of(Value.text("all")));
  }

  @Test
  void anUnknownSubsetIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> gather(List.of("sh"), List.of("netwrk"), List.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("did you mean 'network'?");
  }
}
