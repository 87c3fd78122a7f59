package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.List;

/** Answer to {@link Registration}: 201. A refusal is a problem document with a {@code code}. */
@Json
public record Registered(String server, String name, List<SigningKey> keys) {}
