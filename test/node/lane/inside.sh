#!/bin/sh
# Process 1 of a node lane's namespaces: makes in them what a machine of its own has, then waits for its keeper and buries
# orphans. Nothing done here is seen outside.
# Usage: inside.sh FOLDER GROUP PROGRAM ARGUMENT...
set -eu
folder=$1
shift 2
root=$(cd "$(dirname "$0")/../../.." && pwd)
# From here on to pods, and to nobody outside.
mount --make-rprivate /
mount --make-rshared /
for each in /run /var/lib /var/log; do mount -t tmpfs -o mode=755 tmpfs "$each"; done
# Some programs meet each other by sockets in /tmp: those of two lanes are not to. The checkout may lie there, too.
mkdir -p "$folder/tmp"
case $root in /tmp/*) mkdir -p "$folder$root" && mount --rbind "$root" "$folder$root" ;; esac
mount --rbind "$folder/tmp" /tmp
mkdir -p "${TMPDIR:-/tmp}"
# The kubelet wants these as they are here, and would write them for the whole machine otherwise.
pretend() { echo "$2" >"$folder/sysctl.$(basename "$1")" && mount --bind "$folder/sysctl.$(basename "$1")" "/proc/sys/$1"; }
pretend vm/overcommit_memory 1
pretend vm/panic_on_oom 0
pretend kernel/panic 10
pretend kernel/panic_on_oops 1
pretend kernel/keys/root_maxkeys 1000000
pretend kernel/keys/root_maxbytes 25000000
hostname node
ip link set lo up
# The kernel may have no dummy device: one end of a cable that leads nowhere holds the node's address.
ip link add node0 type veth peer name nowhere
ip link set nowhere up
ip address add 10.200.0.1/24 dev node0
ip link set node0 up
# Where services are: kube-proxy gives what is sent there another address. Nothing leads anywhere else.
ip route add 10.96.0.0/16 dev node0
echo 1 >/proc/sys/net/ipv4/ip_forward
mount --bind "$folder/node-resolv.conf" /etc/resolv.conf
"$@" &
keeper=$!
trap 'kill -TERM "$keeper" 2>/dev/null' TERM INT HUP
# A signal interrupts the waiting.
while kill -0 "$keeper" 2>/dev/null; do wait "$keeper" || true; done
