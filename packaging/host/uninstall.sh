#!/bin/sh
# Removes what Escale put on this server, and nothing else; packages that it asked the distribution for stay.
# Run by the agent when its server is removed in the control plane, or by hand as root.
set -u

home=/var/lib/escale

# The agent that started this script ends first, and must not come back.
if [ -d /run/systemd/system ]; then
  systemctl -q disable escale-agent.service escale-pm2.service
  systemctl stop escale-agent.service escale-pm2.service
  rm -f /etc/systemd/system/escale-agent.service /etc/systemd/system/escale-pm2.service
  systemctl daemon-reload
  systemctl -q reset-failed escale-agent.service escale-pm2.service 2>/dev/null
else
  for service in escale-agent escale-pm2; do
    if [ -x "/etc/init.d/$service" ]; then
      service "$service" stop
      rm -f "/etc/init.d/$service" "/var/log/$service.log" "/var/log/$service.log.1"
      if command -v update-rc.d >/dev/null; then update-rc.d "$service" remove >/dev/null; fi
    fi
  done
fi

sites=0
for site in /etc/nginx/conf.d/escale.conf /etc/nginx/conf.d/escale-*.conf; do
  if [ -e "$site" ] || [ -L "$site" ]; then
    rm -f "$site"
    sites=1
  fi
done
if [ $sites = 1 ] && nginx -t -q 2>/dev/null; then
  if [ -d /run/systemd/system ]; then systemctl reload nginx; else nginx -s reload; fi
fi

if command -v nft >/dev/null; then nft delete table inet escale 2>/dev/null; fi

# Users carry the id of their app in their name. Those of apps of another agent on this machine are not ours.
for app in "$home"/apps/app_*; do
  tail=$(printf '%.10s' "${app##*/app_}")
  printf 'esc-%s\nesb-%s\n' "$tail" "$tail"
done | while read -r user; do
  uid=$(id -u "$user" 2>/dev/null) || continue
  for process in /proc/[0-9]*; do
    if [ "$(stat -c %u "$process" 2>/dev/null)" = "$uid" ]; then kill -KILL "${process#/proc/}" 2>/dev/null; fi
  done
  userdel "$user" 2>/dev/null || { sleep 1; userdel "$user"; }
done

for group in /sys/fs/cgroup/escale /sys/fs/cgroup/memory/escale /sys/fs/cgroup/pids/escale; do
  if [ -d "$group" ]; then find "$group" -depth -type d -exec rmdir {} \; ; fi
done

# What this script prints where there is no journal stays only when something is left.
rm -rf "$home" /opt/escale && rm -f /var/log/escale-uninstall.log
