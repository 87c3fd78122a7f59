/** Where code comes from: Escale's own Git endpoint, and the repositories behind it. */
@NullMarked
package dev.escale.control.source;

import org.jspecify.annotations.NullMarked;
