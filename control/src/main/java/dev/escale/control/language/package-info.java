/**
 * What people read, in English and French: one sentence per key, chosen by the reader's language.
 */
@NullMarked
package dev.escale.control.language;

import org.jspecify.annotations.NullMarked;
