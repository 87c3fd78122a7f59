package dev.escale.control.account;

import dev.escale.control.operation.Actor;
import dev.escale.control.operation.Detail;
import dev.escale.control.operation.Fault;
import dev.escale.control.operation.Fingerprint;
import dev.escale.control.operation.Operation;
import dev.escale.control.operation.Plan;
import dev.escale.control.operation.PlanItem;
import dev.escale.control.operation.ProblemException;
import dev.escale.control.operation.Target;
import dev.escale.control.web.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One's own name, and how pages look and speak to one. */
@Component
class UpdatePerson implements Operation<UpdatePerson.Input, PersonShown> {
    private final Persons persons;
    private final Actors actors;

    UpdatePerson(Persons persons, Actors actors) {
        this.persons = persons;
        this.actors = actors;
    }

    /**
     * What is null stays.
     *
     * @param language as in {@link PreferenceWords}, like what follows
     */
    record Input(
            @Nullable String name,
            @Nullable String language,
            @Nullable String theme,
            @Nullable String timeZone) {
        PreferenceWords words() {
            return new PreferenceWords(language, theme, timeZone);
        }
    }

    @Override
    public String name() {
        return "person.update";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Map<String, String> asked(Input input) {
        return Detail.of(
                "name",
                input.name(),
                "language",
                input.language(),
                "theme",
                input.theme(),
                "timeZone",
                input.timeZone());
    }

    @Override
    public Target target(Actor actor, Input input) {
        Person person = person(actor);
        return Target.of("person", person.id(), person.name());
    }

    @Override
    public Plan plan(Actor actor, Input input) {
        List<Fault> faults = new ArrayList<>(input.words().faults());
        if (input.name() != null) {
            faults.addAll(PersonName.faults(input.name()));
        }
        ProblemException.throwIfAny(faults);
        Person person = person(actor);
        List<PlanItem> changes = new ArrayList<>();
        String name = named(person, input);
        if (!name.equals(person.name())) {
            changes.add(PlanItem.of("~", "plan.person.name", "from", person.name(), "to", name));
        }
        if (!preferences(person, input).equals(person.preferences())) {
            changes.add(PlanItem.of("~", "plan.person.preferences"));
        }
        return Plan.of(Fingerprint.of(person), changes.toArray(PlanItem[]::new));
    }

    @Override
    public PersonShown apply(Actor actor, Input input, Plan plan) {
        Person person = person(actor);
        persons.change(person.id(), named(person, input), preferences(person, input));
        return PersonShown.of(person(actor));
    }

    private Person person(Actor actor) {
        return persons.find(actors.person(actor)).orElseThrow();
    }

    private static String named(Person person, Input input) {
        return input.name() == null ? person.name() : input.name().strip();
    }

    private static Preferences preferences(Person person, Input input) {
        return input.words().over(person.preferences());
    }
}
