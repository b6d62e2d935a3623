"""Prints every name of ansible-core's language, one `kind<TAB>name` a line, for docs/ansible-compatibility.md.

Runs where ansible-core is installed: bench/record-names.
"""

import json
import re
import subprocess

import jinja2
from ansible import constants
from ansible.playbook.block import Block
from ansible.playbook.handler import Handler
from ansible.playbook.loop_control import LoopControl
from ansible.playbook.play import Play
from ansible.playbook.playbook_include import PlaybookInclude
from ansible.playbook.role.include import RoleInclude
from ansible.playbook.role_include import IncludeRole
from ansible.playbook.task import Task
from ansible.playbook.task_include import TaskInclude


def show(kind, names):
    for name in sorted(set(names)):
        print(f"{kind}\t{name}")


def documented(kind):
    text = subprocess.run(["ansible-doc", "-t", kind, "-l", "--json", "ansible.builtin"],
                          check=True, capture_output=True, text=True).stdout
    return [name.rsplit(".", 1)[-1] for name in json.loads(text)]


def plugin(kind, name):
    text = subprocess.run(["ansible-doc", "-t", kind, "--json", name], check=True, capture_output=True, text=True).stdout
    return next(iter(json.loads(text).values()))["doc"]


environment = jinja2.Environment()
for kind, where in (("play", Play), ("task", Task), ("handler", Handler), ("block", Block), ("role", RoleInclude)):
    show(f"keyword of a {kind}", ["async" if name == "async_val" else name for name, field in where.fattributes.items()
                                  if not getattr(field, "private", False)])
show("loop_control", LoopControl.fattributes)
show("keyword of a import_playbook", PlaybookInclude.fattributes)
show("option of include_role", IncludeRole.VALID_ARGS)
show("option of import_role", IncludeRole.VALID_ARGS - {"apply"})
show("option of include_tasks", TaskInclude.VALID_ARGS - {"_raw_params"})
show("loop", [f"with_{name}" for name in documented("lookup")])
show("become option", [name for option in plugin("become", "sudo")["options"].values()
                       for name in [each["name"] for each in option.get("vars", [])]])
# The last one is a name that nobody may take, but no play has it.
show("magic variable", set(constants.INTERNAL_STATIC_VARS) - {"ansible_async_path"})
show("filter", documented("filter") + list(environment.filters))
show("test", documented("test") + list(environment.tests))
show("lookup", documented("lookup"))
show("module", documented("module"))
show("meta", ["clear_facts", "clear_host_errors", "end_batch", "end_host", "end_play", "end_role", "flush_handlers",
              "noop", "refresh_inventory", "reset_connection"])
help_text = subprocess.run(["ansible-playbook", "--help"], check=True, capture_output=True, text=True).stdout
named = [re.split(r"\s{2,}", line.strip())[0] for line in help_text.split("options:", 1)[1].splitlines() if re.match(r"  -", line)]
show("option", re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", " ".join(named)))
