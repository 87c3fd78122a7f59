package dev.escale.control.server;

import dev.escale.control.api.ShownAs;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** A server looks the same wherever it is answered, also as the outcome of a plan. */
final class ServerJson {
    private ServerJson() {}

    @ShownAs(ServerDocument.class)
    @JacksonComponent
    static class Known extends ValueSerializer<Server> {
        @Override
        public void serialize(Server server, JsonGenerator json, SerializationContext context) {
            json.writePOJO(ServerDocument.of(server));
        }
    }

    /** With the command that brings its agent there. */
    @ShownAs(ServerDocument.class)
    @JacksonComponent
    static class Fresh extends ValueSerializer<ServerAdded> {
        @Override
        public void serialize(ServerAdded added, JsonGenerator json, SerializationContext context) {
            json.writePOJO(ServerDocument.of(added));
        }
    }
}
