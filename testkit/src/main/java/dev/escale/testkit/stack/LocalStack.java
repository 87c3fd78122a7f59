package dev.escale.testkit.stack;

import dev.escale.testkit.Workplace;
import dev.escale.testkit.control.AgentProcess;
import dev.escale.testkit.control.ControlProcess;
import dev.escale.testkit.control.ControlSettings;
import dev.escale.testkit.control.Postgres;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A control plane and an agent on this machine. */
public final class LocalStack implements AutoCloseable {
    private static final AtomicInteger APPS = new AtomicInteger();

    private final Workplace workplace;
    private final ControlProcess control;
    private final AgentProcess agent;
    private final @Nullable Postgres postgres;

    private LocalStack(
            Workplace workplace,
            ControlProcess control,
            AgentProcess agent,
            @Nullable Postgres postgres) {
        this.workplace = workplace;
        this.control = control;
        this.agent = agent;
        this.postgres = postgres;
    }

    public static LocalStack onSqlite() {
        Workplace workplace = Workplace.fresh();
        return start(workplace, ControlSettings.local(workplace.folder().resolve("control")), null);
    }

    public static LocalStack onPostgres() {
        Workplace workplace = Workplace.fresh();
        Postgres postgres = Postgres.start();
        return start(
                workplace,
                ControlSettings.local(workplace.folder().resolve("control")).with(postgres),
                postgres);
    }

    private static LocalStack start(
            Workplace workplace, ControlSettings settings, @Nullable Postgres postgres) {
        ControlProcess control = ControlProcess.start(settings);
        AgentProcess agent =
                AgentProcess.start(control, "local", workplace.folder().resolve("agent"));
        return new LocalStack(workplace, control, agent, postgres);
    }

    public ControlProcess control() {
        return control;
    }

    public AgentProcess agent() {
        return agent;
    }

    /** The database, unless it is SQLite. */
    public Optional<Postgres> postgres() {
        return Optional.ofNullable(postgres);
    }

    public Path folder() {
        return workplace.folder();
    }

    /** A new app whose name begins so. */
    public App app(String name) {
        return App.create(
                control,
                agent.server(),
                name + "-" + APPS.incrementAndGet(),
                workplace.folder("repositories"));
    }

    @Override
    public void close() {
        agent.close();
        control.close();
        if (postgres != null) {
            postgres.close();
        }
        workplace.close();
    }
}
