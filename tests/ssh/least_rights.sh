#!/bin/sh
# A server as docs/ssh.md sets it up, with users of its own: in mounts that nobody else sees, or,
# on a machine that gives none and is there to be thrown away, on the machine itself.
# Arguments: "apart" or "here", a folder, a port, a library, the interpreter that has deskterm.
set -eu
where=$1 folder=$2 port=$3 library=$4 python=$5

end() {
    [ -z "${sshd:-}" ] || kill "$sshd"
    [ "$where" = here ] || return 0
    for user in prins deskterm; do userdel "$user" || :; done
    groupdel deskterm-desk || :
    (cd "$folder/written/root" && find . -type f) | sed 's,^.,,' | xargs rm -f
    rm -rf /etc/deskterm /var/lib/deskterm /usr/local/lib/deskterm
    while read -r mode path; do chmod "$mode" "$path"; done <"$folder/modes"
}

if [ "$where" = apart ]; then
    mount -t tmpfs tmpfs "$folder"
    for place in etc root home var/lib usr/local; do
        mkdir -p "$folder/upper/$place" "$folder/work/$place"
        mount -t overlay overlay -o \
            "lowerdir=/$place,upperdir=$folder/upper/$place,workdir=$folder/work/$place" "/$place"
    done
elif [ -e /etc/deskterm ] || [ -e /var/lib/deskterm ] || getent passwd deskterm prins; then
    echo "this machine is a server of desks already"
    exit 1
fi
trap end EXIT
trap 'exit 0' TERM
# What runs the tests may stand in somebody's closed home.
for path in "$python" "$("$python" -c 'import sys; print(sys.base_prefix)')"; do
    while [ "$path" != / ]; do
        case $path in
            /root* | /home*) stat -c '%a %n' "$path" >>"$folder/modes" && chmod a+rx "$path" ;;
        esac
        path=$(dirname "$path")
    done
done
cd /
# No service of this machine is to notice.
mkdir "$folder/bin"
install -m 0755 /dev/null "$folder/bin/systemctl"
"$python" -I -m deskterm ssh-setup --write "$folder/written"
PATH="$folder/bin:$PATH" sh "$folder/written/install.sh"
install -m 0600 -o deskterm -g deskterm "$library" /var/lib/deskterm/deskterm.db
useradd --no-create-home --home-dir / --shell /bin/sh --password '*' --groups deskterm-desk prins
for key in host client; do ssh-keygen -q -t ed25519 -N '' -f "$folder/$key"; done
install -m 0644 "$folder/client.pub" /etc/deskterm/keys/prins
mkdir -p /run/sshd
cat >"$folder/sshd_config" <<END
Include /etc/ssh/sshd_config.d/50-deskterm.conf
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
PidFile none
UsePAM no
PasswordAuthentication no
END
# Outside these mounts only the key is wanted.
cat "$folder/client" >&3
for words in "cat /var/lib/deskterm/deskterm.db" "ls /var/lib/deskterm" \
    "cat /etc/deskterm/config.toml" "sudo -n -u deskterm id" "sudo -n id" \
    "sudo -n -l -u deskterm /usr/local/lib/deskterm/desk-inside sh" \
    "sh -c 'echo x >> /etc/deskterm/keys/prins'" "touch /usr/local/lib/deskterm/desk"; do
    if su -s /bin/sh prins -c "$words" >/dev/null 2>&1; then
        echo "may do: $words"
        exit 1
    fi
done
# The log, as a night turns it over: what stood in it is kept, and is nobody else's.
log=/var/lib/deskterm/log/deskterm.log
su -s /bin/sh deskterm -c "umask 077 && mkdir ${log%/*} && echo an error >$log"
logrotate -f -s "$folder/turned" /etc/logrotate.d/deskterm
if [ "$(stat -c %s "$log")" != 0 ] || [ "$(zcat "$log.1.gz")" != "an error" ] ||
    [ "$(stat -c '%U %a' "$log" "$log.1.gz" | sort -u)" != "deskterm 600" ]; then
    echo "the log is not turned over"
    ls -l "${log%/*}"
    exit 1
fi
"$(command -v sshd)" -D -e -f "$folder/sshd_config" &
sshd=$!
wait "$sshd"
