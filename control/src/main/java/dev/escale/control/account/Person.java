package dev.escale.control.account;

import dev.escale.control.web.Preferences;
import org.jspecify.annotations.Nullable;

/** Somebody with an account. */
record Person(String id, String name, @Nullable String email, Preferences preferences) {}
