# AnsibleModule for modules that run where this machine has no Ansible: what modules of roles mostly use,
# written for Hearth after the documented interface.
import atexit
import datetime
import hashlib
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile

from ansible.module_utils.common.text.converters import jsonify, to_bytes, to_native, to_text  # noqa: F401
from ansible.module_utils.parsing.convert_bool import BOOLEANS, BOOLEANS_FALSE, BOOLEANS_TRUE, boolean  # noqa: F401

_ANSIBLE_ARGS = None
_ANSIBLE_PROFILE = None
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
FILE_COMMON_ARGUMENTS = dict(
    mode=dict(type="raw"), owner=dict(type="str"), group=dict(type="str"), seuser=dict(type="str"),
    serole=dict(type="str"), selevel=dict(type="str"), setype=dict(type="str"),
    attributes=dict(type="str", aliases=["attr"]), unsafe_writes=dict(type="bool", default=False))


class AnsibleFallbackNotFound(Exception):
    pass


def env_fallback(*names, **options):
    for name in names:
        if name in os.environ:
            return os.environ[name]
    raise AnsibleFallbackNotFound


def missing_required_lib(library, reason=None, url=None):
    message = "Failed to import the required Python library (%s) on %s's Python %s." % (
        library, os.uname().nodename, sys.executable)
    if reason:
        message += " This is required %s." % reason
    if url:
        message += " See %s for more info." % url
    return message + " Please read the module documentation and install it in the appropriate location."


def get_platform():
    return os.uname().sysname


def _text_list(value):
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    if isinstance(value, (int, float)):
        return [str(value)]
    raise TypeError("%s cannot be converted to a list" % type(value))


def _mapping(value):
    if isinstance(value, dict):
        return value
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("{"):
            return json.loads(text)
        if "=" in text:
            return dict(part.split("=", 1) for part in shlex.split(text))
    raise TypeError("dictionary requested, could not parse JSON or key=value")


def _text(value):
    return value if isinstance(value, str) else to_text(value)


def _whole(value):
    if isinstance(value, bool):
        raise TypeError("%s cannot be converted to an int" % type(value))
    if isinstance(value, float) and value != int(value):
        raise TypeError("%s cannot be converted to an int" % type(value))
    return int(value)


def _bytes(value):
    match = re.match(r"^\s*(\d*\.?\d*)\s*([A-Za-z]*)\s*$", str(value))
    units = " KMGTPEZY"
    if not match or not match.group(1):
        raise TypeError("%s cannot be converted to bytes" % value)
    unit = match.group(2)[:1].upper()
    return int(round(float(match.group(1)) * (1024 ** units.index(unit) if unit and unit != "B" else 1)))


CONVERSIONS = {
    "str": _text, "list": _text_list, "dict": _mapping, "bool": boolean, "int": _whole, "float": float,
    "path": lambda value: os.path.expanduser(os.path.expandvars(_text(value))), "raw": lambda value: value,
    "json": lambda value: value if isinstance(value, str) else json.dumps(value),
    "jsonarg": lambda value: value if isinstance(value, str) else json.dumps(value), "bytes": _bytes, "bits": _bytes}


