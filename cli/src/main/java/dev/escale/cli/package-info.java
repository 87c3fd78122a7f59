/**
 * The command line: translates words into REST calls and answers into tables. It holds no rule of
 * its own.
 */
@NullMarked
package dev.escale.cli;

import org.jspecify.annotations.NullMarked;
