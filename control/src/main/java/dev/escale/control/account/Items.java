package dev.escale.control.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list as REST gives it; these are short and have one page. */
record Items<T>(List<T> items, @Nullable String next) {
    static <T> Items<T> all(List<T> items) {
        return new Items<>(items, null);
    }
}