class AnsibleModule(object):
    def __init__(self, argument_spec, bypass_checks=False, no_log=False, mutually_exclusive=None,
                 required_together=None, required_one_of=None, add_file_common_args=False,
                 supports_check_mode=False, required_if=None, required_by=None):
        given = dict(json.loads(to_text(_ANSIBLE_ARGS))["ANSIBLE_MODULE_ARGS"])
        own = {name[len("_ansible_"):]: given.pop(name) for name in list(given) if name.startswith("_ansible_")}
        self._name = own.get("module_name", "")
        self.check_mode = bool(own.get("check_mode"))
        self.no_log = bool(own.get("no_log")) or no_log
        self._debug = bool(own.get("debug"))
        self._diff = bool(own.get("diff"))
        self._verbosity = own.get("verbosity", 0)
        self.ansible_version = own.get("version", "")
        self.tmpdir = own.get("tmpdir") or tempfile.gettempdir()
        self.supports_check_mode = supports_check_mode
        self.run_command_environ_update = {}
        self.cleanup_files = []
        self.no_log_values = set()
        self._warnings = []
        self._deprecations = []
        self.argument_spec = dict(argument_spec)
        if add_file_common_args:
            for name, spec in FILE_COMMON_ARGUMENTS.items():
                self.argument_spec.setdefault(name, spec)
        self.aliases = {}
        self.params = given
        os.chdir(self._directory())
        self.params = self._checked(self.argument_spec, given, "", mutually_exclusive, required_together,
                                    required_one_of, required_if, required_by)
        if self.check_mode and not supports_check_mode:
            self.exit_json(skipped=True, msg="remote module (%s) does not support check mode" % self._name)

    @staticmethod
    def _directory():
        try:
            return os.getcwd()
        except OSError:
            return "/"

    # Arguments

    def _checked(self, spec, given, context, exclusive=None, together=None, one_of=None, required_if=None,
                 required_by=None):
        names = {}
        for name, about in spec.items():
            names[name] = name
            for alias in about.get("aliases") or []:
                names[alias] = name
        values = {}
        for name in given:
            if name in names:
                if given[name] is not None or names[name] not in values:
                    values[names[name]] = given[name]
        where = " found in %s" % context if context else ""
        unknown = sorted(name for name in given if name not in names)
        for name, about in spec.items():
            if values.get(name) is None and about.get("fallback"):
                values[name] = self._fallback(about["fallback"])
            if about.get("no_log") and values.get(name):
                self._hide(values[name])
        present = lambda name: values.get(name) is not None  # noqa: E731
        for group in exclusive or []:
            if sum(map(present, self._group(group))) > 1:
                self.fail_json(msg="parameters are mutually exclusive: %s%s" % ("|".join(self._group(group)), where))
        missing = sorted(name for name, about in spec.items() if about.get("required") and not present(name))
        if missing:
            self.fail_json(msg="missing required arguments: %s%s" % (", ".join(missing), where))
        for name, about in spec.items():
            if not present(name) and about.get("default") is not None:
                values[name] = about["default"]
            values.setdefault(name, None)
            if values[name] is not None:
                values[name] = self._converted(name, about, values[name], context)
        for group in together or []:
            if any(map(present, group)) and not all(map(present, group)):
                self.fail_json(msg="parameters are required together: %s%s" % (", ".join(group), where))
        for group in one_of or []:
            if not any(map(present, group)):
                self.fail_json(msg="one of the following is required: %s%s" % (", ".join(group), where))
        for rule in required_if or []:
            lacking = [name for name in rule[2] if not present(name)]
            any_will_do = len(rule) > 3 and rule[3]
            if values.get(rule[0]) == rule[1] and (len(lacking) == len(rule[2]) if any_will_do else lacking):
                self.fail_json(msg="%s is %s but %s of the following are missing: %s%s" % (
                    rule[0], rule[1], "any" if any_will_do else "all", ", ".join(lacking), where))
        for name, needs in (required_by or {}).items():
            lacking = [need for need in self._group(needs) if not present(need)]
            if present(name) and lacking:
                self.fail_json(msg="missing parameter(s) required by '%s': %s%s" % (name, ", ".join(lacking), where))
        if unknown:
            aliases = sorted(alias for alias, name in names.items() if alias != name)
            self.fail_json(msg="Unsupported parameters for (%s) module: %s. Supported parameters include: %s%s." % (
                self._name, ", ".join("%s.%s" % (context, n) if context else n for n in unknown),
                ", ".join(sorted(spec)), " (%s)" % ", ".join(aliases) if aliases else ""))
        return values

    @staticmethod
    def _group(names):
        return [names] if isinstance(names, str) else list(names)

    @staticmethod
    def _fallback(fallback):
        arguments = [each for each in fallback[1:] if not isinstance(each, dict)]
        options = {}
        for each in fallback[1:]:
            if isinstance(each, dict):
                options.update(each)
        flat = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], (list, tuple)) else arguments
        try:
            return fallback[0](*flat, **options)
        except AnsibleFallbackNotFound:
            return None

    def _converted(self, name, about, value, context):
        kind = about.get("type") or "str"
        shown = "%s.%s" % (context, name) if context else name
        value = self._one(kind, value, "argument '%s'" % shown)
        if kind == "list" and about.get("elements"):
            value = [self._one(about["elements"], each, "Elements value for option '%s'" % shown) for each in value]
        choices = about.get("choices")
        if choices:
            for each in value if isinstance(value, list) else [value]:
                if each not in choices:
                    if isinstance(each, bool) and ("yes" if each else "no") in choices:
                        value = "yes" if each else "no"
                        continue
                    self.fail_json(msg="value of %s must be one of: %s, got: %s" % (
                        shown, ", ".join(map(str, choices)), each))
        if about.get("options") is not None and (kind == "dict" or about.get("elements") == "dict"):
            rules = [about.get(rule) for rule in (
                "mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")]
            inner = [self._checked(about["options"], dict(each), shown, *rules)
                     for each in (value if isinstance(value, list) else [value])]
            value = inner if isinstance(value, list) else inner[0]
        return value

    def _one(self, kind, value, what):
        try:
            return kind(value) if callable(kind) else CONVERSIONS[kind](value)
        except (TypeError, ValueError) as problem:
            self.fail_json(msg="%s is of type %s and we were unable to convert to %s: %s" % (
                what, type(value), kind, problem))

    def _hide(self, value):
        if isinstance(value, dict):
            for each in value.values():
                self._hide(each)
        elif isinstance(value, (list, tuple)):
            for each in value:
                self._hide(each)
        elif value not in (None, "", True, False):
            self.no_log_values.add(str(value))

    def _masked(self, value):
        if isinstance(value, dict):
            return {key: self._masked(each) for key, each in value.items()}
        if isinstance(value, (list, tuple, set)):
            return [self._masked(each) for each in value]
        if isinstance(value, bytes):
            value = to_text(value)
        if isinstance(value, datetime.datetime):
            return value.isoformat()
        if isinstance(value, bool) or value is None:
            return value
        if str(value) in self.no_log_values:
            return HIDDEN
        if isinstance(value, str):
            for secret in sorted(self.no_log_values, key=len, reverse=True):
                value = value.replace(secret, "*" * 8)
        return value

    # Results

    def _leave(self, result):
        if self._warnings:
            result["warnings"] = list(result.get("warnings") or []) + self._warnings
        if self._deprecations:
            result["deprecations"] = list(result.get("deprecations") or []) + self._deprecations
        self.do_cleanup_files()
        print("\n%s" % json.dumps(self._masked(result), default=str))
        sys.stdout.flush()

    def exit_json(self, **result):
        result.setdefault("changed", False)
        self._leave(result)
        sys.exit(0)

    def fail_json(self, msg, **result):
        result["failed"] = True
        result["msg"] = msg
        result.setdefault("changed", False)
        self._leave(result)
        sys.exit(1)

    def fail_on_missing_params(self, required_params=None):
        missing = [name for name in required_params or [] if self.params.get(name) is None]
        if missing:
            self.fail_json(msg="missing required arguments: %s" % ", ".join(missing))

    def warn(self, warning, **options):
        self._warnings.append(to_text(warning))

    def deprecate(self, msg, version=None, date=None, collection_name=None, **options):
        self._deprecations.append(dict(msg=msg, version=version))

    def debug(self, msg):
        pass

    def log(self, msg, log_args=None):
        pass

    def boolean(self, arg):
        return boolean(arg)

    def jsonify(self, data):
        return jsonify(data)

    def from_json(self, data):
        return json.loads(data)

    # Programs

    def get_bin_path(self, arg, required=False, opt_dirs=None):
        directories = list(opt_dirs or []) + os.environ.get("PATH", "").split(os.pathsep)
        directories += ["/sbin", "/usr/sbin", "/usr/local/sbin"]
        if os.path.isabs(arg) and self.is_executable(arg):
            return arg
        for directory in directories:
            path = os.path.join(directory, arg)
            if directory and os.path.isfile(path) and self.is_executable(path):
                return path
        if required:
            self.fail_json(msg='Failed to find required executable "%s" in paths: %s' % (arg, ":".join(directories)))
        return None

    def is_executable(self, path):
        return os.access(path, os.X_OK)

    def run_command(self, args, check_rc=False, close_fds=True, executable=None, data=None, binary_data=False,
                    path_prefix=None, cwd=None, use_unsafe_shell=False, prompt_regex=None, environ_update=None,
                    umask=None, encoding="utf-8", errors="surrogate_or_strict", expand_user_and_vars=True,
                    pass_fds=None, before_communicate_callback=None, ignore_invalid_cwd=True,
                    handle_exceptions=True):
        shell = use_unsafe_shell
        if shell and isinstance(args, (list, tuple)):
            args = " ".join(shlex.quote(to_text(each)) for each in args)
        elif not shell:
            args = shlex.split(args) if isinstance(args, str) else [to_text(each) for each in args]
            if expand_user_and_vars:
                args = [os.path.expanduser(os.path.expandvars(each)) for each in args]
        environment = dict(os.environ)
        environment.update(self.run_command_environ_update)
        environment.update(environ_update or {})
        if path_prefix:
            environment["PATH"] = "%s:%s" % (path_prefix, environment.get("PATH", ""))
        if data is not None:
            data = to_bytes(data if binary_data else to_text(data) + ("" if to_text(data).endswith("\n") else "\n"))
        before = (lambda: os.umask(umask)) if umask is not None else None
        try:
            process = subprocess.Popen(
                args, executable=executable, shell=shell, cwd=cwd if cwd and os.path.isdir(cwd) else None,
                env={key: str(value) for key, value in environment.items()}, close_fds=close_fds, preexec_fn=before,
                stdin=subprocess.PIPE if data is not None else None, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            out, err = process.communicate(data)
            code = process.returncode
        except (OSError, IOError) as problem:
            if not handle_exceptions:
                raise
            self.fail_json(rc=problem.errno, stdout="", stderr="", msg=to_text(problem), cmd=args)
        if encoding is not None:
            out, err = to_text(out, encoding, errors), to_text(err, encoding, errors)
        if check_rc and code != 0:
            self.fail_json(cmd=args, rc=code, stdout=out, stderr=err, msg=to_text(err).rstrip())
        return code, out, err

    # Files

    def digest_from_file(self, filename, algorithm):
        if not os.path.exists(filename):
            return None
        digest = algorithm if hasattr(algorithm, "update") else hashlib.new(algorithm)
        with open(os.path.realpath(filename), "rb") as file:
            for block in iter(lambda: file.read(65536), b""):
                digest.update(block)
        return digest.hexdigest()

    def md5(self, filename):
        return self.digest_from_file(filename, "md5")

    def sha1(self, filename):
        return self.digest_from_file(filename, "sha1")

    def sha256(self, filename):
        return self.digest_from_file(filename, "sha256")

    def backup_local(self, fn):
        if not os.path.exists(fn):
            return ""
        name = "%s.%s.%s" % (fn, os.getpid(), datetime.datetime.now().strftime("%Y-%m-%d@%H:%M:%S~"))
        self.preserved_copy(fn, name)
        return name

    def preserved_copy(self, src, dest):
        shutil.copy2(src, dest)
        about = os.stat(src)
        if os.geteuid() == 0:
            os.chown(dest, about.st_uid, about.st_gid)

    def atomic_move(self, src, dest, unsafe_writes=False, keep_dest_attrs=True):
        if os.path.exists(dest) and keep_dest_attrs:
            about = os.stat(dest)
            os.chmod(src, stat.S_IMODE(about.st_mode))
            if os.geteuid() == 0:
                os.chown(src, about.st_uid, about.st_gid)
        elif not os.path.exists(dest):
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(src, 0o666 & ~mask)
        try:
            os.rename(src, dest)
        except OSError:
            directory = os.path.dirname(os.path.abspath(dest))
            handle, name = tempfile.mkstemp(prefix=".ansible_tmp", dir=directory)
            os.close(handle)
            try:
                self.preserved_copy(src, name)
                os.rename(name, dest)
                os.unlink(src)
            except OSError as problem:
                if os.path.exists(name):
                    os.unlink(name)
                if not unsafe_writes:
                    self.fail_json(msg="Unable to move %s to %s: %s" % (src, dest, problem))
                shutil.copyfile(src, dest)

    def load_file_common_arguments(self, params, path=None):
        path = path or params.get("path") or params.get("dest")
        if path is None:
            return {}
        for name in ("seuser", "serole", "setype", "selevel", "attributes"):
            if params.get(name):
                self.fail_json(msg="%s cannot be set: the machine that sent this module has no Ansible" % name)
        return dict(path=os.path.expanduser(path), mode=params.get("mode"), owner=params.get("owner"),
                    group=params.get("group"))

    def user_and_group(self, path, expand=True):
        about = os.lstat(os.path.expanduser(path) if expand else path)
        return about.st_uid, about.st_gid

    def set_mode_if_different(self, path, mode, changed, diff=None, expand=True):
        if mode is None or os.path.islink(path):
            return changed
        now = stat.S_IMODE(os.lstat(path).st_mode)
        try:
            wanted = mode if isinstance(mode, int) else int(mode, 8)
        except ValueError:
            code, out, err = self.run_command(["sh", "-c", (
                't=$(mktemp) && chmod "$(printf %o "$1")" "$t" && chmod "$2" "$t" && stat -c %a "$t"; rm -f "$t"'),
                "sh", str(now), mode])
            if code != 0:
                self.fail_json(path=path, msg="mode must be in octal or symbolic form", details=err)
            wanted = int(out, 8)
        if wanted == now:
            return changed
        if diff is not None:
            diff.setdefault("before", {})["mode"] = "0%03o" % now
            diff.setdefault("after", {})["mode"] = "0%03o" % wanted
        if not self.check_mode:
            os.chmod(path, wanted)
        return True

    def set_owner_if_different(self, path, owner, changed, diff=None, expand=True):
        return self._set_id(path, owner, changed, 0, diff)

    def set_group_if_different(self, path, group, changed, diff=None, expand=True):
        return self._set_id(path, group, changed, 1, diff)

    def _set_id(self, path, name, changed, which, diff):
        if name is None:
            return changed
        import grp
        import pwd
        try:
            wanted = int(name) if str(name).isdigit() else (
                grp.getgrnam(name).gr_gid if which else pwd.getpwnam(name).pw_uid)
        except KeyError:
            self.fail_json(path=path, msg="%s failed: failed to look up %s %s" % (
                "chgrp" if which else "chown", "group" if which else "user", name))
        now = self.user_and_group(path)[which]
        if now == wanted:
            return changed
        if diff is not None:
            key = "group" if which else "owner"
            diff.setdefault("before", {})[key] = now
            diff.setdefault("after", {})[key] = wanted
        if not self.check_mode:
            os.lchown(path, -1 if which else wanted, wanted if which else -1)
        return True

    def set_fs_attributes_if_different(self, file_args, changed, diff=None, expand=True):
        path = file_args.get("path")
        changed = self.set_owner_if_different(path, file_args.get("owner"), changed, diff)
        changed = self.set_group_if_different(path, file_args.get("group"), changed, diff)
        return self.set_mode_if_different(path, file_args.get("mode"), changed, diff)

    set_file_attributes_if_different = set_fs_attributes_if_different
    set_directory_attributes_if_different = set_fs_attributes_if_different

    def add_cleanup_file(self, path):
        if path not in self.cleanup_files:
            self.cleanup_files.append(path)
            atexit.register(self.do_cleanup_files)

    def do_cleanup_files(self):
        for path in self.cleanup_files:
            if os.path.exists(path):
                os.unlink(path)
