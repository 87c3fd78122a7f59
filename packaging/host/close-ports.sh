#!/bin/sh
# Closes the apps' ports to other hosts as the agent last did, before PM2 starts the apps: the agent may come later, or not.
[ -f /var/lib/escale/ports.nft ] || exit 0
exec nft -f /var/lib/escale/ports.nft
