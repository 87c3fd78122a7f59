#!/bin/sh
# Makes the agent's image: build-image.sh JAVA_HOME TARGET. TARGET holds lib/ (all jars); the result is
# TARGET/agent-image (bin/escale-agent, runtime, lib, share) and TARGET/agent-image.tar.gz.
set -eu
java_home=$1
target=$2
here=$(cd "$(dirname "$0")" && pwd)
image="$target/agent-image"

rm -rf "$image" "$image.tar.gz"
mkdir -p "$image/bin" "$image/lib" "$image/share"
# Ed25519, X25519 and TLS are in java.base. Native code is left as it is: --strip-debug would need objcopy.
"$java_home/bin/jlink" --add-modules java.base --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --output "$image/runtime"
"$image/runtime/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xshare:dump -Xlog:disable -Xlog:all=error:stderr
cp -p "$target"/lib/*.jar "$image/lib/"
install -m 0755 "$here/escale-agent" "$image/bin/escale-agent"
cp "$here"/../host/* "$image/share/"
cp -R "$here"/../pm2 "$image/share/pm2"
chmod 0755 "$image"/share/*.sh
tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner -czf "$image.tar.gz.new" agent-image
mv "$image.tar.gz.new" "$image.tar.gz"
