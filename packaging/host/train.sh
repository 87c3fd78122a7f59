#!/bin/sh
# Makes the start-up cache (JEP 483, 514) of this image, in its final place: it holds for this folder alone.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
rm -f "$here/lib/agent.aot"
ESCALE_AGENT_JAVA="-XX:AOTCacheOutput=$here/lib/agent.aot -Xlog:disable -Xlog:all=error:stderr" \
  "$here/bin/escale-agent" train
