package dev.escale.control.source;

import dev.escale.control.app.App;
import dev.escale.control.operation.Actor;
import jakarta.servlet.http.HttpServletRequest;

/** A request that may go on: to this app's repository, in this actor's name. */
record Access(App app, Actor actor) {
    private static final String ATTRIBUTE = Access.class.getName();

    void put(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * @throws IllegalStateException when nobody checked it
     */
    static Access of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Access access) {
            return access;
        }
        throw new IllegalStateException("a Git request without access");
    }
}
