#!/bin/sh
# Makes or removes the control groups below which the kubelet puts pods: one in each hierarchy (v1) or in the only one (v2).
# Usage: groups.sh make|remove NAME
set -u
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
  [ -e "$hierarchy/cgroup.procs" ] || continue
  own=$hierarchy/$2
  if [ "$1" = remove ]; then
    [ -d "$own" ] && find "$own" -depth -type d -exec rmdir {} \;
    continue
  fi
  if [ -e "$hierarchy/cgroup.subtree_control" ] && [ "$hierarchy" = /sys/fs/cgroup ]; then
    echo '+cpu +cpuset +memory +pids' >"$hierarchy/cgroup.subtree_control" || exit 1
  fi
  mkdir -p "$own" || exit 1
  [ -e "$own/cgroup.subtree_control" ] && [ "$hierarchy" = /sys/fs/cgroup ] && echo '+cpu +cpuset +memory +pids' >"$own/cgroup.subtree_control"
  # A cpuset of version 1 begins empty, and takes nobody.
  for which in cpus mems; do
    [ -e "$own/cpuset.$which" ] && [ ! -e "$own/cgroup.subtree_control" ] && cat "$hierarchy/cpuset.$which" >"$own/cpuset.$which"
  done
done
exit 0
