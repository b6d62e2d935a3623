"""Prints the parameters of the modules named on standard input, as Ansible declares them: module, parameter, aliases,
type, default (JSON) and whether it is a secret, separated by tabs."""

import importlib
import json
import socket
import sys

import ansible.module_utils.basic as basic
from ansible.plugins.loader import init_plugin_loader

init_plugin_loader()
declared = {}


class Declared(BaseException):
    """Ends a module as soon as it has said what it takes."""


def keep(self, argument_spec, *_, **options):
    declared.clear()
    declared.update(basic.FILE_COMMON_ARGUMENTS if options.get("add_file_common_args") else {})
    declared.update(argument_spec)
    raise Declared


basic.AnsibleModule.__init__ = keep


def source(module):
    namespace, collection, name = module.split(".")
    if (namespace, collection) == ("ansible", "builtin"):
        return f"ansible.modules.{name}"
    return f"ansible_collections.{namespace}.{collection}.plugins.modules.{name}"


def kind(parameter):
    type_ = parameter.get("type") or "str"
    type_ = type_ if isinstance(type_, str) else "raw"
    return f"{type_}/{parameter['elements']}" if parameter.get("elements") else type_


def default(parameter):
    value = parameter.get("default")
    if isinstance(value, str):
        if socket.gethostname() in value:
            return "null"
        if parameter.get("type") == "bool":
            value = basic.boolean(value)
        elif parameter.get("type") == "list":
            value = value.split(",") if value else []
    return json.dumps(value)


for module in sys.stdin.read().split():
    declared.clear()
    try:
        importlib.import_module(source(module)).main()
    except (Declared, ImportError, AttributeError):
        pass
    for name, parameter in sorted(declared.items()):
        aliases = ",".join(parameter.get("aliases") or [])
        secret = "secret" if parameter.get("no_log") else ""
        print(module, name, aliases, kind(parameter), default(parameter), secret, sep="\t")
