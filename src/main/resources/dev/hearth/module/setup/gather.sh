# $1 the parts to gather, each between blanks; $2 the directory of local facts; $3 seconds a slow part may take
s() { printf '@@@@ %s\n' "$1"; }
has() { command -v "$1" >/dev/null 2>&1; }
part() { case $parts in *" $1 "*) return 0 ;; esac; return 1; }
brief() { if has timeout; then timeout "$patience" "$@"; else "$@"; fi 2>/dev/null; }
parts=$1 facts=$2 patience=$3
s env
{ env -0 2>/dev/null || cat /proc/self/environ; } | tr '\n\000' '\037\n'
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin LC_ALL=C
export PATH LC_ALL
s files
grep -sH '' /etc/os-release /etc/lsb-release /etc/debian_version /etc/alpine-release /etc/resolv.conf /etc/hosts \
  /etc/machine-id /var/lib/dbus/machine-id /etc/ssh/ssh_host_*_key.pub /etc/iscsi/initiatorname.iscsi /etc/nvme/hostnqn \
  /etc/selinux/config /sys/fs/selinux/enforce /sys/fs/selinux/policyvers /run/systemd/container \
  /proc/cmdline /proc/1/comm /proc/1/cgroup /proc/loadavg /proc/uptime /proc/sys/crypto/fips_enabled /proc/xen/capabilities \
  /proc/sys/kernel/ostype /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/version
s exists
for p in /.dockerenv /.dockerinit /proc/vz /proc/lve /proc/bc /proc/xen /dev/kvm /run/systemd/system /dev/.run/systemd \
  /dev/.systemd /etc/init /sbin/openrc /etc/init.d /etc/dinit.d /sys/kernel/security/apparmor /proc/cpuinfo \
  /sys/devices/virtual/dmi/id/product_name /run/ostree-booted /etc/arch-release /etc/redhat-release; do
  if [ -e "$p" ]; then echo "$p"; fi
done
for p in apt-get apk dnf5 dnf yum pacman zypper xbps-install opkg systemctl initctl ip; do
  if has "$p"; then echo "command $p"; fi
done
s machine
uname -m
s bits
getconf LONG_BIT 2>/dev/null
s init
readlink /sbin/init
s roots
stat -c '%d %i' / /proc/1/root/. 2>/dev/null
if part date_time; then
  s date
  # A date that does not know the last one ends there.
  date '+%Y|%m|%d|%H|%M|%S|%s|%A|%w|%W|%Z|%z|%N'
  y=$(date +%Y)
  date -d "@$(((y - 1970) * 31556952 + 1296000))" '+%Z|%z' 2>/dev/null
  date -d "@$(((y - 1970) * 31556952 + 16934400))" '+%Z|%z' 2>/dev/null
fi
if part user; then
  s user
  u=$(id -u)
  echo "$u"
  id -g
  id -un
  getent passwd "$u" 2>/dev/null || grep -s "^[^:]*:[^:]*:$u:" /etc/passwd
fi
if part platform; then
  read -r n </proc/sys/kernel/hostname
  if ! grep -sqwF "$n" /etc/hosts; then
    s fqdn
    brief hostname -f
  fi
fi
if part lsb && has lsb_release; then
  s lsb
  lsb_release -a 2>/dev/null
fi
if part systemd && has systemctl; then
  s systemd
  systemctl --version 2>/dev/null
fi
if part caps && has capsh; then
  s caps
  capsh --print 2>/dev/null
fi
if part hardware || part virtual; then
  s cpuinfo
  cat /proc/cpuinfo 2>/dev/null
