/**
 * What the agent does to its host: processes, users, control groups. The only package that starts
 * processes.
 */
@NullMarked
package dev.escale.agent.host;

import org.jspecify.annotations.NullMarked;
