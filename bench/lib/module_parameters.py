"""Prints what modules document, one fact a line, for ModuleParametersTest: `module<TAB>parameter<TAB>name<TAB>aliases<TAB>
default<TAB>choices` with a name such as `networks.ipv4_address` for what is inside of another parameter, and
`module<TAB>value<TAB>name` for what the module returns.

Runs where Ansible is installed, with the modules' full names on standard input: bench/record-modules.
"""

import json
import subprocess
import sys

names = sys.stdin.read().split()
text = subprocess.run(["ansible-doc", "--json", *names], capture_output=True, text=True).stdout
documented = json.loads(text)


def parameters(module, options, before):
    for name, option in sorted(options.items()):
        choices = option.get("choices") or []
        print("\t".join([
            module, "parameter", before + name, ",".join(sorted(option.get("aliases") or [])),
            json.dumps(option.get("default")), json.dumps(list(choices))]))
        parameters(module, option.get("suboptions") or {}, before + name + ".")


for module, found in sorted(documented.items()):
    if "error" in found:
        continue
    parameters(module, found["doc"].get("options") or {}, "")
    for name in sorted(found.get("return") or {}):
        print("\t".join([module, "value", name]))
