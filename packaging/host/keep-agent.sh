#!/bin/sh
# Where there is no systemd: runs the agent and starts it again when it ends. Its own process id goes into $1.
echo $$ >"$1"
trap 'kill "$child" 2>/dev/null; wait "$child"; trap "" TERM; kill 0; exit 0' TERM INT
export ESCALE_AGENT_HOME=/var/lib/escale
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
log=/var/log/escale-agent.log
. /opt/escale/agent/share/bound.sh
while :; do
  /opt/escale/agent/bin/escale-agent run >>"$log" 2>&1 &
  child=$!
  wait "$child"
  sleep 2
done
