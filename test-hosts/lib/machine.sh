# shellcheck shell=bash
# Finds, and where it may installs, what ./demo and ./verify need on this machine. Sourced, never run.

# install_debian COMMAND PACKAGE...: installs the packages where the command is missing.
install_debian() {
    local command=$1
    shift
    command -v "$command" >/dev/null && return
    command -v apt-get >/dev/null || die "$command is missing" "install it; this script knows only Debian's package manager"
    [ "$(id -u)" = 0 ] || die "$command is missing" "run this as root once, or: apt-get install $*"
    step "installing $* (for $command)"
    if [ -z "${APT_UPDATED:-}" ]; then
        apt-get update -qq || die "apt-get update failed" "its message is above"
        APT_UPDATED=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
        die "installing $* failed" "its message is above"
}

jdk_version() {
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# Sets JAVA_HOME to a JDK 25: the one it names already, else one under /usr/lib/jvm, else Debian's where it has one.
find_jdk() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" = 25 ]; then
            export JAVA_HOME=$home
            return
        fi
    done
    if [ "$(apt-cache policy openjdk-25-jdk-headless 2>/dev/null | grep -c 'Candidate: [0-9]')" = 1 ]; then
        install_debian "no-jdk-25" openjdk-25-jdk-headless
        for home in /usr/lib/jvm/*; do
            if [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" = 25 ]; then
                export JAVA_HOME=$home
                return
            fi
        done
    fi
    die "no JDK 25 in JAVA_HOME or under /usr/lib/jvm" "install one (for instance Temurin 25) and set JAVA_HOME"
}

# Sets MAVEN to the command that builds: the wrapper where the checkout has one, else the system's Maven. Debian's Maven
# uses old ways into Java's memory, of which Java 25 would warn with every build.
find_maven() {
    export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
    if [ -x "$REPOSITORY/mvnw" ]; then
        MAVEN=$REPOSITORY/mvnw
    else
        install_debian mvn maven
        MAVEN=mvn
    fi
    export MAVEN
}

# Docker Engine: the one that answers, else Debian's, installed and started. It is left running.
ensure_docker() {
    local attempt
    command -v docker >/dev/null && docker info >/dev/null 2>&1 && return
    install_debian dockerd docker.io iptables
    # Since Debian 13 the client is a package of its own.
    install_debian docker docker-cli
    [ "$(id -u)" = 0 ] || die "Docker Engine does not answer" "start it (sudo systemctl start docker), or join the group docker"
    step "starting Docker Engine"
    if [ -d /run/systemd/system ]; then
        systemctl start docker || die "Docker Engine does not start" "journalctl -u docker"
    else
        mount_cgroups
        mkdir -p "$REPOSITORY/.hearth"
        setsid nohup dockerd >"$REPOSITORY/.hearth/dockerd.log" 2>&1 </dev/null &
    fi
    for ((attempt = 0; attempt < 60; attempt++)); do
        docker info >/dev/null 2>&1 && return
        sleep 1
    done
    [ ! -e "$REPOSITORY/.hearth/dockerd.log" ] || tail -n 20 "$REPOSITORY/.hearth/dockerd.log" >&2
    die "Docker Engine did not answer within a minute" "the end of its log is above"
}

# A machine without an init system may not have mounted the control groups yet.
mount_cgroups() {
    [ -n "$(ls /sys/fs/cgroup)" ] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
}

# Environment for Testcontainers: no helper container, which could not be pulled offline, and no search for a gateway
# through one where this machine looks like a container.
testcontainers_environment() {
    export TESTCONTAINERS_RYUK_DISABLED=true
    if [ -z "${DOCKER_HOST:-}" ]; then export TESTCONTAINERS_HOST_OVERRIDE=${TESTCONTAINERS_HOST_OVERRIDE:-127.0.0.1}; fi
}

# Of lines "ID PROCESS" the IDs whose process has ended: a test run that still goes on needs its hosts.
orphans() {
    local id process
    while read -r id process; do
        [ -n "$process" ] && [ -d "/proc/$process" ] || printf '%s\n' "$id"
    done
}

# Containers and networks that a killed test run of this checkout left behind.
remove_test_leftovers() {
    local leftovers ours="label=dev.hearth.test=$REPOSITORY" row='{{.ID}} {{.Label "dev.hearth.test.process"}}'
    mapfile -t leftovers < <(docker ps --all --filter "$ours" --format "$row" | orphans)
    [ ${#leftovers[@]} -eq 0 ] || docker rm --force --volumes "${leftovers[@]}" >/dev/null
    mapfile -t leftovers < <(docker network ls --filter "$ours" --format "$row" | orphans)
    [ ${#leftovers[@]} -eq 0 ] || docker network rm "${leftovers[@]}" >/dev/null
}
