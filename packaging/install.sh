#!/bin/sh
# Installs the Escale agent on this server, or updates it: run it again for that.
# Served by the control plane at /install.sh with its address and root certificate filled in. The command that
# fetched it has checked that certificate against the fingerprint that it carries.
set -eu

url='@URL@'
ca_sha256='@CA_SHA256@'
home=/var/lib/escale
program=/opt/escale/agent
pm2_version=7.0.4
node_least=18

say() { printf '%s\n' "$*"; }
fail() {
  printf 'escale: %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

main() {
  # What the packages of others run must not see it.
  token=${ESCALE_AGENT_TOKEN:-}
  unset ESCALE_AGENT_TOKEN
  check_host
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  write_authority
  check_identity
  check_node
  tell_plan
  install_packages
  install_program
  install_pm2
  join
  install_services
  await_online
}

check_host() {
  [ "$(id -u)" = 0 ] || fail "this must be run as root: put sudo before sh."
  [ -r /etc/os-release ] || fail "this is not Debian or Ubuntu: nothing was changed."
  # shellcheck disable=SC1091
  os=$(. /etc/os-release && printf '%s %s' "${ID:-}" "${ID_LIKE:-}")
  case " $os " in
    *" debian "* | *" ubuntu "*) ;;
    *) fail "only Debian, Ubuntu and their relatives are supported, this is \"$os\": nothing was changed." ;;
  esac
  has apt-get || fail "there is no apt-get here: nothing was changed."
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) fail "there is no agent for $(uname -m): nothing was changed." ;;
  esac
  if [ -d /run/systemd/system ]; then init=systemd; else init=service; fi
}

write_authority() {
  authority=$work/root.pem
  cat >"$authority" <<'PEM'
@CA_PEM@
PEM
}

# What this server is already: nothing, one of ours, one that was removed in the control plane, or somebody else's.
check_identity() {
  again=
  joined=no
  identity=$home/identity/control.json
  [ -f "$identity" ] || return 0
  if grep -q "\"authority\":\"$ca_sha256\"" "$identity"; then
    joined=yes
    if [ "$(cut -d' ' -f1 "$home/identity/state" 2>/dev/null)" = refused ]; then
      joined=no
      again=--again
    fi
    return 0
  fi
  other=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$identity")
  fail "this server is connected to $other: remove it there first."
}

