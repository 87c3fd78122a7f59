/** Stories over the real parts: control plane, agent, Git, Nginx, PM2, Chromium, Debian hosts. */
@NullMarked
package dev.escale.e2e;

import org.jspecify.annotations.NullMarked;
