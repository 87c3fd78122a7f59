package dev.escale.control.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Knows who is signed in. */
public interface Visitors {
    /**
     * @return empty when nobody is signed in
     * @throws dev.escale.control.operation.ProblemException with 404 when the path names a team
     *     that the person does not belong to
     */
    Optional<Visitor> of(HttpServletRequest request);
}