fi
if part hardware; then
  s nproc
  nproc 2>/dev/null
  s meminfo
  cat /proc/meminfo
  s dmi
  grep -sH '' /sys/devices/virtual/dmi/id/*
  s mounts
  cat /proc/self/mounts
  s mountinfo
  cat /proc/self/mountinfo
  s sizes
  awk '($1 ~ /^\// || $1 ~ /:\//) && $3 != "none" { print $2 }' /proc/self/mounts | while read -r m; do
    m=$(printf '%b.' "$m")
    brief stat -f -c '%S %s %b %a %c %d %n' "${m%.}"
  done
  s links
  ls -l /dev/disk/by-id /dev/disk/by-uuid /dev/disk/by-label 2>/dev/null
  s blocks
  for p in /sys/block/*; do
    if [ -e "$p" ]; then echo "${p##*/} $(readlink "$p")"; fi
  done
  s block
  grep -sH '' /sys/block/*/size /sys/block/*/removable /sys/block/*/queue/rotational /sys/block/*/queue/scheduler \
    /sys/block/*/queue/logical_block_size /sys/block/*/queue/discard_granularity /sys/block/*/queue/discard_max_hw_bytes \
    /sys/block/*/device/vendor /sys/block/*/device/model /sys/block/*/device/serial /sys/block/*/device/sas_address \
    /sys/block/*/device/sas_device_handle /sys/block/*/*/start /sys/block/*/*/size /sys/block/*/holders/*/dm/name
  s slaves
  for p in /sys/block/*/slaves/*; do
    if [ -e "$p" ]; then echo "$p"; fi
  done
fi
if part network; then
  s net
  grep -sH '' /sys/class/net/*/address /sys/class/net/*/mtu /sys/class/net/*/operstate /sys/class/net/*/type \
    /sys/class/net/*/flags /sys/class/net/*/speed /sys/class/net/*/bridge/bridge_id /sys/class/net/*/bridge/stp_state \
    /sys/class/net/*/bonding/slaves /sys/class/net/*/bonding/mode /sys/class/net/*/bonding/miimon \
    /sys/class/net/*/bonding/lacp_rate /sys/class/net/*/bonding/primary /sys/class/net/*/bonding_slave/perm_hwaddr
  s nics
  for p in /sys/class/net/*; do
    [ -d "$p" ] || continue
    printf '%s' "${p##*/}"
    for b in "$p"/brif/*; do
      if [ -e "$b" ]; then printf ' port=%s' "${b##*/}"; fi
    done
    if [ -e "$p/bridge" ]; then printf ' bridge'; fi
    if [ -e "$p/device" ]; then
      printf ' device=%s' "$(readlink -f "$p/device")"
      if [ -e "$p/device/driver/module" ]; then printf ' module=%s' "$(readlink -f "$p/device/driver/module")"; fi
    fi
    echo
  done
  if has ip; then
    s addr
    ip addr
    s route4
    ip -4 route get 8.8.8.8 2>/dev/null
    s route6
    ip -6 route get 2404:6800:400a:800::1012 2>/dev/null
    s local4
    ip -4 route show table local 2>/dev/null
    s local6
    ip -6 route show table local 2>/dev/null
  else
    s route
    cat /proc/net/route
    s trie
    cat /proc/net/fib_trie
    s inet6
    cat /proc/net/if_inet6 2>/dev/null
    s inet6route
    cat /proc/net/ipv6_route 2>/dev/null
  fi
fi
if part virtual; then
  s modules
  grep -s -E '^(kvm|vboxdrv|virtio) ' /proc/modules
  s container
  { tr '\000' '\n' </proc/1/environ | grep '^container=.'; } 2>/dev/null
  s dmi
  grep -sH '' /sys/devices/virtual/dmi/id/product_name /sys/devices/virtual/dmi/id/sys_vendor \
    /sys/devices/virtual/dmi/id/product_family /sys/devices/virtual/dmi/id/bios_vendor
fi
if part local; then
  for p in "$facts"/*.fact; do
    [ -f "$p" ] || continue
    n=${p##*/}
    s "local ${n%.fact}"
    if [ -x "$p" ]; then
      if o=$(brief "$p"); then printf '%s\n' "$o"; else s "localfailed ${n%.fact} $?"; fi
    else
      cat "$p"
    fi
  done
fi
exit 0
