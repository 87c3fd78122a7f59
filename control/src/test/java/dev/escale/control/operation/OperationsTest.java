package dev.escale.control.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.escale.control.db.TeamId;
import dev.escale.control.db.TestDatabase;
import dev.escale.control.event.Events;
import dev.escale.control.operation.AuditTrail.Line;
import dev.escale.control.operation.AuditTrail.Phase;
import dev.escale.control.secret.TestSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class OperationsTest {
    private final TestDatabase real;
    private final List<Line> trail = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private final Paint paint = new Paint();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private boolean trailIsBroken;
    private Operations operations;
    private TeamId team;

    @TempDir private Path folder;

    OperationsTest(TestDatabase.Kind kind) {
        this.real = kind.fresh();
    }

    @BeforeEach
    void build() {
        team = real.team("one");
        Events events = new Events();
        events.subscribe(team, topic -> true, event -> published.add(event.kind()));
        Plans plans =
                new Plans(
                        real.database(),
                        TestSecrets.over(real.database(), folder),
                        new OperationCatalog(() -> List.of(paint)),
                        new JsonMapper(),
                        new SettableClock());
        operations = new Operations(plans, this::write, events);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void whatIsAllowedIsWrittenDownBeforeAndAfterAndTold() {
        Result<String> result = run(actor("wall.paint"), "red", Mode.APPLY);

        assertThat(result.applied()).isEqualTo("painted red");
        assertThat(trail).extracting(Line::phase).containsExactly(Phase.INTENT, Phase.OUTCOME);
        assertThat(trail).extracting(Line::operation).containsOnly(trail.getFirst().operation());
        assertThat(trail.getLast().outcome()).isEqualTo("done");
        assertThat(published).containsExactly("wall.paint");
    }

    @Test
    void withoutThePermissionNothingIsDoneAndTheAttemptIsWrittenDown() {
        assertRefused(() -> run(actor("wall.look"), "red", Mode.APPLY), 403, "permission.missing");

        assertThat(paint.done).isEmpty();
        assertThat(trail).extracting(Line::phase).containsExactly(Phase.REFUSED);
    }

    @Test
    void aDryRunPlansAndChangesNothingUntilThePlanIsApplied() {
        Actor actor = actor("wall.paint");
        var planned = (Result.Planned<String>) run(actor, "red", Mode.DRY_RUN);

        assertThat(paint.done).isEmpty();
        assertThat(trail).isEmpty();
        assertThat(planned.plan().changes()).hasSize(1);
        assertThat(planned.expiresAt()).isEqualTo(now.plus(Duration.ofMinutes(10)));

        assertThat(operations.apply(actor, planned.planId())).isEqualTo("painted red");
        assertThat(trail).extracting(Line::plan).containsOnly(planned.planId());
        assertRefused(() -> operations.apply(actor, planned.planId()), 409, "plan.applied");
    }

    @Test
    void whatDestroysMustBeConfirmedByItsPlan() {
        paint.destructive = true;
        Actor actor = actor("wall.paint");

        ProblemException asked = refusal(() -> run(actor, "red", Mode.APPLY));
        String plan = asked.problem().facts().get("plan");

        assertThat(asked.problem().code()).isEqualTo("plan.confirmationNeeded");
        assertThat(paint.done).isEmpty();
        assertRefused(() -> run(actor, "blue", Mode.confirmed(plan)), 409, "plan.other");
        assertThat(run(actor, "red", Mode.confirmed(plan)).applied()).isEqualTo("painted red");
    }

    @Test
    void aPlanIsRefusedWhenTheWorldHasChangedOrTooMuchTimeHasPassed() {
        Actor actor = actor("wall.paint");
        var planned = (Result.Planned<String>) run(actor, "red", Mode.DRY_RUN);
        paint.world = "another";

        assertRefused(() -> operations.apply(actor, planned.planId()), 409, "plan.changed");

        paint.world = "first";
        now = now.plus(Duration.ofMinutes(11));
        assertRefused(() -> operations.apply(actor, planned.planId()), 410, "plan.expired");
        assertThat(paint.done).isEmpty();
    }

    @Test
    void aPlanOfAnotherTeamIsUnknown() {
        var planned = (Result.Planned<String>) run(actor("wall.paint"), "red", Mode.DRY_RUN);
        Actor stranger = Actor.system(real.team("two"));

        assertRefused(() -> operations.apply(stranger, planned.planId()), 404, "plan.unknown");
    }

    @Test
    void nothingIsDoneWhenTheIntentCannotBeWritten() {
        trailIsBroken = true;

        assertThatThrownBy(() -> run(actor("wall.paint"), "red", Mode.APPLY))
                .hasMessage("disk full");

        assertThat(paint.done).isEmpty();
    }

    @Test
    void whatFailsIsWrittenDownAsFailed() {
        assertThatThrownBy(() -> run(actor("*"), "explode", Mode.APPLY)).hasMessage("boom");

        assertThat(trail).extracting(Line::phase).containsExactly(Phase.INTENT, Phase.OUTCOME);
        assertThat(trail.getLast().outcome()).isEqualTo("failed");
        assertThat(published).isEmpty();
    }

    @Test
    void wrongInputIsRefusedWithAllItsFaults() {
        ProblemException refused = refusal(() -> run(actor("*"), "", Mode.APPLY));

        assertThat(refused.problem().faults()).hasSize(2);
        assertThat(trail).extracting(Line::outcome).containsExactly("input.invalid");
    }

    @Test
    void theRecordSaysWhatWasAskedPlannedAndDoneAndToWhat() {
        run(actor("*"), "red", Mode.APPLY);

        assertThat(trail.getFirst().detail())
                .containsEntry("colour", "red")
                .containsEntry("changes", "~ wall colour=red");
        assertThat(trail.getLast().target()).isEqualTo(Target.of("wall", "wal_2", "north"));
        assertThat(trail.getLast().detail()).containsEntry("coats", "2");
        assertThat(trail.getLast().command()).isEqualTo("cmd_1");
    }

    @Test
    void theRecordSaysWhatWasAskedWhenItIsRefused() {
        refusal(() -> run(actor("wall.look"), "red", Mode.APPLY));
        refusal(() -> run(actor("*"), "", Mode.APPLY));

        assertThat(trail.getFirst().detail())
                .containsEntry("colour", "red")
                .containsEntry("permission", "wall.paint");
        assertThat(trail.getLast().detail()).containsEntry("faults", "name a, name b");
    }

    @Test
    void aTextWithNulIsRefusedAtTheDoorOfEveryOperation() {
        ProblemException refused = refusal(() -> run(actor("*"), "re\0d", Mode.APPLY));

        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().faults()).containsExactly(Fault.of("name", "input.control"));
        assertThat(trail).extracting(Line::phase).containsExactly(Phase.REFUSED);
        assertThat(trail.getFirst().target()).isEqualTo(Target.of("wall", "", ""));
    }

    @Test
    void findsNulHoweverDeepItIs() {
        record Leaf(String text) {}
        record Branch(List<Leaf> leaves, Map<String, Leaf> named) {}

        var input =
                new Branch(
                        List.of(new Leaf("a"), new Leaf("\0")),
                        Map.of("b\0", new Leaf("c"), "d", new Leaf("\0")));

        assertThat(Texts.faults(input))
                .extracting(Fault::field)
                .containsExactlyInAnyOrder("leaves.text", "named", "named.d.text");
    }

    @Test
    void onlyWhoeverMadeAPlanMayConfirmIt() {
        var planned = (Result.Planned<String>) run(actor("*"), "red", Mode.DRY_RUN);
        Actor other =
                new Actor(
                        ActorType.PERSON,
                        "usr_2",
                        "Ben",
                        team,
                        Grants.ALL,
                        Origin.SYSTEM,
                        Locale.ENGLISH);

        assertRefused(() -> operations.apply(other, planned.planId()), 403, "plan.notYours");

        assertThat(operations.apply(actor("*"), planned.planId())).isEqualTo("painted red");
    }

    private Result<String> run(Actor actor, String colour, Mode mode) {
        return operations.run(actor, paint, new Colour(colour), mode);
    }

    private void write(Line line) {
        if (trailIsBroken) {
            throw new IllegalStateException("disk full");
        }
        trail.add(line);
    }

    private Actor actor(String... permissions) {
        return new Actor(
                ActorType.PERSON,
                "usr_1",
                "Ann",
                team,
                Grants.of(permissions),
                Origin.SYSTEM,
                Locale.ENGLISH);
    }

    private static void assertRefused(Runnable attempt, int status, String code) {
        Problem problem = refusal(attempt).problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.status()).isEqualTo(status);
    }

    private static ProblemException refusal(Runnable attempt) {
        try {
            attempt.run();
        } catch (ProblemException refused) {
            return refused;
        }
        throw new AssertionError("was not refused");
    }

    record Colour(String name) {}

    private static final class Paint implements Operation<Colour, String> {
        private final List<String> done = new ArrayList<>();
        private boolean destructive;
        private String world = "first";

        @Override
        public String name() {
            return "wall.paint";
        }

        @Override
        public boolean destructive() {
            return destructive;
        }

        @Override
        public Class<Colour> input() {
            return Colour.class;
        }

        @Override
        public Target target(Actor actor, Colour input) {
            return Target.of("wall", "wal_1", "north");
        }

        @Override
        public Map<String, String> asked(Colour input) {
            return Detail.of("colour", input.name(), "nothing", null);
        }

        @Override
        public Target done(Target planned, String painted) {
            return Target.of("wall", "wal_2", planned.name());
        }

        @Override
        public Map<String, String> came(String painted) {
            return Detail.of("coats", 2);
        }

        @Override
        public Plan plan(Actor actor, Colour input) {
            if (input.name().isEmpty()) {
                ProblemException.throwIfAny(List.of(Fault.of("name", "a"), Fault.of("name", "b")));
            }
            return Plan.of(world, PlanItem.of("~", "wall", "colour", input.name()));
        }

        @Override
        public String apply(Actor actor, Colour input, Plan plan) {
            if (input.name().equals("explode")) {
                throw new IllegalStateException("boom");
            }
            OrdersGiven.note("cmd_1");
            done.add(input.name());
            return "painted " + input.name();
        }
    }

    private final class SettableClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
