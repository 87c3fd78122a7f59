/** Sample repositories, pushed with the system's git as any user would. */
@NullMarked
package dev.escale.testkit.git;

import org.jspecify.annotations.NullMarked;
