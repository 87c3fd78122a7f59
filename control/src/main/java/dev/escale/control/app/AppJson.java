package dev.escale.control.app;

import dev.escale.control.api.ShownAs;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.context.i18n.LocaleContextHolder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** An app looks the same wherever it is answered, also as the outcome of a plan. */
@ShownAs(AppView.Shown.class)
@JacksonComponent
class AppJson extends ValueSerializer<App> {
    private final AppView view;

    AppJson(AppView view) {
        this.view = view;
    }

    @Override
    public void serialize(App app, JsonGenerator json, SerializationContext context) {
        json.writePOJO(view.show(app, LocaleContextHolder.getLocale()));
    }
}
