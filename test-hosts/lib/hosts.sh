# shellcheck shell=bash
# How the lab's network, keys and hosts come about. Sourced by up and down.

# A private file from standard input, never readable by others, not even for a moment.
private_file() {
    (umask 077 && cat >"$1.new" && mv "$1.new" "$1")
}

random_word() {
    od -An -N 16 -tx1 /dev/urandom | tr -d ' \n'
}

make_state() {
    install -d -m 700 "$REPOSITORY/.hearth" "$LAB_STATE" "$LAB_STATE/hosts"
    [ -e "$LAB_STATE/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C 'throw-away key of the Hearth test hosts' -f "$LAB_STATE/id_ed25519"
    [ -e "$LAB_STATE/vault_password" ] || random_word | private_file "$LAB_STATE/vault_password"
    [ -e "$LAB_STATE/deploy_password" ] || random_word | private_file "$LAB_STATE/deploy_password"
    grep -qs "^host01 $SUBNET\." "$LAB_STATE/addresses" || printf 'host01 %s.11\nex44 %s.12\n' "$SUBNET" "$SUBNET" >"$LAB_STATE/addresses"
}

# The fixed address of a host; a new name gets the next free one.
address_of() {
    local address last
    address=$(awk -v host="$1" '$1 == host { print $2 }' "$LAB_STATE/addresses")
    if [ -z "$address" ]; then
        last=$(tail -n 1 "$LAB_STATE/addresses")
        address=$SUBNET.$((${last##*.} + 1))
        printf '%s %s\n' "$1" "$address" >>"$LAB_STATE/addresses"
    fi
    printf '%s\n' "$address"
}

# Two host keys, as a real host has several; the inventory's known_hosts pins the ed25519 one.
make_host_keys() {
    local folder=$LAB_STATE/hosts/$1 type
    install -d -m 700 "$folder"
    for type in ed25519 ecdsa; do
        [ -e "$folder/ssh_host_${type}_key" ] || ssh-keygen -q -t "$type" -N '' -C "$1" -f "$folder/ssh_host_${type}_key"
    done
}

# Makes the network, unless it is there, with the first of the lab's subnets that is free. Sets SUBNET.
make_network() {
    local gateway refusal
    if gateway=$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' "$NETWORK" 2>/dev/null); then
        SUBNET=${gateway%.*}
        return
    fi
    for SUBNET in "${SUBNETS[@]}"; do
        if refusal=$(docker network create --label "$LABEL=network" --subnet "$SUBNET.0/24" --gateway "$SUBNET.1" "$NETWORK" 2>&1); then
            step "network $NETWORK ($SUBNET.0/24)"
            return
        fi
    done
    die "the network $SUBNET.0/24 cannot be made: $refusal" "another network uses these addresses: docker network ls"
}

# What an init system and an inner Docker Engine need. Privileged where the engine grants it; else the single
# capabilities, without Docker's system call filter, which an inner engine may not have above it.
isolation() {
    if docker run --rm --privileged --label "$LABEL=probe" --entrypoint /bin/true "$1" >/dev/null 2>&1; then
        printf '%s\n' --privileged
        if [ "$(docker info -f '{{.CgroupVersion}}')" = 2 ]; then
            printf '%s\n' --cgroupns=private
            return
        fi
    else
        printf -- '--cap-add=%s\n' SYS_ADMIN NET_ADMIN NET_RAW SYS_PTRACE MKNOD
        printf -- '--security-opt=%s\n' seccomp=unconfined apparmor=unconfined
    fi
    printf '%s\n' --cgroupns=host --volume=/sys/fs/cgroup:/sys/fs/cgroup:rw
}

# Recreates the container only when what it was made from has changed. Prints "new" when it did.
ensure_container() {
    local name=$1 made_from=$2
    shift 2
    if [ "$(docker inspect -f "{{index .Config.Labels \"$LABEL.made-from\"}}" "$name" 2>/dev/null)" = "$made_from" ]; then
        docker start "$name" >/dev/null
        return
    fi
    remove_container "$name"
    docker create --name "$name" --label "$LABEL=host" --label "$LABEL.made-from=$made_from" --network "$NETWORK" "$@" >/dev/null
    echo new
}

remove_container() {
    docker rm --force --volumes "$1" >/dev/null 2>&1 || true
    docker volume rm "$1-lib" >/dev/null 2>&1 || true
}

start_packages() {
    local image=hearth-packages:$1 name=$PREFIX-packages
    if [ "$(ensure_container "$name" "$(docker image inspect -f '{{.Id}}' "$image")" \
        --hostname packages --ip "$SUBNET.10" --network-alias "$PACKAGES_NAME" "$image")" = new ]; then
        step "package server http://$PACKAGES_NAME at $SUBNET.10"
        docker start "$name" >/dev/null
    fi
    docker cp "$name:/srv/debian/archive.asc" "$LAB_STATE/packages.asc" >/dev/null
}

# Files that a provider would have put on the host, as a tar stream: host keys, authorised keys, package sources.
provider_files() {
    local host=$1 suite=$2 root
    root=$(mktemp -d)
    install -d "$root/etc/ssh" "$root/usr/share/keyrings" "$root/etc/apt/sources.list.d"
    install -m 600 "$LAB_STATE/hosts/$host/"ssh_host_*_key "$root/etc/ssh/"
    install -m 644 "$LAB_STATE/hosts/$host/"ssh_host_*_key.pub "$root/etc/ssh/"
    install -m 644 "$LAB_STATE/packages.asc" "$root/usr/share/keyrings/hearth-test-packages.asc"
    cat >"$root/etc/apt/sources.list.d/debian.sources" <<END
# The lab's copy of Debian's packages, so that a test needs no mirror.
Types: deb
URIs: http://$PACKAGES_NAME/debian
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/hearth-test-packages.asc
END
    chmod 644 "$root/etc/apt/sources.list.d/debian.sources"
    tar -C "$root" --owner=0 --group=0 --numeric-owner -c etc/ssh etc/apt/sources.list.d usr/share/keyrings
    rm -rf "$root"
}

# start_host NAME RELEASE ISOLATION-OPTION...
start_host() {
    local host=$1 release=$2 image=hearth-test-host:$2 name=$PREFIX-$1 made_from address
    shift 2
    make_host_keys "$host"
    address=$(address_of "$host")
    made_from=$(hash_of "$LAB_STATE/hosts/$host" "$LAB_STATE/id_ed25519.pub" "$LAB_STATE/packages.asc" "$(docker image inspect -f '{{.Id}}' "$image")")
    [ "$(ensure_container "$name" "$made_from" --hostname "$host" --ip "$address" --network-alias "$host" \
        --tmpfs /run --tmpfs /run/lock \
        --mount "type=volume,source=$name-lib,target=/var/lib,volume-label=$LABEL=volume" "$@" "$image")" = new ] || return 0
    step "$host: Debian $release at $address"
    provider_files "$host" "$(suite_of "$release")" | docker cp - "$name:/"
    docker start "$name" >/dev/null
    docker exec -i "$name" sh -c '
        set -eu
        cat >/root/.ssh/authorized_keys
        chmod 600 /root/.ssh/authorized_keys
        for user in admin deploy; do
            install -m 600 -o "$user" -g "$user" /root/.ssh/authorized_keys "/home/$user/.ssh/authorized_keys"
        done' <"$LAB_STATE/id_ed25519.pub"
    { printf 'deploy:'; cat "$LAB_STATE/deploy_password"; echo; } | docker exec -i "$name" chpasswd
}

await_host() {
    local name=$PREFIX-$1 state
    state=$(timeout 60 docker exec "$name" sh -c 'until [ -S /run/systemd/private ]; do sleep 0.1; done; systemctl is-system-running --wait') || true
    [ "$state" = running ] || {
        docker exec "$name" systemctl --failed --no-legend >&2 || docker logs --tail 20 "$name" >&2
        die "$1 is '$state', not running" "docker exec $name journalctl -b"
    }
}

# known_hosts, and an inventory of the connection facts alone, for tools that want one file.
write_connection_facts() {
    local host address
    : >"$LAB_STATE/known_hosts.new"
    printf 'all:\n  hosts:\n' >"$LAB_STATE/inventory.yml.new"
    while read -r host address; do
        docker inspect "$PREFIX-$host" >/dev/null 2>&1 || continue
        printf '%s,%s %s\n' "$address" "$host" "$(cut -d' ' -f1,2 "$LAB_STATE/hosts/$host/ssh_host_ed25519_key.pub")" >>"$LAB_STATE/known_hosts.new"
        printf '    %s:\n      ansible_host: %s\n' "$host" "$address" >>"$LAB_STATE/inventory.yml.new"
    done <"$LAB_STATE/addresses"
    cat >>"$LAB_STATE/inventory.yml.new" <<END
  vars:
    ansible_user: root
    ansible_ssh_private_key_file: $LAB_STATE/id_ed25519
    ansible_ssh_common_args: -o UserKnownHostsFile=$LAB_STATE/known_hosts -o StrictHostKeyChecking=yes
END
    mv "$LAB_STATE/known_hosts.new" "$LAB_STATE/known_hosts"
    mv "$LAB_STATE/inventory.yml.new" "$LAB_STATE/inventory.yml"
}
