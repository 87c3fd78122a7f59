package dev.escale.protocol;

import io.avaje.jsonb.Json;

/** A value of an app's environment. A secret one is masked in all output and never printed. */
@Json
public record EnvValue(String value, boolean secret) {
    @Override
    public String toString() {
        return secret ? "•••" : value;
    }
}
