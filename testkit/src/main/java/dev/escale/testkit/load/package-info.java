/** Requests in number, every answer of which is looked at. */
@NullMarked
package dev.escale.testkit.load;

import org.jspecify.annotations.NullMarked;
