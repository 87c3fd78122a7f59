package dev.escale.control.account;

import dev.escale.control.operation.Mode;
import dev.escale.control.operation.Operations;
import dev.escale.control.web.Page;
import dev.escale.control.web.Views;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/** Unlinking on the account page; {@link ProviderPages} begins a link. */
@Controller
class IdentityPages {
    private final Operations operations;
    private final UnlinkIdentity unlink;
    private final Views views;

    IdentityPages(Operations operations, UnlinkIdentity unlink, Views views) {
        this.operations = operations;
        this.unlink = unlink;
        this.views = views;
    }

    @PostMapping("/{team}/account/identities/{id}/unlink")
    View unlink(Page page, @PathVariable String id) {
        var unlinked =
                operations
                        .run(
                                page.reader().actor(),
                                unlink,
                                new UnlinkIdentity.Input(id),
                                Mode.APPLY)
                        .applied();
        String kept = unlinked.tokenEnded() ? "" : "?kept=" + unlinked.provider().text();
        return views.redirect(page.to("/account/sign-in" + kept));
    }
}
