"""Prints every distinct expression and template that the installed Ansible collections hold, and whether Jinja2 accepts it.

One JSON object a line: kind (expression: without delimiters; template: a whole text), text, accepted, where (one file that has it).
Sources: YAML files, template files, and the examples in the plugins' documentation.
"""
import ast
import json
import os
import sys

import jinja2
import yaml

# Values of these keys are expressions without delimiters.
CONDITIONS = {"when", "changed_when", "failed_when", "until", "that", "break_when"}
ENVIRONMENT = jinja2.Environment(trim_blocks=True)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Takes every tag for what it stands on."""


def any_tag(loader, _suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


Loader.add_multi_constructor("!", any_tag)


def accepted(template):
    try:
        ENVIRONMENT.parse(template)
        return True
    except jinja2.TemplateSyntaxError:
        return False


class Found:
    def __init__(self):
        self.known = {}

    def expression(self, text, where):
        text = text.strip()
        # A line end behind the text keeps a comment or a sign at its end from touching the delimiter.
        if text and ("expression", text) not in self.known:
            self.known["expression", text] = (accepted("{{ " + text + "\n}}"), where)

    def template(self, text, where):
        """The whole text, and each expression in it."""
        if not any(mark in text for mark in ("{{", "{%", "{#")):
            return
        if ("template", text) in self.known:
            return
        self.known["template", text] = (accepted(text), where)
        try:
            tokens = list(ENVIRONMENT.lexer.tokeniter(text, None))
        except jinja2.TemplateSyntaxError:
            return
        inside = None
        for _line, token, value in tokens:
            if token == "variable_begin":
                inside = []
            elif token == "variable_end" and inside is not None:
                self.expression("".join(inside), where)
                inside = None
            elif inside is not None:
                inside.append(value)

    def value(self, value, where, condition=False):
        if isinstance(value, str):
            if "{{" in value or "{%" in value:
                self.template(value, where)
            elif condition:
                self.expression(value, where)
        elif isinstance(value, dict):
            for key, item in value.items():
                self.value(key, where)
                self.value(item, where, key in CONDITIONS)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self.value(item, where, condition)

    def documents(self, text, where):
        try:
            for document in yaml.load_all(text, Loader=Loader):
                self.value(document, where)
        except (yaml.YAMLError, ValueError, TypeError):
            pass  # broken on purpose, or a template itself

    def examples(self, text, where):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                if any(getattr(target, "id", "") == "EXAMPLES" for target in node.targets):
                    self.documents(node.value.value, where)


def main(root):
    found = Found()
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            try:
                with open(path, encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            where = os.path.relpath(path, root)
            if name.endswith((".yml", ".yaml")):
                found.documents(text, where)
            elif name.endswith(".j2"):
                found.template(text, where)
            elif name.endswith(".py") and "EXAMPLES" in text:
                found.examples(text, where)
    for (kind, text), (good, where) in sorted(found.known.items()):
        print(json.dumps({"kind": kind, "text": text, "accepted": good, "where": where}))


main(sys.argv[1])
