package dev.escale.control.deployment;

import dev.escale.control.api.ShownAs;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.context.i18n.LocaleContextHolder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** A deployment looks the same wherever it is answered, also as the outcome of a plan. */
@ShownAs(DeploymentView.Shown.class)
@JacksonComponent
class DeploymentJson extends ValueSerializer<Deployment> {
    private final DeploymentView view;

    DeploymentJson(DeploymentView view) {
        this.view = view;
    }

    @Override
    public void serialize(Deployment deployment, JsonGenerator json, SerializationContext context) {
        json.writePOJO(view.show(deployment, null, LocaleContextHolder.getLocale()));
    }
}
