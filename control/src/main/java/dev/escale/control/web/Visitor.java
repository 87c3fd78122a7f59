package dev.escale.control.web;

import dev.escale.control.operation.Actor;
import dev.escale.control.team.Team;

/** Who looks at a page, and in which team. */
public record Visitor(Actor actor, Team team) {

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
