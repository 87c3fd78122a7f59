package dev.escale.control.app;

import dev.escale.control.db.Ids;

/** Names an app for good, also in folders and users of its server. */
public record AppId(String value) {
    static AppId random() {
        return new AppId(Ids.random("app"));
    }

    @Override
    public String toString() {
        return value;
    }
}
