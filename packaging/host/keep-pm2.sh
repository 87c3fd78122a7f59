#!/bin/sh
# Where there is no systemd: runs PM2's daemon in a clean environment and starts it again when it ends.
echo $$ >"$1"
trap 'kill "$child" 2>/dev/null; wait "$child"; trap "" TERM; kill 0; exit 0' TERM INT
home=/var/lib/escale/pm2
log=/var/log/escale-pm2.log
. /opt/escale/agent/share/bound.sh
/opt/escale/agent/share/close-ports.sh
while :; do
  rm -f "$home/rpc.sock" "$home/pub.sock"
  env -i PM2_HOME="$home" HOME="$home" PM2_DISABLE_VERSION_CHECK=1 SILENT=true LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    node /var/lib/escale/tools/pm2/node_modules/pm2/lib/Daemon.js >>"$log" 2>&1 &
  child=$!
  env -i PM2_HOME="$home" HOME="$home" PM2_DISABLE_VERSION_CHECK=1 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /opt/escale/agent/share/resurrect.sh
  wait "$child"
  sleep 1
done
