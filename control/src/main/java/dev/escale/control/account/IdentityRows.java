package dev.escale.control.account;

import dev.escale.control.provider.Providers;
import java.util.List;
import org.springframework.stereotype.Component;

/** A person's identities, and whether they let in. */
@Component
class IdentityRows implements WayIn {
    private final Identities identities;
    private final Providers providers;

    IdentityRows(Identities identities, Providers providers) {
        this.identities = identities;
        this.providers = providers;
    }

    @Override
    public int count(String person) {
        return (int) of(person).stream().filter(IdentityRow::opens).count();
    }

    List<IdentityRow> of(String person) {
        return identities.all(person).stream()
                .map(each -> IdentityRow.of(each, providers.reach(each.provider(), each.issuer())))
                .toList();
    }
}
