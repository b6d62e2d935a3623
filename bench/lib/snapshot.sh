#!/bin/sh
# Runs on a host as root and prints what is there: kind, key and value with tabs between them, sorted. For bench/parity and
# bench/twins. With a former snapshot as its argument, files whose inode has not changed since that was made are not read again.
set -eu
LC_ALL=C
export LC_ALL
tab=$(printf '\t')

# Files of the system's own partition, without what is not kept (proc, run, tmp), what is a cache by its nature and what a
# server alone understands; the databases are told below.
files() {
    find / /var/lib -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/tmp \
        -o -path /var/log -o -path /var/cache -o -path /var/lib/apt/lists -o -path /var/lib/docker \
        -o -path /var/lib/containerd -o -name __pycache__ -o -path /var/lib/postgresql -o -path /var/lib/mysql \
        -o -path /var/lib/rpm -o -path /var/lib/dnf -o -path /var/lib/zypp -o -path /var/lib/pacman \) -prune -o "$@"
}

contents() {
    sed "s/^\([0-9a-f]*\)  \(.*\)/content$tab\2$tab\1/"
}

# told_by SERVER: each line of a dump as a key
told_by() {
    awk -v server="$1" 'NF && !/^--/ { gsub(/\t/, " "); print server "\t" $0 "\tyes" }'
}

{
    files -type f -printf 'mode\t%p\t%m %u %g\n'
    files -type d -printf 'directory\t%p\t%m %u %g\n'
    files -type l -printf 'link\t%p\t%l\n'
    if [ $# -eq 0 ]; then
        files -type f -print0 | xargs -0 -r sha256sum 2>/dev/null | contents
    else
        files -type f ! -cnewer "$1" -print | awk -F '\t' 'NR == FNR { if ($1 == "content") known[$2] = $0; next }
            $0 in known { print known[$0] }' "$1" -
        files -type f -cnewer "$1" -print0 | xargs -0 -r sha256sum 2>/dev/null | contents
    fi

    dpkg-query --show --showformat='package\t${Package}\t${db:Status-Abbrev}${Version}\n'
    if command -v rpm >/dev/null; then rpm -qa --qf 'rpm\t%{NAME}\t%{VERSION}\n'; fi
    if command -v pacman >/dev/null; then
        pacman -Qe | sed "s/\([^ ]*\) \(.*\)/pacman$tab\1$tab\2 explicit/"
        pacman -Qd | sed "s/\([^ ]*\) \(.*\)/pacman$tab\1$tab\2 dependency/"
    fi
    apt-mark showmanual | sed "s/.*/manual$tab&${tab}yes/"

    systemctl list-unit-files --no-legend --no-pager | awk '{ print "enabled\t" $1 "\t" $2 }'
    # Units that others only mention, without being there, come and go.
    systemctl list-units --all --no-legend --no-pager --plain --type=service,socket,timer |
        awk '$2 != "not-found" { print "active\t" $1 "\t" $3 }'

    getent passwd | awk -F: '{ print "user\t" $1 "\t" $5 " " $6 " " $7 }'
    getent group | awk -F: '{ print "group\t" $1 "\t" $4 }'
    awk -F: '{ print "password\t" $1 "\t" ($2 ~ /^[!*]/ ? "locked" : "set") }' /etc/shadow

    # Without the header, which has the time in it.
    for table in /var/spool/cron/crontabs/*; do
        [ ! -f "$table" ] || printf 'cron\t%s\t%s\n' "${table##*/}" "$(grep -v '^# ' "$table" | sha256sum)"
    done

    # These need programs that the run itself installs.
    if command -v ufw >/dev/null; then
        ufw status verbose | awk 'NF { print "firewall\t" $0 "\tyes" }'
    fi
    if command -v sshd >/dev/null; then
        sshd -T | awk '{ key = $1; $1 = ""; print "sshd\t" key "\t" $0 }'
    fi
    if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
        docker network ls --format '{{.Name}}' | while read -r network; do
            docker network inspect --format "network$tab{{.Name}}$tab{{.Driver}} {{json .Labels}} {{.Internal}}" "$network"
        done
        docker ps --all --format '{{.Names}}' | while read -r name; do
            docker inspect --format "container$tab{{.Name}}$tab{{.Config.Image}} {{.State.Running}} {{json .Config.Env}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Memory}} {{json .HostConfig.PortBindings}}" "$name"
        done
        docker volume ls --format "volume$tab{{.Name}}$tab{{.Driver}}" | { grep -vE '[0-9a-f]{64}' || true; }
        docker images --format "image$tab{{.Repository}}:{{.Tag}}${tab}yes"
    fi
    # Digests of passwords are salted in PostgreSQL; the restrictions of a dump are random.
    if command -v pg_isready >/dev/null && pg_isready -q; then
        runuser -u postgres -- pg_dumpall --no-comments | told_by postgresql | grep -v restrict |
            sed 's/SCRAM-SHA-256[^'"'"']*/SCRAM/'
        runuser -u postgres -- psql -AtXc "select 'comment on ' || datname || ' ' || shobj_description(oid, 'pg_database') from
            pg_database where shobj_description(oid, 'pg_database') is not null" | told_by postgresql
    fi
    if command -v mariadb-dump >/dev/null && mariadb-admin --silent ping >/dev/null 2>&1; then
        mariadb-dump --all-databases --ignore-database=mysql --skip-comments --skip-extended-insert | told_by mariadb
        mariadb-dump --system=users --skip-comments | told_by mariadb
    fi
} | sort -u
