package dev.escale.control.api;

import dev.escale.control.operation.Fault;
import dev.escale.control.operation.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** A parameter that nobody reads is a fault: {@code dryrun=true} would do it for real. */
final class KnownParameters implements HandlerInterceptor {
    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method) {
            TreeSet<String> known = known(method);
            List<Fault> faults = new ArrayList<>();
            for (String given : request.getParameterMap().keySet()) {
                if (!known.contains(given)) {
                    faults.add(Fault.of(given, "input.unknown", "known", String.join(", ", known)));
                }
            }
            ProblemException.throwIfAny(faults);
        }
        return true;
    }

    /** Sorted. The team is read by whoever needs the actor. */
    private static TreeSet<String> known(HandlerMethod method) {
        var known = new TreeSet<String>();
        known.add("team");
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked != null) {
                known.add(
                        asked.name().isEmpty() ? parameter.getParameter().getName() : asked.name());
            }
        }
        return known;
    }
}
