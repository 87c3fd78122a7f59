/** Mail that features want sent: kept in the database until a server has taken it. */
@NullMarked
package dev.escale.control.mail;

import org.jspecify.annotations.NullMarked;
