package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonImportsTest {

  private static final String NAME = "ansible_collections.a.b.plugins.modules.c";

  @Test
  void findsStatementsOfEveryForm() {
    assertThat(
            PythonImports.of(
                """
                import os, json as j
                from ansible.module_utils.basic import AnsibleModule, env_fallback as e
                try:
                    from ansible.module_utils.six import (
                        iteritems,  # said why
                        string_types as st,
                    )
                except ImportError:
                    pass
                from ansible.module_utils.common \\
                    import text
                """,
                NAME,
                false))
        .containsExactly(
            "os",
            "json",
            "ansible.module_utils.basic",
            "ansible.module_utils.basic.AnsibleModule",
            "ansible.module_utils.basic.env_fallback",
            "ansible.module_utils.six",
            "ansible.module_utils.six.iteritems",
            "ansible.module_utils.six.string_types",
            "ansible.module_utils.common",
            "ansible.module_utils.common.text");
  }

  @Test
  void relativeNamesBeginAtTheirPackage() {
    String text = "from ..module_utils.net import x\nfrom . import y\nfrom .z import *\n";
    assertThat(PythonImports.of(text, NAME, false))
        .containsExactly(
            "ansible_collections.a.b.plugins.module_utils.net",
            "ansible_collections.a.b.plugins.module_utils.net.x",
            "ansible_collections.a.b.plugins.modules",
            "ansible_collections.a.b.plugins.modules.y",
            "ansible_collections.a.b.plugins.modules.z");
    assertThat(PythonImports.of("from .x import y\n", "a.b", true))
        .containsExactly("a.b.x", "a.b.x.y");
  }
}
