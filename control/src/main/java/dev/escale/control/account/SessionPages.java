package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.provider.Provider;
import dev.escale.control.web.Form;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Where a person is signed in, beside what they sign in with. */
@Controller
@RequestMapping("/{team}/account")
class SessionPages {
    private final WaysInView view;
    private final Operations operations;
    private final RevokeSession revoke;
    private final RevokeSessions revokeAll;
    private final Views views;

    SessionPages(
            WaysInView view,
            Operations operations,
            RevokeSession revoke,
            RevokeSessions revokeAll,
            Views views) {
        this.view = view;
        this.operations = operations;
        this.revoke = revoke;
        this.revokeAll = revokeAll;
        this.views = views;
    }

    /**
     * @param kept a provider that was not told, or did not say, that its token has ended
     */
    @GetMapping("/sign-in")
    View show(Page page, HttpServletRequest request, @RequestParam(defaultValue = "") String kept) {
        return view.show(
                page,
                request,
                Form.empty(),
                Arrays.stream(Provider.values())
                        .filter(each -> each.text().equals(kept))
                        .findAny());
    }

    @PostMapping("/sessions/{id}/revoke")
    View revoke(Page page, @PathVariable String id) {
        operations.run(page.reader().actor(), revoke, new RevokeSession.Input(id), Mode.APPLY);
        return views.redirect(page.to("/account/sign-in"));
    }

    /** All but the one that asks. */
    @PostMapping("/sessions/revoke")
    View revokeOthers(Page page, HttpSession session) {
        var input = new RevokeSessions.Input(Sessions.own(session));
        operations.run(page.reader().actor(), revokeAll, input, Mode.APPLY);
        return views.redirect(page.to("/account/sign-in"));
    }
}
