/**
 * Runs a whole Escale on this machine: control plane, agent and a sample app, and stops it again.
 */
@NullMarked
package dev.escale.cli.demo;

import org.jspecify.annotations.NullMarked;
