#!/bin/sh
# Lets containerd unpack an archive of images into a folder, in namespaces that end with this script.
# Usage: importImages.sh TREE FOLDER ARCHIVE
set -eu
tree=$1 folder=$2 archive=$3
export PATH="$tree/usr/bin:$tree/usr/sbin:$PATH" LD_LIBRARY_PATH="$tree/usr/lib/x86_64-linux-gnu"
mount --make-rprivate /
mount -t tmpfs tmpfs /run
cat >/run/config.toml <<CONFIG
version = 2
root = "$folder"
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
CONFIG
containerd --config=/run/config.toml --log-level=warn &
daemon=$!
tries=0
until ctr version >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.1
done
ctr --namespace=k8s.io images import --snapshotter=overlayfs "$archive"
# The kubelet is to take them as they are: the CRI plugin marks an image as its own by this label.
for name in $(ctr --namespace=k8s.io images list --quiet); do ctr --namespace=k8s.io images label "$name" io.cri-containerd.image=managed >/dev/null; done
# What the layers were unpacked from is not needed any more: it would be half of all.
# shellcheck disable=SC2046
ctr --namespace=k8s.io content rm $(ctr --namespace=k8s.io content list --quiet 'labels."containerd.io/uncompressed"') >/dev/null
# containerd deletes it when it next collects garbage: the end of a lease has it do so, and waits for that.
ctr --namespace=k8s.io leases create --id=garbage >/dev/null
ctr --namespace=k8s.io leases delete --sync garbage >/dev/null
kill "$daemon"
wait "$daemon" || true
