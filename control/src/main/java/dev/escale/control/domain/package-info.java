/** Names that apps answer for, and the certificates for them. */
@NullMarked
package dev.escale.control.domain;

import org.jspecify.annotations.NullMarked;
