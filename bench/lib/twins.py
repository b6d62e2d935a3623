"""Compares what Hearth and ansible-core told about the same tasks on two twins (see bench/twins)."""
import json
import os
import subprocess
import sys

work, cases = sys.argv[1], sys.argv[2:]
allow = {}
path = os.path.join(os.path.dirname(os.path.dirname(work)), "bench", "twins.allow")
if os.path.exists(path):
    for line in open(path):
        if line.strip() and not line.startswith("#"):
            case, module, what, why = line.rstrip("\n").split("\t")
            allow[case, module, what] = why

# What every result of Ansible carries, and what differs from host to host or from second to second.
NOISE = {"invocation", "diff", "_ansible_no_log", "action", "deprecations", "warnings", "ansible_facts", "exception",
         "stdout_lines", "stderr_lines", "start", "end", "delta", "backup_file", "backup", "module_stdout", "module_stderr"}


def hearth(name):
    tasks = []
    for line in open(name):
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("message_type") == "task_started":
            tasks.append((event["name"], {}))
        elif event.get("message_type") == "host_done" and not event.get("loop_summary") or event.get("status") == "failed":
            if tasks:
                tasks[-1] = (tasks[-1][0], event.get("result", {}))
    return tasks


def ansible(name):
    text = open(name).read()
    plays = json.loads(text[text.index("{"):])["plays"]
    return [(task["task"]["name"], next(iter(task["hosts"].values()), {})) for play in plays for task in play["tasks"]]


def documented(modules):
    """The keys that each module's documentation promises."""
    out = subprocess.run(["ansible-doc", "-j", "-t", "module", *modules], capture_output=True, text=True, check=True).stdout
    return {name: set(doc.get("return") or {}) for name, doc in json.loads(out).items()}


def returned(module):
    if module not in keys:
        keys[module] = next(iter(documented([module]).values()), set())
    return keys[module]


def differences(module, ours, theirs, check):
    for key in ("changed", "failed", "skipped"):
        if bool(ours.get(key)) != bool(theirs.get(key)):
            yield key + (" in check mode" if check else ""), bool(ours.get(key)), bool(theirs.get(key))
    if check or theirs.get("failed"):
        return
    for key in sorted((set(theirs) & returned(module)) - NOISE - {"changed", "failed", "skipped", "msg"}):
        if key not in ours:
            yield "lacks " + key, None, theirs[key]
        elif ours[key] != theirs[key]:
            yield key, ours[key], theirs[key]


rows, unexplained, keys = [], 0, {}
for case in cases:
    total, same = 0, 0
    explained = {}
    for round_ in ("check", "first", "second"):
        try:
            ours, theirs = (read(f"{work}/{case}.{round_}.{side}") for read, side in ((hearth, "hearth"), (ansible, "ansible")))
        except (ValueError, KeyError) as broken:
            print(f"{case}: {round_} run cannot be read: {broken}", file=sys.stderr)
            unexplained += 1
            continue
        if len(ours) != len(theirs):
            print(f"{case}: {round_} run has {len(ours)} tasks and {len(theirs)}", file=sys.stderr)
            unexplained += 1
        for (name, mine), (_, other) in zip(ours, theirs):
            module = name.split(" ")[0]
            for what, left, right in differences(module, mine, other, round_ == "check"):
                total += 1
                why = allow.get((case, module, what)) or allow.get(("*", module, what)) or allow.get(("*", "*", what))
                if why:
                    explained[module, what] = why
                else:
                    unexplained += 1
                    print(f"{case}: {round_}: {name}: {what}: Hearth {left!r:.120}, Ansible {right!r:.120}", file=sys.stderr)
            total += 1
            same += 1
    rows.append((case, same, sorted(explained.items())))

print("# Modules beside Ansible's\n")
print("Written by `bench/twins --table`: the same tasks with Hearth on one Debian 13 host and with ansible-core 2.19 on its twin,")
print("in check mode and twice. Compared are `changed`, `failed` and `skipped` of each task and the values that Ansible's module")
print("returns.\n")
print("| case | comparisons | differences, and why |")
print("|---|---|---|")
for case, same, explained in rows:
    print(f"| {case} | {same} | " + "; ".join(f"`{m}` {w}: {why}" for (m, w), why in explained) + " |")
sys.exit(1 if unexplained else 0)
