package dev.escale.agent.command;

import dev.escale.agent.release.AppFolder;
import dev.escale.agent.release.Deployments;
import dev.escale.protocol.Ending;
import dev.escale.protocol.Holding;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries out one order, to its end. */
final class Orders {
    private static final System.Logger LOG = System.getLogger(Orders.class.getName());

    private final Path home;
    private final Deployments deployments;
    private final LogStreams streams;
    private final Courses courses;

    Orders(Path home, Deployments deployments, LogStreams streams, Courses courses) {
        this.home = home;
        this.deployments = deployments;
        this.streams = streams;
        this.courses = courses;
    }

    /**
     * @param atSwitch is run when a deployment has switched, and is only watched from then on
     */
    Outcome carryOut(Order order, Runnable atSwitch) {
        return switch (order) {
            case Order.Deploy deploy -> deploy(deploy, atSwitch);
            case Order.Serve serve -> serve(serve, atSwitch);
            case Order.Cancel cancel -> {
                deployments.cancel(cancel.deployment());
                yield new Outcome.Done();
            }
            case Order.InstallCertificate certificate -> {
                deployments.install(certificate);
                yield new Outcome.Done();
            }
            case Order.RefuseCertificate refusal -> {
                deployments.refuse(refusal);
                yield new Outcome.Done();
            }
            case Order.ControlApp control -> deployments.control(control.app(), control.action());
            case Order.RemoveApp remove -> deployments.remove(remove.app());
            case Order.Survey survey -> new Outcome.Surveyed(deployments.survey(survey.app()));
            case Order.OpenLog open -> streams.open(open);
            case Order.SearchLog search -> streams.search(search);
            case Order.CloseLog close -> streams.close(close.stream());
            case Order.Leave _ -> removeAll();
        };
    }

    /** Ends a deployment that will not be carried out. */
    void abandon(String deployment, String app, Ending ending, Note reason) {
        courses.reporter(deployment, app).ended(ending, serving(app), reason, List.of());
        courses.forget(deployment);
    }

    private Outcome deploy(Order.Deploy order, Runnable atSwitch) {
        String app = order.spec().id();
        var reporter = courses.begin(order.deployment(), app, order.limits(), atSwitch);
        try {
            deployments.deploy(order, reporter);
        } catch (RuntimeException | Error failure) {
            reporter.ended(Ending.FAILED, serving(app), unforeseen(failure), List.of());
        }
        courses.forget(order.deployment());
        return new Outcome.Done();
    }

    private Outcome serve(Order.Serve order, Runnable atSwitch) {
        String app = order.spec().id();
        var reporter = courses.begin(order.deployment(), app, order.limits(), atSwitch);
        try {
            deployments.serve(order, reporter);
        } catch (RuntimeException | Error failure) {
            reporter.ended(Ending.FAILED, serving(app), unforeseen(failure), List.of());
        }
        courses.forget(order.deployment());
        return new Outcome.Done();
    }

    private Outcome removeAll() {
        var apps = new TreeSet<String>();
        for (Holding holding : deployments.survey(null)) {
            if (!holding.app().isEmpty()) {
                apps.add(holding.app());
            }
        }
        for (String app : apps) {
            if (deployments.remove(app) instanceof Outcome.Failed failed) {
                return failed;
            }
        }
        return new Outcome.Done();
    }

    /** The release that {@code current} points to; null when nothing serves. */
    private @Nullable Long serving(String app) {
        try {
            Path release = Files.readSymbolicLink(AppFolder.of(home, app).current());
            return Long.valueOf(release.getFileName().toString());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot tell what " + app + " serves", unreadable);
            return null;
        }
    }

    static Note unforeseen(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "an order failed in a way nobody foresaw", failure);
        return Note.of(Notes.AGENT_FAILURE, "reason", reason(failure));
    }

    static Note unwritten(IOException failure) {
        String reason = reason(failure);
        return reason.contains("No space left")
                ? Note.of(Notes.DISK_FULL, "path", reason)
                : Note.of(Notes.HOST_FAILED, "reason", reason);
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
