# shellcheck shell=sh
# For cases of bench/twins that need a container engine on the host: starts one, with the image lab/app:1 and :2. Sourced in
# their prepare; no_engine in their after takes away what they left, but for the engine itself.

no_engine() {
    docker ps --all --quiet | xargs -r docker rm --force --volumes >/dev/null
    docker volume ls --quiet | xargs -r docker volume rm --force >/dev/null
    docker network prune --force >/dev/null
}

command -v dockerd >/dev/null || {
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install docker.io docker-cli docker-compose
} >/dev/null 2>&1
systemctl is-active --quiet docker || {
    # Cases that start it anew may have done so too often for systemd.
    systemctl reset-failed 'docker.*' 2>/dev/null || true
    systemctl start docker
}
[ -n "$(docker images --quiet lab/app:2)" ] || {
    curl -fsS http://packages.hearth.test/images/traefik.tar | docker load --quiet >/dev/null
    docker tag traefik:v3.5 lab/app:1
    docker tag traefik:v3.5 lab/app:2
}
