package dev.escale.control.web;

/**
 * How something is: a shape, its colour, and the word.
 *
 * @param state for {@code data-state}
 */
public record Badge(String state, String word) {}
