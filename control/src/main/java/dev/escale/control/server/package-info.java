/** Servers of a team: adding, enrolment, what is known of them, and removal. */
@NullMarked
package dev.escale.control.server;

import org.jspecify.annotations.NullMarked;
