# shellcheck shell=bash
# What the benchmarks share that time a playbook on one host with Hearth and with Ansible: the host, a way to it with added
# round-trip time, one timed run of each. Sourced, never run.
#
# Set before: host work rtt keep tools; hearth_options as well, if there are any.

# shellcheck source-path=SCRIPTDIR source=hosts.sh
. "$(dirname "${BASH_SOURCE[0]}")/hosts.sh"

proxy=

finish() {
    [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
    docker rm --force "$prefix-mitogen" >/dev/null 2>&1 || true
    $keep || remove_hosts "$host"
}
trap finish EXIT

java_of() {
    if [ -n "${JAVA_HOME:-}" ]; then
        echo "$JAVA_HOME/bin/java"
    else
        find /usr/lib/jvm -maxdepth 3 -path '*25*/bin/java' 2>/dev/null | head -n 1
    fi
}

# Starts the proxy on the lab network's gateway, which the oracle's container reaches too, and prints its port.
start_proxy() {
    local java
    java=$(java_of)
    [ -n "$java" ] || fail "no JDK 25 under /usr/lib/jvm and no JAVA_HOME"
    "$java" "$top/bench/DelayProxy.java" "$1" "$2" 22 "$rtt" >"$work/proxy.port" 2>"$work/proxy.log" &
    proxy=$!
    for _ in $(seq 100); do
        [ -s "$work/proxy.port" ] && return
        kill -0 "$proxy" 2>/dev/null || fail "the delay proxy does not start: $(cat "$work/proxy.log")"
        sleep 0.1
    done
    fail "the delay proxy does not listen"
}

# The host's inventory, directly or through the proxy. Host keys are checked either way.
inventory() {
    local address=$1 port=22 name=$1
    if [ "$rtt" -gt 0 ]; then
        address=$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' "$prefix-lab")
        start_proxy "$address" "$1"
        port=$(cat "$work/proxy.port")
        name="[$address]:$port"
    fi
    printf '%s %s\n' "$name" "$(cut -d ' ' -f 1,2 "$lab/hosts/$host/ssh_host_ed25519_key.pub")" >"$work/known_hosts"
    cat >"$work/hosts.yml" <<END
all:
  hosts:
    $host:
      ansible_host: $address
      ansible_port: $port
      ansible_user: root
      ansible_ssh_private_key_file: $lab/id_ed25519
      ansible_ssh_common_args: -o UserKnownHostsFile=$work/known_hosts -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes
END
}

# The host, its inventory, and what Ansible needs when it is one of the tools.
prepare() {
    local tool
    for tool in "${tools[@]}"; do
        case $tool in
            hearth) [ -x "${HEARTH_COMMAND:-$top/hearth}" ] || fail "there is no ${HEARTH_COMMAND:-$top/hearth}" ;;
            ansible | mitogen) ;;
            *) fail "'$tool' is neither hearth nor ansible nor mitogen" ;;
        esac
    done
    "$top/test-hosts/up" "$host" >/dev/null
    install -d -m 700 "$work"
    inventory "$(address_of "$host")"
    if [[ " ${tools[*]} " == *" ansible "* ]]; then
        "$top/bench/oracle" stop
        "$top/bench/oracle" start "$prefix-lab"
    fi
    [[ " ${tools[*]} " != *" mitogen "* ]] || start_mitogen
    if [ "${tools[*]}" != hearth ]; then
        docker exec "$prefix-$host" sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qqy install --no-install-recommends \
            python3 python3-apt python3-debian' >"$work/python.log" 2>&1 || fail "Python cannot be installed on the host; see $work/python.log"
    else
        docker exec "$prefix-$host" apt-get -qq update >"$work/update.log" 2>&1 || fail "apt-get update failed; see $work/update.log"
    fi
}

# Each prints the milliseconds that one run of a playbook took; the run's output goes to a log.
once_hearth() {
    local start end
    start=$(date +%s%N)
    "${HEARTH_COMMAND:-$top/hearth}" play "$1" ${hearth_options[@]+"${hearth_options[@]}"} -i "$work/hosts.yml" >"$work/hearth.log" 2>&1 || { tail -n 20 "$work/hearth.log" >&2; fail "hearth failed"; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}

# timed TOOL PLAYBOOK COMMAND...: ansible-playbook in a container that the command enters
timed() {
    local tool=$1 playbook=$2
    shift 2
    # shellcheck disable=SC2016 # the clock is the container's
    "$@" sh -c '
        start=$(date +%s%N)
        ansible-playbook -i "$1" "$2" >/tmp/run.log 2>&1; status=$?
        end=$(date +%s%N)
        cat /tmp/run.log >&2
        echo $(((end - start) / 1000000))
        exit $status' sh "$work/hosts.yml" "$playbook" 2>"$work/$tool.log" || { tail -n 20 "$work/$tool.log" >&2; fail "$tool failed"; }
}

once_ansible() {
    timed ansible "$1" "$top/bench/oracle" exec
}

once_mitogen() {
    timed mitogen "$1" docker exec -w "$top" -e ANSIBLE_STRATEGY=mitogen_linear -e ANSIBLE_LOCAL_TEMP=/tmp/ansible-local "$prefix-mitogen"
}

# Mitogen does not know ansible-core 2.19; Debian 12 has it for 2.14.
start_mitogen() {
    local base image=hearth-mitogen:2.14
    if ! docker image inspect "$image" >/dev/null 2>&1; then
        for base in ${HEARTH_ORACLE_BASE:-} hearth-base:12 debian:12-slim debian:bookworm-slim; do
            docker image inspect "$base" >/dev/null 2>&1 && break
        done
        docker build --quiet --network host --tag "$image" --build-arg "BASE=$base" - >/dev/null <<'DOCKERFILE'
ARG BASE
FROM ${BASE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ansible ansible-mitogen openssh-client \
 && rm -rf /var/lib/apt/lists/*
ENV LANG=C.UTF-8 ANSIBLE_NOCOWS=1
CMD ["sleep", "infinity"]
DOCKERFILE
    fi
    docker rm --force "$prefix-mitogen" >/dev/null 2>&1 || true
    docker run -d --init --name "$prefix-mitogen" --network "$prefix-lab" -v "$top:$top:ro" -w "$top" "$image" >/dev/null
}

nothing_changed() {
    grep -qE "^$host +: .*changed=0 +unreachable=0 +failed=0 " "$work/$1.log" || {
        grep -B 2 '^changed:' "$work/$1.log" >&2 || true
        fail "$1 changed something on a re-run; see $work/$1.log"
    }
}
