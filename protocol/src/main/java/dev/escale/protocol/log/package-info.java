/** Lines of logs, and the language in which people ask for them: the same at every door. */
@NullMarked
package dev.escale.protocol.log;

import org.jspecify.annotations.NullMarked;
