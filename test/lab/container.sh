#!/bin/sh
# usage: container.sh FOLDER IMAGE PATH[:ro]... -- COMMAND...
# Becomes process 1 of a container as the kubelet makes it: the read-only root IMAGE, the volumes of FOLDER, a termination log, the user
# of IDENTITY (user:group) with CAPABILITIES (`+chown,+fowner`; chroot has one more) alone.
# LIBRARIES is one more folder that it has of the system; CGROUPS may name files to join. It must be process 1 of a pid namespace of its own already, in a mount namespace of its own.
set -eu
folder=$1 image=$2
shift 2
mount --bind "$image" "$image"
cd "$image"
for path in usr/lib usr/lib64 etc/ssl "${LIBRARIES#/}"; do
  [ ! -d "$path" ] || mount --bind "/$path" "$path"
done
mount -t tmpfs -o mode=755 dev dev
for device in null zero urandom; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
: >dev/termination-log
mount --bind "$folder/termination-log" dev/termination-log
mount --bind "$folder/resolv.conf" etc/resolv.conf
mount -t proc proc proc
while [ "$1" != -- ]; do
  path=${1%:ro}
  mount --bind "$folder$path" "$image$path"
  [ "$path" = "$1" ] || mount -o remount,bind,ro "$image$path"
  shift
done
shift
mount -o remount,bind,ro "$image"
for procs in ${CGROUPS-}; do echo 0 >"$procs"; done
exec setpriv --no-new-privs --bounding-set "-all,+sys_chroot,+setuid,+setgid$CAPABILITIES" \
  chroot --userspec="$IDENTITY" --groups= "$image" /bin/env -i "$@"
