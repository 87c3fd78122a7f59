package dev.escale.control.account;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tokens came of which: they end together, or one that leaked would live on in another. */
final class TokenFamily {
    private TokenFamily() {}

    /**
     * @param all of one person in one team
     * @return what the token made and what that made in turn, in the order of {@code all}
     */
    static List<AccessToken> madeBy(String token, List<AccessToken> all) {
        Set<String> family = new HashSet<>(Set.of(token));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (AccessToken each : all) {
                grown |= family.contains(each.madeBy()) && family.add(each.id());
            }
        }
        return all.stream()
                .filter(each -> !each.id().equals(token) && family.contains(each.id()))
                .toList();
    }
}
