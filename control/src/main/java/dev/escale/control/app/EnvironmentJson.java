package dev.escale.control.app;

import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Changed variables look as the variables do, also as the outcome of a plan. */
@JacksonComponent
class EnvironmentJson extends ValueSerializer<ChangeEnvironment.Change> {
    private final Variables variables;

    EnvironmentJson(Variables variables) {
        this.variables = variables;
    }

    @Override
    public void serialize(
            ChangeEnvironment.Change change, JsonGenerator json, SerializationContext context) {
        App app = change.app();
        json.writePOJO(AppView.show(variables.values(app.team(), app.id()), change.deployment()));
    }
}
