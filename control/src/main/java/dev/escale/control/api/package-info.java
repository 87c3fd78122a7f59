/**
 * What all of REST has in common: problem documents, limits of requests, and its own description.
 */
@NullMarked
package dev.escale.control.api;

import org.jspecify.annotations.NullMarked;
