#!/bin/sh
# Makes or removes the control groups below which the kubelet puts pods: one in each tree.
# Usage: groups.sh make|remove NAME TREES
# TREES: a file with a line for each: its version, its folder, the controllers that are handed on (scripts/setup/controlGroups.mjs).
set -u
[ -e "$3" ] || exit 0
hand_on() {
  group=$1
  shift
  for controller in "$@"; do echo "+$controller" >"$group/cgroup.subtree_control" || exit 1; done
}
while read -r version tree controllers; do
  own=$tree/$2
  if [ "$1" = remove ]; then
    [ -d "$own" ] && find "$own" -depth -type d -exec rmdir {} \;
    continue
  fi
  # shellcheck disable=SC2086
  [ "$version" = 1 ] || hand_on "$tree" $controllers
  mkdir -p "$own" || exit 1
  # shellcheck disable=SC2086
  [ "$version" = 1 ] || hand_on "$own" $controllers
  # A cpuset of version 1 begins empty, and takes nobody.
  for which in cpus mems; do
    [ "$version" = 1 ] && [ -e "$tree/cpuset.$which" ] && cat "$tree/cpuset.$which" >"$own/cpuset.$which"
  done
done <"$3"
exit 0
