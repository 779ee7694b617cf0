#!/bin/sh
# The outermost process of a node lane. Runs a program as process 1's child of namespaces of its own (processes, mounts,
# network), so that everything in them ends with them, whatever ended; then removes what namespaces do not: the pods'
# control groups and the lane's folder.
# Usage: guard.sh FOLDER GROUP PROGRAM ARGUMENT...
set -u
here=$(dirname "$0")
folder=$1 group=$2
exec 9>"$folder/lock"
# Held by every process of the lane until the last has ended.
flock -n 9 || exit 75
sh "$here/groups.sh" make "$group" "$folder/control-groups" || exit 1
setpriv --pdeathsig KILL unshare --mount --net --pid --uts --ipc --fork --kill-child --mount-proc sh "$here/inside.sh" "$@"
status=$?
exec 9>&-
sh "$here/clean.sh" "$folder" "$group"
exit "$status"
