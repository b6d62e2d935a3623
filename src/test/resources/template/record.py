#!/usr/bin/env python3
"""Records what ansible-core 2.19 makes of every template in cases.txt.

Run it where ansible-core 2.19 is installed (Debian 13: apt install ansible python3-passlib python3-bcrypt python3-netaddr
python3-jmespath; the oracle's image has them):
    python3 record.py > golden.jsonl
Each line of cases.txt is a template as a JSON string; vars.json holds the variables; lookups read files/.
"""
import json
import os
import sys
import warnings

from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader
from ansible.template import Templar, trust_as_template

HERE = os.path.dirname(os.path.abspath(__file__))


def trusted(value):
    if isinstance(value, str):
        return trust_as_template(value)
    if isinstance(value, dict):
        return {key: trusted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [trusted(item) for item in value]
    return value


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def kind(value):
    for name, cls in (("bool", bool), ("int", int), ("float", float), ("str", str),
                      ("list", (list, tuple)), ("dict", dict)):
        if isinstance(value, cls):
            return name
    return "none" if value is None else "str"


def main():
    warnings.simplefilter("ignore")
    init_plugin_loader([])
    os.environ["HEARTH_TEST"] = "from the environment"
    with open(os.path.join(HERE, "vars.json")) as file:
        variables = json.load(file)
    with open(os.path.join(HERE, "cases.txt")) as file:
        cases = [json.loads(line) for line in file if line.strip()]
    for case in cases:
        loader = DataLoader()
        loader.set_basedir(HERE)
        templar = Templar(loader=loader, variables=trusted(variables))
        line = {"template": case}
        try:
            result = templar.template(trust_as_template(case))
            line["type"] = kind(result)
            line["result"] = plain(result)
        except Exception as error:  # every failure is a result here
            line["error"] = type(error).__name__
        print(json.dumps(line))


if __name__ == "__main__":
    sys.exit(main())
