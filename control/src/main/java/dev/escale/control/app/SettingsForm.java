package dev.escale.control.app;

import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.protocol.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of an app as a form: an empty field means "detect". */
final class SettingsForm {
    private SettingsForm() {}

    static Form of(App app) {
        Overrides now = app.settings();
        return Form.of(
                "branch",
                app.branch(),
                "settings.type",
                now.type(),
                "settings.root",
                now.root(),
                "settings.build",
                now.build(),
                "settings.start",
                now.start(),
                "settings.output",
                now.output(),
                "settings.port",
                number(now.port()),
                "settings.healthPath",
                now.healthPath(),
                "settings.healthTimeoutSeconds",
                number(now.healthTimeoutSeconds()));
    }

    static Form typed(Map<String, String> fields) {
        return new Form(fields, null);
    }

    /**
     * @throws ProblemException when a number is none
     */
    static Overrides overrides(Form form) {
        List<Fault> faults = new ArrayList<>();
        Overrides settings =
                new Overrides(
                        text(form, "settings.type"),
                        text(form, "settings.root"),
                        text(form, "settings.build"),
                        text(form, "settings.start"),
                        text(form, "settings.output"),
                        number(form, "settings.port", faults),
                        text(form, "settings.healthPath"),
                        number(form, "settings.healthTimeoutSeconds", faults));
        ProblemException.throwIfAny(faults);
        return settings;
    }

    static @Nullable String text(Form form, String name) {
        String value = form.value(name).strip();
        return value.isEmpty() ? null : value;
    }

    private static @Nullable Integer number(Form form, String name, List<Fault> faults) {
        String value = text(form, name);
        try {
            return value == null ? null : Integer.valueOf(value);
        } catch (NumberFormatException none) {
            faults.add(Fault.of(name, "app.notANumber"));
            return null;
        }
    }

    private static @Nullable String number(@Nullable Integer value) {
        return value == null ? null : value.toString();
    }
}
