package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.library.Library;
import dev.hearth.module.library.RefusedModules;
import org.junit.jupiter.api.Test;

class RefusedModulesTest {

  @Test
  void whatIsRefusedIsNoModuleOfOurs() {
    assertThat(RefusedModules.names())
        .isNotEmpty()
        .noneMatch(name -> Library.modules().find(name).isPresent());
  }

  @Test
  void singleModulesAndWholeCollectionsAreKnown() {
    assertThat(RefusedModules.of("kubernetes.core.helm").orElseThrow().because())
        .contains("cluster");
    assertThat(RefusedModules.of("terraform"))
        .isEqualTo(RefusedModules.of("community.general.terraform"))
        .isPresent();
    assertThat(RefusedModules.of("community.general.ufw")).isEmpty();
    assertThat(RefusedModules.of("helm")).isEmpty();
  }
}
