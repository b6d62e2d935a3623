# shellcheck shell=bash
# What the benchmarks share: hosts of their own in the lab (HEARTH_LAB's), an inventory, peak memory. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
lab=$top/.hearth/lab${HEARTH_LAB:+-$HEARTH_LAB}
prefix=hearth${HEARTH_LAB:+-$HEARTH_LAB}

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 2
}

remove_hosts() {
    local host
    for host in "$@"; do
        docker rm --force --volumes "$prefix-$host" >/dev/null 2>&1 || true
        docker volume rm "$prefix-$host-lib" >/dev/null 2>&1 || true
    done
}

address_of() {
    awk -v host="$1" '$1 == host { print $2 }' "$lab/addresses"
}

# known_hosts FILE HOST...: the keys of these hosts and of no others.
known_hosts() {
    local file=$1 host
    shift
    for host in "$@"; do
        printf '%s %s\n' "$(address_of "$host")" "$(cut -d ' ' -f 1,2 "$lab/hosts/$host/ssh_host_ed25519_key.pub")"
    done >"$file"
}

# The variables that let both tools in, indented for an inventory.
connection_vars() {
    cat <<END
  vars:
    ansible_user: root
    ansible_ssh_private_key_file: $lab/id_ed25519
    ansible_ssh_common_args: -F /dev/null -o UserKnownHostsFile=$1 -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes
END
}

# measured LOG COMMAND...: prints "MILLISECONDS PEAK-KIB PROCESSOR-MILLISECONDS" of one process; its output goes to the log.
measured() {
    local log=$1
    shift
    # Asked of the kernel when all is over: looking now and then would take a core from what is measured.
    python3 - "$@" 3>"$log" <<'PYTHON' || { tail -n 20 "$log" >&2; fail "$1 failed; see $log"; }
import os, sys, time
start = time.monotonic()
child = os.fork()
if child == 0:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(3, 1)
    os.dup2(3, 2)
    os.close(3)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
took = time.monotonic() - start
print(int(took * 1000), usage.ru_maxrss, int((usage.ru_utime + usage.ru_stime) * 1000))
sys.exit(os.waitstatus_to_exitcode(status))
PYTHON
}

# median COLUMN FILE
median() {
    awk -v column="$1" '{ print $column }' "$2" | sort -n |
        awk '{ line[NR] = $1 } END { print (NR % 2 ? line[(NR + 1) / 2] : (line[NR / 2] + line[NR / 2 + 1]) / 2) }'
}
