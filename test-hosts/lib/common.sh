# shellcheck shell=bash
# What build, up and down share: names, messages, content hashes. Sourced, never run.

TEST_HOSTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
REPOSITORY=$(cd "$TEST_HOSTS/.." && pwd)

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }

# die MESSAGE [NEXT STEP]
die() {
    printf 'error: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf '       %s\n' "$2" >&2
    exit 1
}

# Everything that these scripts create in the engine carries this label; down removes by it and by nothing else.
# HEARTH_LAB names a lab of its own beside the usual one: containers, network, addresses and keys are then its own.
if [ -z "${HEARTH_LAB:-}" ]; then
    PREFIX=hearth
    LABEL=dev.hearth.lab
    LAB_STATE=$REPOSITORY/.hearth/lab
    SUBNETS=(172.30.77)
else
    [[ $HEARTH_LAB =~ ^[a-z0-9-]+$ ]] || die "HEARTH_LAB is '$HEARTH_LAB'" "use small letters, digits and hyphens"
    PREFIX=hearth-$HEARTH_LAB
    LABEL=dev.hearth.lab-$HEARTH_LAB
    LAB_STATE=$REPOSITORY/.hearth/lab-$HEARTH_LAB
    SUBNETS=(172.30.{78..99})
fi
NETWORK=$PREFIX-lab
SUBNET=${SUBNETS[0]}
PACKAGES_NAME=packages.hearth.test

export LAB_STATE LABEL PREFIX NETWORK PACKAGES_NAME

suite_of() {
    case $1 in
    13) echo trixie ;;
    12) echo bookworm ;;
    *) die "there is no test host for Debian '$1'" "use 12 or 13" ;;
    esac
}

# One hash over names, modes and contents of files and folders, and over further words: what an image is made of.
hash_of() {
    local path
    {
        for path in "$@"; do
            if [ -e "$path" ]; then
                (cd "$(dirname "$path")" && find "$(basename "$path")" -type f -printf '%p %m ' -exec sha256sum {} \; | LC_ALL=C sort)
            else
                printf '%s\n' "$path"
            fi
        done
    } | sha256sum | cut -c1-16
}

need_docker() {
    command -v docker >/dev/null || die "no docker command" "./demo installs Docker Engine, or: apt-get install docker.io"
    docker info >/dev/null 2>&1 || die "Docker Engine does not answer" "./demo starts it, or: systemctl start docker"
}

need() {
    command -v "$1" >/dev/null || die "$1 is missing" "apt-get install $2"
}
