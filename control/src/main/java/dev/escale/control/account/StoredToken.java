package dev.escale.control.account;

import dev.escale.control.db.schema.tables.records.TokenRecord;
import dev.escale.control.operation.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a token lies in its row: permissions with spaces between, scopes one a line. */
final class StoredToken {
    private StoredToken() {}

    static AccessToken read(TokenRecord row) {
        return new AccessToken(
                row.getId(),
                row.getName(),
                row.getPerson(),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getLastUsedAt(),
                row.getPermissions() == null ? null : Set.of(row.getPermissions().split(" ")),
                row.getScopes() == null ? List.of() : scopes(row.getScopes()),
                row.getMadeBy());
    }

    static @Nullable String permissions(@Nullable Set<String> permissions) {
        return permissions == null ? null : String.join(" ", new TreeSet<>(permissions));
    }

    static @Nullable String scopes(List<Scope> scopes) {
        return scopes.isEmpty()
                ? null
                : scopes.stream()
                        .map(scope -> scope.kind().text() + " " + scope.id())
                        .collect(Collectors.joining("\n"));
    }

    private static List<Scope> scopes(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(" ", 2))
                .map(parts -> new Scope(Scope.Kind.parse(parts[0]), parts[1]))
                .toList();
    }
}
