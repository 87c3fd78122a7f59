#!/bin/bash
# A careful developer's hook: checkout, npm ci, start beside the old release, check, switch Nginx, stop the old one.
set -euo pipefail
folder=@FOLDER@
export PM2_HOME=$folder/pm2 PM2_DISABLE_VERSION_CHECK=1
pm2() { node @PM2@ "$@" >/dev/null; }

read -r _ commit _
release=$folder/releases/$(date +%s%N)
mkdir -p "$release"
git archive "$commit" | tar -x -C "$release"
cd "$release"
npm ci --omit=dev --no-audit --no-fund --silent

port=$(node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })")
name=app-$(basename "$release")
PORT=$port HOST=127.0.0.1 pm2 start bench.js --name "$name"
for _ in $(seq 300); do
  curl -fs -o /dev/null "http://127.0.0.1:$port/" && break
  sleep 0.1
done
curl -fs -o /dev/null "http://127.0.0.1:$port/"

echo "server 127.0.0.1:$port;" >"$folder/upstream.conf.new"
mv "$folder/upstream.conf.new" "$folder/upstream.conf"
nginx -p "$folder" -c nginx.conf -t -q
nginx -p "$folder" -c nginx.conf -s reload
if [ -s "$folder/serving" ]; then pm2 delete "$(cat "$folder/serving")"; fi
echo "$name" >"$folder/serving"
echo "live"
