"""The cases of bench/twins: writes their playbooks, and compares what Hearth and ansible-core told of them.

usage: playbooks FOLDER CASE...          a tar archive of playbooks and scripts, on standard output
       compare WORK ALLOW CASE...        findings as lines with tabs, on standard output; values on standard error
"""
import io
import json
import os
import re
import subprocess
import sys
import tarfile

import yaml

ROUNDS = ("check", "first", "again")
# What every result of Ansible carries, and what differs from host to host or from second to second.
NOISE = {"invocation", "execution_time_ms", "diff", "_ansible_no_log", "action", "deprecations", "warnings", "ansible_facts", "exception",
         "stdout_lines", "stderr_lines", "start", "end", "delta", "backup_file", "backup", "module_stdout", "module_stderr",
         "changed", "failed", "skipped", "msg"}
# Numbers of the host's own inside of values.
OWN = re.compile("inode|dev|atime|ctime|.*Timestamp.*|.*PID|.*USec|InvocationID|(Memory|CPU|Tasks|IO|IP|Limit).*|"
                 "ControlGroup|ControlGroupId|StatusErrno|NextElapse.*|ExecStart.*|ExecStop.*|ExecReload.*|Effective.*")
# What an engine makes up for each container, network and volume, and where it keeps them.
ENGINE = re.compile("Id|ID|Created|CreatedAt|StartedAt|FinishedAt|Pid|Hostname|.*(Path|Dir|Time)|MacAddress|.*(NetworkID|EndpointID)|"
                    "Sandbox.*|DNSNames|Aliases|Name|Driver.*Data|MemTotal|NFd|NGoroutines|Usage.*|.*Digests|Containers.*")
# For how long a container is there or runs, at that moment.
AGE = re.compile(r"(Up |Exited \(\d+\) |)(?:About |Less than )?(?:an?|\d+) (?:second|minute|hour)s?(?: ago)?")
# Words of a unit's properties, in the order in which systemd happened to read them.
WORDS = re.compile("After|Before|Requires|RequiredBy|Wants|WantedBy|Conflicts|TriggeredBy|Names|RequiresMountsFor|WantsMountsFor")
FLAGS = ("changed", "failed", "skipped")


def playbooks(folder, cases):
    archive = tarfile.open(fileobj=sys.stdout.buffer, mode="w|")

    def add(name, text):
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(text.encode()), 0o644
        archive.addfile(entry, io.BytesIO(text.encode()))

    def play(name, tasks):
        whole = {"name": name, "hosts": "twin", "gather_facts": False, "ignore_errors": True, "diff": True, "tasks": tasks}
        return yaml.safe_dump([whole], sort_keys=False, width=10000)

    for case in cases:
        with open(os.path.join(folder, case + ".yml")) as file:
            content = yaml.safe_load(file)
        unknown = set(content) - {"tasks", "remove", "prepare", "after"}
        if unknown:
            sys.exit(f"{case}.yml: there is no {sorted(unknown)}")
        tasks = []
        for part, look in (("tasks", "made"), ("remove", "removed")):
            for task in content.get(part, []):
                number = len([one for one in tasks if one["name"].endswith("check")]) + 1
                for round_ in ROUNDS:
                    extra = {"check_mode": True} if round_ == "check" else {}
                    tasks.append({"name": f"{number} {round_}", **task, **extra})
            tasks.append({"name": f"look {look}", "raw": f"sh /run/twins/snapshot /run/twins/base >/run/twins/{case}.{look}.tree 2>/dev/null"})
            if part in content:
                add(f"{case}.{part}.yml", play(case, [{"name": part, **task} for task in content[part]]))
        add(f"{case}.yml", play(case, tasks))
        for part in ("prepare", "after"):
            add(f"{case}/{part}", content.get(part, ""))
    archive.close()


def hearth(name):
    tasks, current = {}, None
    for line in open(name):
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("message_type") == "task_started":
            current = event["name"]
        elif event.get("message_type") == "host_done":
            tasks[current] = {**event.get("result", {}), "diff": event.get("diff", [])}
    return tasks


def ansible(name):
    text = open(name).read()
    plays = json.loads(text[text.index("{"):])["plays"]
    return {task["task"]["name"]: next(iter(task["hosts"].values()), {}) for play in plays for task in play["tasks"]}


def returned(module, known={}):
    """The keys that the module's documentation promises."""
    if module not in known:
        out = subprocess.run(["ansible-doc", "-j", "-t", "module", module], capture_output=True, text=True, check=True).stdout
        known[module] = set(json.loads(out)[module].get("return") or {})
    return known[module]


def shown(diff):
    """A diff as what a reader sees of it: pairs of texts, without headers and without those that show nothing."""
    pairs = []
    for one in diff if isinstance(diff, list) else [diff or {}]:
        if "prepared" in one:
            pairs.append(("prepared", one["prepared"].strip()))
            continue
        pair = tuple(text(one.get(side, "")) for side in ("before", "after"))
        if pair[0] != pair[1]:
            pairs.append(pair)
    return pairs


