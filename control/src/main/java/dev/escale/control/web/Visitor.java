package dev.escale.control.web;

import dev.escale.control.operation.Actor;
import java.util.List;

/**
 * Who looks at a page, and in which team.
 *
 * @param teams all that they belong to
 */
public record Visitor(Actor actor, Place team, List<Place> teams, Preferences preferences) {
    public Visitor {
        teams = List.copyOf(teams);
    }

    /** Two letters for the round picture. */
    public String initials() {
        StringBuilder letters = new StringBuilder();
        for (String word : actor.name().strip().split("\\s+")) {
            if (!word.isEmpty() && letters.length() < 2) {
                letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return letters.toString();
    }
}
