/** Real Debian hosts under systemd-nspawn, each with its own address on a bridge of ours. */
@NullMarked
package dev.escale.testkit.host;

import org.jspecify.annotations.NullMarked;
