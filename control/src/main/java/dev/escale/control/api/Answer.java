package dev.escale.control.api;

import dev.escale.control.language.Messages;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.Result;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * How REST answers what came of an operation: the thing itself, or the plan in words. How a thing
 * looks is said where it is declared, so that a plan that is applied later answers the same.
 */
@Component
public class Answer {
    private final Messages messages;

    Answer(Messages messages) {
        this.messages = messages;
    }

    /**
     * @param steps everything the plan says, in order
     */
    public record PlanDocument(
            String planId,
            boolean destructive,
            Instant expiresAt,
            Sections plan,
            List<Item> steps) {}

    /** The four rows of every plan. */
    public record Sections(
            List<Item> changes, List<Item> restarts, List<Item> lost, List<Item> wayBack) {}

    /**
     * @param text in the reader's language
     */
    public record Item(String symbol, String code, String text) {}

    /**
     * @param applied status when it was done
     */
    public <R> ResponseEntity<Object> of(Result<R> result, HttpStatus applied, Locale locale) {
        return switch (result) {
            case Result.Applied<R> done -> ResponseEntity.status(applied).body(done.value());
            case Result.Planned<R> planned ->
                    ResponseEntity.ok(
                            document(
                                    planned.planId(), planned.plan(), planned.expiresAt(), locale));
        };
    }

    /** When nothing is left to show: 204, or the plan. */
    public <R> ResponseEntity<Object> gone(Result<R> result, Locale locale) {
        return switch (result) {
            case Result.Applied<R> done -> ResponseEntity.noContent().build();
            case Result.Planned<R> planned -> of(planned, HttpStatus.OK, locale);
        };
    }

    PlanDocument document(String id, Plan plan, Instant expiresAt, Locale locale) {
        var sections =
                new Sections(
                        items(plan.changes(), locale),
                        items(plan.restarts(), locale),
                        items(plan.lost(), locale),
                        items(plan.wayBack(), locale));
        List<Item> steps =
                List.of(sections.changes(), sections.restarts(), sections.lost()).stream()
                        .flatMap(List::stream)
                        .toList();
        return new PlanDocument(id, plan.destructive(), expiresAt, sections, steps);
    }

    private List<Item> items(List<PlanItem> items, Locale locale) {
        return items.stream()
                .map(
                        item ->
                                new Item(
                                        item.symbol(),
                                        item.text().code(),
                                        messages.note(locale, item.text())))
                .toList();
    }
}
