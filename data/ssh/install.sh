#!/bin/sh
# Puts everything in place; run it as root. DESTDIR=/somewhere only puts the files there.
set -eu
cd "$(dirname "$0")"
to=${DESTDIR:-}
put() { install -D -m "$1" "root$2" "$to$2"; }
@check@
# A settings file that is there already is somebody's work.
[ -e "$to@settings@" ] || put 0640 @settings@
@puts@
[ -z "$to" ] || exit 0
systemd-sysusers deskterm.conf
systemd-tmpfiles --create deskterm.conf
# Its service makes this folder; where a socket starts sshd, that may not have been yet.
mkdir -p /run/sshd
sshd -t
systemctl daemon-reload
systemctl try-reload-or-restart ssh
