/** What happened, told to whoever looks at it now: pages, push connections, waiting requests. */
@NullMarked
package dev.escale.control.event;

import org.jspecify.annotations.NullMarked;