# Before anything is changed: the Node.js that is there, or the one that the distribution would give us.
check_node() {
  if has node; then
    node=$(node --version 2>/dev/null) || node=v0
  else
    node=$(LC_ALL=C apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *//p')
  fi
  node=${node#v}
  node=${node#*:}
  major=${node%%[!0-9]*}
  # Without a number, the distribution's lists are yet to be fetched.
  [ -z "$major" ] || [ "$major" -ge "$node_least" ] ||
    fail "Node.js $major is too old, PM2 needs $node_least or newer: install one, such as from nodejs.org, and run this again. Nothing was installed."
}

missing_packages() {
  for pair in nginx:nginx node:nodejs npm:npm git:git openssl:openssl curl:curl setpriv:util-linux tar:tar; do
    has "${pair%%:*}" || printf '%s ' "${pair#*:}"
  done
  [ -e /etc/ssl/certs/ca-certificates.crt ] || printf 'ca-certificates '
}

tell_plan() {
  packages=$(missing_packages)
  say "Escale will set up this server for $url:"
  if [ -n "$packages" ]; then say "  - install from your distribution: $packages"; fi
  if [ ! -f "$home/tools/pm2/node_modules/pm2/package.json" ]; then say "  - install PM2 $pm2_version from npm into $home/tools"; fi
  say "  - put the agent into /opt/escale and its state into $home"
  say "  - run two services, escale-agent and escale-pm2; neither listens on the network"
}

# apt-get, which waits where another program has its locks: on a server that has just booted, that is the rule.
apt() {
  waited=0
  until LC_ALL=C apt-get -qq "$@" >"$work/apt.log" 2>&1; do
    grep -qE 'Could not get lock|Unable to (lock|acquire)' "$work/apt.log" || return 1
    [ $waited -lt 300 ] || return 1
    holder=$(sed -n 's/.*held by process \([0-9]*\) (\(.*\)).*/\2, process \1/p' "$work/apt.log" | head -n 1)
    if [ $((waited % 30)) = 0 ]; then say "  waiting for another program to be done with apt: ${holder:-it does not say which}"; fi
    sleep 2
    waited=$((waited + 2))
  done
}

install_packages() {
  optional=
  has nft || optional=nftables
  [ -n "$packages$optional" ] || return 0
  export DEBIAN_FRONTEND=noninteractive
  apt update || { tail -n 15 "$work/apt.log" >&2; fail "apt-get update failed; the lines above say why."; }
  if [ -n "$packages" ]; then
    check_node
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $packages ||
      { tail -n 15 "$work/apt.log" >&2; fail "apt-get could not install $packages; the lines above say why."; }
  fi
  if [ -n "$optional" ]; then
    apt install -y --no-install-recommends nftables ||
      say "  nftables cannot be had: the apps' own ports stay reachable from outside unless a firewall closes them."
  fi
}

# Exactly the packages, and by their digests the bytes, that the lock file beside the program names; none runs a script.
# Made beside and moved: what an interrupted npm leaves must not be taken for PM2.
install_pm2() {
  mkdir -p "$home/tools" "$home/pm2/logs" "$home/pm2/pids" "$home/pm2/modules"
  chmod 0711 "$home"
  chmod 0700 "$home/pm2"
  [ ! -f "$home/tools/pm2/node_modules/pm2/package.json" ] || return 0
  fresh=$home/tools/pm2.new
  rm -rf "$fresh" "$home/tools/pm2"
  mkdir "$fresh"
  cp "$program/share/pm2/package.json" "$program/share/pm2/package-lock.json" "$fresh/"
  npm ci --prefix "$fresh" --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier \
    >"$work/npm.log" 2>&1 || { tail -n 15 "$work/npm.log" >&2; fail "npm could not install PM2; the lines above say why."; }
  try_pm2 "$fresh/node_modules/pm2/bin/pm2" >"$work/pm2.log" 2>&1 ||
    { tail -n 15 "$work/pm2.log" >&2; fail "PM2 does not run with Node.js $(node --version); the lines above say why."; }
  mv "$fresh" "$home/tools/pm2"
}

# A daemon of its own answers, and goes.
try_pm2() {
  for word in ping kill; do
    PM2_HOME=$work/pm2 HOME=$work PM2_DISABLE_VERSION_CHECK=1 timeout 60 node "$1" "$word" || return 1
  done
}

# The new program stands beside the old one, and a link is moved: there is always a whole one.
install_program() {
  name=escale-agent-linux-$architecture.tar.gz
  fetch "agent/$name.sha256" "$work/$name.sha256"
  version=$(cut -c1-16 "$work/$name.sha256")
  [ -x "$program/bin/escale-agent" ] && [ "$(readlink "$program")" = "agent-$version" ] && return 0
  fetch "agent/$name" "$work/$name"
  (cd "$work" && sha256sum --check --status "$name.sha256") || fail "the downloaded agent is damaged; try again."
  mkdir -p /opt/escale
  rm -rf "$program-$version"
  mkdir "$program-$version"
  tar -xzf "$work/$name" -C "$program-$version" --strip-components=1 --no-same-owner
  rm -f "$program.new" # of an installation that was cut off: ln would put its link inside of what that points to
  ln -s "agent-$version" "$program.new"
  mv -T "$program.new" "$program"
  [ -x "$program/bin/escale-agent" ] || fail "the downloaded agent has no program; try again."
}

fetch() {
  curl -fsS --proto '=https' --tlsv1.3 --retry 3 --cacert "$authority" -o "$2" "$url/$1" ||
    fail "cannot download $url/$1; the line above says why."
}

join() {
  [ "$joined" = no ] || return 0
  [ -n "$token" ] ||
    fail "there is no registration token: copy the whole command from the servers page."
  # shellcheck disable=SC2086
  ESCALE_AGENT_TOKEN=$token "$program/bin/escale-agent" join --url "$url" --ca-sha256 "$ca_sha256" $again >/dev/null || exit 1
}

install_services() {
  rm -f "$home/identity/state"
  if [ "$init" = systemd ]; then
    cp "$program/share/escale-agent.service" "$program/share/escale-pm2.service" /etc/systemd/system/
    systemctl daemon-reload
    systemctl -q enable escale-pm2.service escale-agent.service
    systemctl start escale-pm2.service
    systemctl restart escale-agent.service
  else
    for service in escale-pm2 escale-agent; do
      cp "$program/share/$service.init" "/etc/init.d/$service"
      chmod 0755 "/etc/init.d/$service"
      if has update-rc.d; then update-rc.d "$service" defaults >/dev/null; fi
    done
    service escale-pm2 start >/dev/null
    service escale-agent restart >/dev/null
  fi
  [ "$(readlink "$program")" = "agent-$version" ] || fail "$program does not point to what was just installed; run this again."
  for old in "$program"-*; do
    [ "$old" = "$program-$version" ] || rm -rf "$old"
  done
}

await_online() {
  for _ in $(seq 150); do
    case $(cut -d' ' -f1 "$home/identity/state" 2>/dev/null) in
      connected)
        say "Escale: $(hostname) is online at $url"
        return 0
        ;;
      refused) fail "$url refuses this server: $(cut -d' ' -f2- "$home/identity/state")" ;;
    esac
    sleep 0.2
  done
  if [ "$init" = systemd ]; then log="journalctl -u escale-agent"; else log="less /var/log/escale-agent.log"; fi
  fail "the agent runs but is not online yet; it keeps trying, and says why in: $log"
}

main
