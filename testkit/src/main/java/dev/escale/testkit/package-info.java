/** Real parts for tests: what they share is a cache folder and the rule to leave nothing behind. */
@NullMarked
package dev.escale.testkit;

import org.jspecify.annotations.NullMarked;
