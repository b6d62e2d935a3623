# shellcheck shell=bash
# How the images come about. Sourced by build.

INPUTS=dev.hearth.inputs
MIRROR=${HEARTH_DEBIAN_MIRROR:-http://deb.debian.org}

# is_current IMAGE HASH: the image exists and was made from exactly these inputs.
is_current() {
    [ "$(docker image inspect -f "{{index .Config.Labels \"$INPUTS\"}}" "$1" 2>/dev/null)" = "$2" ]
}

inputs_of() {
    docker image inspect -f "{{index .Config.Labels \"$INPUTS\"}}" "$1"
}

# Whether the registry takes a TCP connection soon. A pull that cannot succeed would take minutes to say so.
registry_answers() {
    timeout 4 bash -c 'exec 3<>/dev/tcp/registry-1.docker.io/443' 2>/dev/null
}

# docker_build IMAGE HASH FOLDER [OPTION...]; shows the build's output only when it fails.
docker_build() {
    local image=$1 hash=$2 folder=$3 log
    shift 3
    log=$(mktemp)
    if ! docker build --force-rm -t "$image" --label "$INPUTS=$hash" "$@" "$folder" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        rm -f "$log"
        die "building $image failed" "the end of its output is above"
    fi
    rm -f "$log"
}

# The smallest Debian: from a registry when one answers, else from the Debian mirror with debootstrap.
build_base() {
    local release=$1 suite image=hearth-base:$1 hash
    suite=$(suite_of "$release")
    hash=$(hash_of base "$suite" "$MIRROR")
    if is_current "$image" "$hash"; then
        say "    $image is up to date"
        return
    fi
    if registry_answers; then
        step "$image: from the registry's debian:$suite-slim"
        if docker pull -q "debian:$suite-slim" >/dev/null; then
            docker build -q -t "$image" --label "$INPUTS=$hash" - >/dev/null <<<"FROM debian:$suite-slim"
            return
        fi
        say "    the registry gave nothing; the mirror then"
    fi
    bootstrap_base "$image" "$suite" "$hash"
}

bootstrap_base() {
    local image=$1 suite=$2 hash=$3 root script
    if ! command -v debootstrap >/dev/null; then
        [ "$(id -u)" = 0 ] || die "debootstrap is missing" "as root: apt-get install debootstrap"
        step "installing debootstrap"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap </dev/null >/dev/null
    fi
    [ "$(id -u)" = 0 ] || die "debootstrap needs root" "run this once as root; the image stays"
    script=/usr/share/debootstrap/scripts/$suite
    # An old debootstrap does not know the newest suite, which is made like every one since 2005.
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    step "$image: debootstrap $suite from $MIRROR/debian"
    root=$(mktemp -d)
    if ! debootstrap --variant=minbase "$suite" "$root/root" "$MIRROR/debian" "$script" >"$root/log" 2>&1; then
        tail -n 20 "$root/log" "$root/root/debootstrap/debootstrap.log" >&2 || true
        rm -rf "$root"
        die "debootstrap $suite failed" "its last lines are above; can this machine reach $MIRROR?"
    fi
    rm -rf "$root/root/var/cache/apt/archives" "$root/root/var/lib/apt/lists"
    tar -C "$root/root" -c . | docker import --change "LABEL $INPUTS=$hash" - "$image" >/dev/null
    rm -rf "$root"
}

build_test_host() {
    local release=$1 image=hearth-test-host:$1 hash
    hash=$(hash_of "$TEST_HOSTS/image" "$(inputs_of "hearth-base:$release")")
    if is_current "$image" "$hash"; then
        say "    $image is up to date"
        return
    fi
    step "$image: systemd, OpenSSH, sudo, and no Python"
    docker_build "$image" "$hash" "$TEST_HOSTS/image" \
        --build-arg RELEASE="$release" --build-arg SUITE="$(suite_of "$release")" --build-arg MIRROR="$MIRROR"
}

# A host with nothing but busybox, OpenRC and OpenSSH, as Alpine Linux has them; made of Debian 13's packages and source.
build_alpine_like() {
    local image=hearth-busybox hash
    hash=$(hash_of "$TEST_HOSTS/busybox" "$(inputs_of hearth-base:13)")
    if is_current "$image" "$hash"; then
        say "    $image is up to date"
    else
        step "$image: compiles busybox with Alpine's applets (once, about a minute)"
        docker_build "$image" "$hash" "$TEST_HOSTS/busybox" --build-arg MIRROR="$MIRROR"
    fi
    image=hearth-alpine-like
    hash=$(hash_of "$TEST_HOSTS/alpine-like" "$hash" "$(inputs_of hearth-test-host:13)")
    if is_current "$image" "$hash"; then
        say "    $image is up to date"
        return
    fi
    step "$image: busybox for every program, OpenRC, OpenSSH"
    docker_build "$image" "$hash" "$TEST_HOSTS/alpine-like"
}

# The package server: a pool of Debian's own packages, the marked stand-ins, the homelab's repository.
build_packages() {
    local release=$1 image=hearth-packages:$1 hash
    hash=$(hash_of "$TEST_HOSTS/packages" "$(inputs_of "hearth-test-host:$release")")
    if is_current "$image" "$hash"; then
        say "    $image is up to date"
        return
    fi
    step "$image: Debian's packages for the hosts, and the stand-ins (downloads about 200 MB once)"
    docker_build "$image" "$hash" "$TEST_HOSTS/packages" \
        --build-arg RELEASE="$release" --build-arg SUITE="$(suite_of "$release")" --build-arg MIRROR="$MIRROR"
}
