/**
 * Talks to the PM2 daemon through its own sockets, as PM2's command line does, but without its 150
 * to 400 ms.
 */
@NullMarked
package dev.escale.agent.pm2;

import org.jspecify.annotations.NullMarked;
