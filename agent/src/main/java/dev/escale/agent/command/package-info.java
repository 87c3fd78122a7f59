/**
 * Takes orders: checks each command, keeps the journal that makes it run once, runs it, and reports
 * what became of it.
 */
@NullMarked
package dev.escale.agent.command;

import org.jspecify.annotations.NullMarked;
