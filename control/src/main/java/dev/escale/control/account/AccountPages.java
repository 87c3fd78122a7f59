package dev.escale.control.account;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Preferences;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** A person's own name, and how pages look and speak to them. */
@Controller
@RequestMapping("/{team}/account")
class AccountPages {
    private static final Pattern REGION =
            Pattern.compile(
                    "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"
                            + "|UTC");

    private final Persons persons;
    private final Operations operations;
    private final UpdatePerson update;
    private final Views views;

    AccountPages(Persons persons, Operations operations, UpdatePerson update, Views views) {
        this.persons = persons;
        this.operations = operations;
        this.update = update;
        this.views = views;
    }

    @GetMapping
    View show(Page page) {
        PersonShown person = PersonShown.of(persons.find(page.reader().actor().id()).orElseThrow());
        return show(
                page,
                Form.of(
                        "name",
                        person.name(),
                        "language",
                        person.language(),
                        "theme",
                        person.theme(),
                        "timeZone",
                        person.timeZone()));
    }

    /** What is chosen here counts in this browser too, whatever it was told by its menu. */
    @PostMapping
    View change(
            Page page,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = PreferenceWords.BROWSER) String language,
            @RequestParam(defaultValue = PreferenceWords.SYSTEM) String theme,
            @RequestParam(defaultValue = PreferenceWords.BROWSER) String timeZone) {
        var input = new UpdatePerson.Input(name, language, theme, timeZone);
        try {
            operations.run(page.reader().actor(), update, input, Mode.APPLY);
        } catch (ProblemException refused) {
            Form form =
                    Form.of(
                            "name",
                            name,
                            "language",
                            language,
                            "theme",
                            theme,
                            "timeZone",
                            timeZone);
            return show(page, form.refused(refused.problem()));
        }
        Preferences.ruleIn(response);
        return views.redirect(page.to("/account"));
    }

    private View show(Page page, Form form) {
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status,
                page,
                "account/profile",
                "form",
                form,
                "languages",
                Messages.LANGUAGES,
                "zones",
                zones(form.value("timeZone")));
    }

    /** The old names of the same regions, such as {@code US/Eastern}, are left out. */
    private static List<String> zones(String chosen) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> REGION.matcher(zone).matches() || zone.equals(chosen))
                .sorted()
                .toList();
    }
}
