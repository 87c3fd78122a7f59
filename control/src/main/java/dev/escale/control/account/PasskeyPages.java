package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Result;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import gg.jte.Content;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/** Makes and removes a person's passkeys. */
@Controller
@RequestMapping("/{team}/account/passkeys")
class PasskeyPages {
    private final PasskeyDesk desk;
    private final WaysInView view;
    private final Operations operations;
    private final RemovePasskey remove;
    private final Views views;

    PasskeyPages(
            PasskeyDesk desk,
            WaysInView view,
            Operations operations,
            RemovePasskey remove,
            Views views) {
        this.desk = desk;
        this.view = view;
        this.operations = operations;
        this.remove = remove;
        this.views = views;
    }

    @PostMapping("/options")
    @ResponseBody
    PasskeyOptions.Create options(Page page, HttpServletRequest request) {
        return desk.options(page.reader().actor(), request.getSession());
    }

    /**
     * @param name empty: that of the browser
     * @param credential what the authenticator answered, as JSON
     */
    @PostMapping
    View create(
            Page page,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String credential) {
        String given = name.isBlank() ? SessionRow.browser(request.getHeader("User-Agent")) : name;
        try {
            desk.create(page.reader().actor(), request.getSession(), given, credential);
        } catch (ProblemException refused) {
            return view.show(page, request, Form.of("name", name).refused(refused.problem()));
        }
        return views.redirect(page.to("/account/sign-in"));
    }

    @GetMapping("/{id}/remove")
    View askToRemove(Page page, @PathVariable String id) {
        return removal(page, id, null);
    }

    /**
     * @param plan that was read and confirmed; without one only what is no last way in is removed
     */
    @PostMapping("/{id}/remove")
    View remove(
            Page page,
            @PathVariable String id,
            @RequestParam @Nullable String plan,
            @RequestParam(defaultValue = "") String name) {
        var actor = page.reader().actor();
        try {
            if (plan == null) {
                operations.run(actor, remove, new RemovePasskey.Input(id), Mode.APPLY);
            } else if (name.strip().equals(desk.name(actor, id))) {
                operations.apply(actor, plan);
            } else {
                return removal(
                        page, id, page.rich("page.plan.nameWrong", "name", desk.name(actor, id)));
            }
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("plan.confirmationNeeded")) {
                return views.redirect(page.to("/account/passkeys/" + id + "/remove"));
            }
            if (!Plan.isStale(refused.problem())) {
                throw refused;
            }
            return removal(page, id, page.rich("page.plan.anew"));
        }
        return views.redirect(page.to("/account/sign-in"));
    }

    private View removal(Page page, String id, @Nullable Content mistake) {
        var actor = page.reader().actor();
        String name = desk.name(actor, id);
        Result.Planned<?> planned =
                (Result.Planned<?>)
                        operations.run(actor, remove, new RemovePasskey.Input(id), Mode.DRY_RUN);
        return views.page(
                page,
                "account/removepasskey",
                "id",
                id,
                "name",
                name,
                "planned",
                planned,
                "mistake",
                Optional.ofNullable(mistake));
    }
}
