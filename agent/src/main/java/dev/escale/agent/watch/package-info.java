/** Measures the server and its apps, from {@code /proc}, with next to no garbage. */
@NullMarked
package dev.escale.agent.watch;

import org.jspecify.annotations.NullMarked;
