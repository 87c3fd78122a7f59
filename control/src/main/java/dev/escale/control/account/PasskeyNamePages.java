package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Gives a person's passkey another name. */
@Controller
@RequestMapping("/{team}/account/passkeys/{id}/name")
class PasskeyNamePages {
    private final PasskeyDesk desk;
    private final Operations operations;
    private final UpdatePasskey update;
    private final Views views;

    PasskeyNamePages(PasskeyDesk desk, Operations operations, UpdatePasskey update, Views views) {
        this.desk = desk;
        this.operations = operations;
        this.update = update;
        this.views = views;
    }

    @GetMapping
    View ask(Page page, @PathVariable String id) {
        return show(page, id, Form.of("name", desk.name(page.reader().actor(), id)));
    }

    @PostMapping
    View rename(Page page, @PathVariable String id, @RequestParam(defaultValue = "") String name) {
        try {
            var input = new UpdatePasskey.Input(id, name);
            operations.run(page.reader().actor(), update, input, Mode.APPLY);
        } catch (ProblemException refused) {
            return show(page, id, Form.of("name", name).refused(refused.problem()));
        }
        return views.redirect(page.to("/account/sign-in"));
    }

    private View show(Page page, String id, Form form) {
        String name = desk.name(page.reader().actor(), id);
        int status = form.problem() == null ? 200 : form.problem().status();
        return views.page(
                status, page, "account/renamepasskey", "id", id, "name", name, "form", form);
    }
}
