/** Applications: what they are called, where they run, where their code comes from. */
@NullMarked
package dev.escale.control.app;

import org.jspecify.annotations.NullMarked;