def common(value, own=OWN):
    """The value without what is each host's own."""
    if isinstance(value, dict):
        return {key: sorted(one.split()) if WORDS.fullmatch(key) and isinstance(one, str) else common(one, own)
                for key, one in value.items() if not own.fullmatch(key)}
    if isinstance(value, list):
        return [common(one, own) for one in value]
    age = AGE.fullmatch(value) if isinstance(value, str) else None
    return age.group(1) if age else value


def text(side):
    return side.rstrip("\n") if isinstance(side, str) else json.dumps(side, indent=4, sort_keys=True)


class Findings:
    def __init__(self, case, rules):
        self.case, self.rules, self.counts, self.found, self.bad = case, rules, {}, set(), 0

    def compare(self, aspect, what, ours, theirs, place=""):
        self.counts[aspect] = self.counts.get(aspect, 0) + 1
        if ours == theirs:
            return
        self.found.add((aspect, what))
        if not any(all(map(re.fullmatch, rule, (self.case, aspect, what))) for rule in self.rules):
            self.bad += 1
            if isinstance(ours, dict) and isinstance(theirs, dict):
                keys = sorted(key for key in {*ours, *theirs} if ours.get(key) != theirs.get(key))
                ours, theirs = ({key: one.get(key) for key in keys} for one in (ours, theirs))
            print(f"{self.case}: {aspect}: {place}{what}\n    {ours!r:.400}\n    {theirs!r:.400}", file=sys.stderr)

    def lines(self):
        for aspect, count in self.counts.items():
            yield self.case, aspect, str(count), str(len([1 for one, _ in self.found if one == aspect]))
        for aspect, what in self.found:
            yield self.case, aspect, "differs", what


def results(findings, module, folder):
    """What both told of each task, and what Hearth had predicted of it."""
    ours, theirs = hearth(f"{folder}/hearth"), ansible(f"{folder}/ansible")
    own = ENGINE if module.startswith("community.docker.") else OWN
    numbered = [name for name in theirs if name[0].isdigit()]
    findings.compare("run", "tasks", sorted(name for name in ours if name[0].isdigit()), sorted(numbered))
    for name in numbered:
        if name not in ours:
            continue
        mine, other, (number, round_) = ours[name], theirs[name], name.split()
        place = f"task {number}: "
        for key in FLAGS:
            findings.compare(round_, key, bool(mine.get(key)), bool(other.get(key)), place)
        if round_ == "check":
            real = ours.get(f"{number} first", {})
            findings.compare("prediction", "changed", bool(mine.get("changed")), bool(real.get("changed")), place)
            findings.compare("prediction", "diff", shown(mine["diff"]), shown(real.get("diff", [])), place)
            continue
        if other.get("failed"):
            continue
        left, right = shown(mine["diff"]), shown(other.get("diff", []))
        findings.compare("diff", "texts" if right else "only Hearth shows one", left, right, place + round_ + ": ")
        for key in sorted((set(other) & returned(module)) - NOISE):
            findings.compare("values", key, common(mine.get(key), own), common(other[key], own), place + round_ + ": ")
        facts = mine.get("ansible_facts") or {}
        for key, value in sorted((other.get("ansible_facts") or {}).items()):
            if key != "discovered_interpreter_python":
                findings.compare("values", "fact " + key, common(facts.get(key)), common(value), place + round_ + ": ")


def trees(findings, aspect, file):
    rows = [line.rstrip("\n").split("\t") for line in open(file)]
    findings.counts.setdefault(aspect, 0)
    for state, kind, key, ours, theirs, _ in rows:
        if state == "explained":
            continue
        findings.compare(aspect, f"{kind} {key}", ours[3:], theirs[3:])


def undone(case, folder):
    """What Hearth's receipt claimed, and whether the teardown said that it did it."""
    claims, cannot = 0, set()
    for line in open(f"{folder}/receipt"):
        record = json.loads(line[:line.rindex(" ")])
        if record["kind"] != "intended":
            continue
        for part in record["undo"]:
            if "impossible" in part:
                # Neither a checksum nor the place of this checkout is the same next time.
                what = re.sub(r"/\S*/\.hearth/twins/", "", re.sub(r"[0-9a-f]{12,}", "…", record["what"]))
                cannot.add((what, part["impossible"]))
            else:
                claims += 1
    yield case, "undo", "claims", str(claims)
    for what, why in cannot:
        yield case, "undo", "cannot", f"{what}: {why}"


def compare(work, allow, cases):
    rules = []
    for line in open(allow):
        if line.strip() and not line.startswith("#"):
            rules.append(re.split(r" +\| +", line.strip(), maxsplit=3)[:3])
    bad, lines = 0, []
    for case in cases:
        folder, findings = f"{work}/{case}", Findings(case, rules)
        try:
            results(findings, case, folder)
            for look in ("made", "removed"):
                trees(findings, "tree", f"{folder}/{look}.trees")
        except (ValueError, KeyError, OSError) as broken:
            findings.compare("run", "output", repr(broken), "")
        trees(findings, "undo", f"{folder}/undone.trees")
        lines += [*findings.lines(), *undone(case, folder)]
        bad += findings.bad
    for line in sorted(lines):
        print("\t".join(line))
    sys.exit(1 if bad else 0)


if sys.argv[1] == "playbooks":
    playbooks(sys.argv[2], sys.argv[3:])
else:
    compare(sys.argv[2], sys.argv[3], sys.argv[4:])
