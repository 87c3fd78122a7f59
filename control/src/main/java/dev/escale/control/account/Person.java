package dev.escale.control.account;

import org.jspecify.annotations.Nullable;

/** Somebody with an account. */
record Person(String id, String name, @Nullable String email) {}
