/** A package registry for hosts without internet, from what the real npm has in its cache. */
@NullMarked
package dev.escale.testkit.npm;

import org.jspecify.annotations.NullMarked;
