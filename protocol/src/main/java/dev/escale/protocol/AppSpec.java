package dev.escale.protocol;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The app as the agent needs to know it.
 *
 * @param id opaque, {@code [a-z0-9_]+}; names folders, processes and system users
 * @param slug for people, {@code [a-z0-9-]{2,40}}
 * @param names host names that Nginx answers for, the first being the one in the URL
 */
@Json
public record AppSpec(String id, String slug, List<String> names) {
    public AppSpec {
        names = List.copyOf(names);
    }
}
