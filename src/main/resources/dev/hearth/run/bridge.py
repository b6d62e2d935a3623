# Reads "ZIP ARGUMENTS KIND NAME" (two sizes in bytes), a newline, the zip and the arguments from standard input
# and runs the module in the zip with them.
import sys

# Nothing is imported from the directory where this happens to start.
sys.path[:] = [path for path in sys.path if path]

import json
import os
import runpy
import shutil
import signal
import tempfile


def read(size):
    data = sys.stdin.buffer.read(size)
    if len(data) != size:
        sys.exit("only %d of %d bytes arrived" % (len(data), size))
    return data


def leave(number, frame):
    sys.exit(128 + number)


def main():
    if sys.version_info < (3, 6):
        sys.exit("Python %d.%d is too old; modules need 3.6 or newer" % sys.version_info[:2])
    words = sys.stdin.buffer.readline().decode("ascii").split()
    package = read(int(words[0]))
    arguments = read(int(words[1]))
    kind, name = words[2], words[3]
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)
    work = tempfile.mkdtemp(prefix=".hearth-")
    try:
        path = os.path.join(work, "package.zip")
        with open(path, "wb") as file:
            file.write(package)
        sys.path.insert(0, path)
        sys.dont_write_bytecode = True
        parameters = json.loads(arguments.decode("utf-8"))
        if kind == "file":
            parameters["_ansible_tmpdir"] = work
            sys.argv = [name, os.path.join(work, "args")]
            with os.fdopen(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
                json.dump(parameters, file)
        else:
            parameters["_ansible_tmpdir"] = work
            from ansible.module_utils import basic
            basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": parameters}).encode("utf-8")
            basic._ANSIBLE_PROFILE = "legacy"
            sys.argv = [name]
        runpy.run_module(name, {"_module_fqn": name, "_modlib_path": path}, "__main__", True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
