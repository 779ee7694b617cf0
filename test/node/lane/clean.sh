#!/bin/sh
# Removes what a node lane that has ended leaves outside its namespaces. One that still runs, which holds its lock, stays.
# Usage: clean.sh FOLDER GROUP
set -u
here=$(dirname "$0")
folder=$1
[ -d "$folder" ] || exit 0
exec 9>"$folder/lock"
flock -w 60 9 || { echo "$folder is in use" >&2; exit 75; }
sh "$here/groups.sh" remove "$2" "$folder/control-groups"
# A volume that was being copied when everything was killed is frozen, and its loop device in use for ever.
losetup --list --noheadings --output NAME,BACK-FILE | while read -r device file rest; do
  case $file in "$folder"/*) ;; *) continue ;; esac
  at=$folder/thaw
  mkdir -p "$at"
  if mount "$device" "$at" 2>/dev/null; then
    fsfreeze --unfreeze "$at" 2>/dev/null
    umount "$at"
  fi
  losetup --detach "$device" 2>/dev/null
done
rm -rf "$folder"
