"""Prints every name of ansible-core's language, one `kind<TAB>name` a line, for docs/ansible-compatibility.md.

Runs where ansible-core is installed: bench/record-names.
"""

import json
import re
import subprocess

import jinja2
from ansible.playbook.block import Block
from ansible.playbook.handler import Handler
from ansible.playbook.loop_control import LoopControl
from ansible.playbook.play import Play
from ansible.playbook.role.include import RoleInclude
from ansible.playbook.task import Task


def show(kind, names):
    for name in sorted(set(names)):
        print(f"{kind}\t{name}")


def documented(kind):
    text = subprocess.run(["ansible-doc", "-t", kind, "-l", "--json", "ansible.builtin"],
                          check=True, capture_output=True, text=True).stdout
    return [name.rsplit(".", 1)[-1] for name in json.loads(text)]


environment = jinja2.Environment()
for kind, where in (("play", Play), ("task", Task), ("handler", Handler), ("block", Block), ("role", RoleInclude)):
    show(f"keyword of a {kind}", ["async" if name == "async_val" else name for name, field in where.fattributes.items()
                                  if not getattr(field, "private", False)])
show("loop_control", LoopControl.fattributes)
show("filter", documented("filter") + list(environment.filters))
show("test", documented("test") + list(environment.tests))
show("lookup", documented("lookup"))
show("module", documented("module"))
show("meta", ["clear_facts", "clear_host_errors", "end_batch", "end_host", "end_play", "end_role", "flush_handlers",
              "noop", "refresh_inventory", "reset_connection"])
help_text = subprocess.run(["ansible-playbook", "--help"], check=True, capture_output=True, text=True).stdout
named = [re.split(r"\s{2,}", line.strip())[0] for line in help_text.split("options:", 1)[1].splitlines() if re.match(r"  -", line)]
show("option", re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", " ".join(named)))
