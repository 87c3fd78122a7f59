/** Teams, and who is a member of them. */
@NullMarked
package dev.escale.control.team;

import org.jspecify.annotations.NullMarked;
