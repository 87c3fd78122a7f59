/**
 * What agent and control plane may say to each other: records, their JSON, signing and checking.
 * Nothing here does anything.
 */
@NullMarked
package dev.escale.protocol;

import org.jspecify.annotations.NullMarked;
