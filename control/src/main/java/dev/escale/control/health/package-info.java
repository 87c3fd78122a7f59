/** Whether the control plane lives, is ready, and how it fares. */
@NullMarked
package dev.escale.control.health;

import org.jspecify.annotations.NullMarked;
