package dev.escale.control.app;

import dev.escale.control.db.Database;
import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.protocol.EnvValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code app.env}: sets and removes variables. What serves is started again with them, without a
 * build.
 */
@Component
public class ChangeEnvironment
        implements Operation<ChangeEnvironment.Input, ChangeEnvironment.Change> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
    private static final Set<String> OURS = Set.of("PORT", "HOST");
    private static final int LARGEST_VALUE = 32 << 10;
    private static final int LARGEST_WHOLE = 128 << 10;
    private static final int MOST = 200;

    private final Database database;
    private final Variables variables;
    private final AppTargets targets;
    private final Redeploys redeploys;
    private final AppFeed feed;

    ChangeEnvironment(
            Database database,
            Variables variables,
            AppTargets targets,
            Redeploys redeploys,
            AppFeed feed) {
        this.database = database;
        this.variables = variables;
        this.targets = targets;
        this.redeploys = redeploys;
        this.feed = feed;
    }

    /**
     * @param app id or slug
     * @param set by name
     * @param unset names; one that is not set is passed over
     */
    public record Input(
            String app, @Nullable Map<String, @Nullable Value> set, @Nullable Set<String> unset) {}

    /**
     * @param secret null: as it was, or true for a new one
     */
    public record Value(@Nullable String value, @Nullable Boolean secret) {
        @Override
        public String toString() {
            return "•••";
        }
    }

    /**
     * @param variables all that the app has now
     * @param deployment that brings them to the app; null when nothing serves
     */
    public record Change(App app, Map<String, EnvValue> variables, @Nullable String deployment) {}

    @Override
    public String name() {
        return "app.env";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    /** Names only: values may be secrets. */
    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "app",
                input.app(),
                "set",
                AppDetail.names(set(input).keySet()),
                "unset",
                AppDetail.names(unset(input)));
    }

    @Override
    public Map<String, String> came(Change change) {
        return Detail.of("deployment", change.deployment());
    }

    @Override
    public Target target(Actor actor, Input input) {
        return targets.target(actor, input.app());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        App app = targets.app(actor, input.app());
        Map<String, EnvValue> before = variables.values(app.team(), app.id());
        ProblemException.throwIfAny(faults(input, before));
        List<PlanItem> changes = new ArrayList<>();
        for (String name : new TreeSet<>(set(input).keySet())) {
            changes.add(
                    PlanItem.of(
                            before.containsKey(name) ? "~" : "+", AppNotes.PLAN_SET, "name", name));
        }
        for (String name : new TreeSet<>(unset(input))) {
            if (before.containsKey(name)) {
                changes.add(PlanItem.of("-", AppNotes.PLAN_UNSET, "name", name));
            }
        }
        List<PlanItem> restarts =
                app.currentRelease().isEmpty() || changes.isEmpty()
                        ? List.of()
                        : List.of(PlanItem.of("~", AppNotes.PLAN_ENV_RESTART, "app", app.slug()));
        return new Plan(
                changes,
                restarts,
                lost(input, before),
                wayBack(app, input, before),
                false,
                Fingerprint.of(app.id(), before.keySet(), app.currentRelease().isPresent()));
    }

    private static List<PlanItem> lost(Input input, Map<String, EnvValue> before) {
        Map<String, EnvValue> after = after(input, before);
        return before.entrySet().stream()
                .filter(each -> !each.getValue().equals(after.get(each.getKey())))
                .map(each -> PlanItem.of("-", AppNotes.PLAN_VALUE_LOST, "name", each.getKey()))
                .toList();
    }

    /** What serves was started with the values of before, and keeps them. */
    private static List<PlanItem> wayBack(App app, Input input, Map<String, EnvValue> before) {
        return lost(input, before).isEmpty()
                ? List.of()
                : app.currentRelease()
                        .map(
                                release ->
                                        List.of(
                                                PlanItem.of(
                                                        "=",
                                                        AppNotes.PLAN_VALUES_THEN,
                                                        "release",
                                                        Long.toString(release))))
                        .orElseGet(() -> List.of(PlanItem.of("!", AppNotes.PLAN_VALUES_TYPE)));
    }

    @Override
    public Change apply(Actor actor, Input input, Plan plan) {
        App app = targets.app(actor, input.app());
        Optional<String> deployment = database.write(app.team(), tx -> change(actor, app, input));
        return new Change(app, variables.values(app.team(), app.id()), deployment.orElse(null));
    }

    private Optional<String> change(Actor actor, App app, Input input) {
        Map<String, EnvValue> before = variables.values(app.team(), app.id());
        Map<String, EnvValue> after = after(input, before);
        if (after.equals(before)) {
            return Optional.empty();
        }
        after.forEach(
                (name, value) -> {
                    if (!value.equals(before.get(name))) {
                        variables.set(app, name, value);
                    }
                });
        unset(input).forEach(name -> variables.unset(app, name));
        feed.tell(app.team(), app.id(), "environment");
        return redeploys.environmentChanged(actor, app);
    }

    static boolean validName(String name) {
        return NAME.matcher(name).matches();
    }

    private static List<Fault> faults(Input input, Map<String, EnvValue> before) {
        List<Fault> faults = new ArrayList<>();
        set(input).forEach((name, value) -> faults.addAll(faults(name, value)));
        unset(input).stream()
                .filter(set(input)::containsKey)
                .forEach(name -> faults.add(Fault.of("unset." + name, "env.setAndUnset")));
        if (faults.isEmpty()) {
            Map<String, EnvValue> after = after(input, before);
            int size =
                    after.entrySet().stream()
                            .mapToInt(each -> bytes(each.getKey()) + bytes(each.getValue().value()))
                            .sum();
            if (after.size() > MOST || size > LARGEST_WHOLE) {
                faults.add(
                        Fault.of(
                                "set",
                                "env.tooMuch",
                                "most",
                                Integer.toString(MOST),
                                "kilobytes",
                                Integer.toString(LARGEST_WHOLE >> 10)));
            }
        }
        return faults;
    }

    private static List<Fault> faults(String name, @Nullable Value value) {
        String field = "set." + (name.length() > 60 ? name.substring(0, 60) : name);
        List<Fault> faults = new ArrayList<>();
        if (!validName(name)) {
            faults.add(Fault.of(field, "env.nameInvalid"));
        } else if (OURS.contains(name)) {
            faults.add(Fault.of(field, "env.nameReserved", "name", name));
        }
        if (value == null || value.value() == null) {
            faults.add(Fault.of(field, "env.valueMissing"));
        } else if (bytes(value.value()) > LARGEST_VALUE) {
            faults.add(
                    Fault.of(
                            field,
                            "env.valueTooLong",
                            "kilobytes",
                            Integer.toString(LARGEST_VALUE >> 10)));
        } else if (value.value().indexOf('\0') >= 0) {
            faults.add(Fault.of(field, "env.valueInvalid"));
        }
        return faults;
    }

    private static Map<String, EnvValue> after(Input input, Map<String, EnvValue> before) {
        Map<String, EnvValue> after = new TreeMap<>(before);
        set(input)
                .forEach(
                        (name, value) -> {
                            if (value != null && value.value() != null) {
                                after.put(
                                        name,
                                        new EnvValue(
                                                value.value(), secret(value, before.get(name))));
                            }
                        });
        unset(input).forEach(after::remove);
        return after;
    }

    private static boolean secret(Value value, @Nullable EnvValue before) {
        if (value.secret() != null) {
            return value.secret();
        }
        return before == null || before.secret();
    }

    private static Map<String, @Nullable Value> set(Input input) {
        return input.set() == null ? Map.of() : input.set();
    }

    private static Set<String> unset(Input input) {
        return input.unset() == null ? Set.of() : input.unset();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
