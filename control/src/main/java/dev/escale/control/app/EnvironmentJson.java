package dev.escale.control.app;

import dev.escale.control.api.ShownAs;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Changed variables look as the variables do, also as the outcome of a plan. */
@ShownAs(AppView.EnvironmentShown.class)
@JacksonComponent
class EnvironmentJson extends ValueSerializer<ChangeEnvironment.Change> {
    @Override
    public void serialize(
            ChangeEnvironment.Change change, JsonGenerator json, SerializationContext context) {
        json.writePOJO(AppView.show(change.variables(), change.deployment()));
    }
}
