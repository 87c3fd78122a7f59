package dev.escale.agent.release;

import dev.escale.agent.nginx.Hostname;
import dev.escale.agent.nginx.LiveLink;
import dev.escale.agent.nginx.NginxRefused;
import dev.escale.agent.nginx.Site;
import dev.escale.agent.nginx.SiteProbe;
import dev.escale.protocol.AppSpec;
import dev.escale.protocol.Note;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that belongs to one app, in one hand: its state on disk, its processes, its site. */
final class AppDesk {
    private final ServingHost host;
    private final AppStates states;
    private final Certificates certificates;
    private final AppFolder folder;
    private AppState state;
    private AppSpec spec;

    private AppDesk(ServingHost host, AppStates states, Certificates certificates, AppState state) {
        this.host = host;
        this.states = states;
        this.certificates = certificates;
        this.folder = states.folder(state.spec().id());
        this.state = state;
        this.spec = state.spec();
    }

    static AppDesk of(
            ServingHost host, AppStates states, Certificates certificates, AppState state) {
        return new AppDesk(host, states, certificates, state);
    }

    /**
     * The desk of an app that may be new here.
     *
     * @param spec what a deployment wants it to be, and what it is from the switch on
     */
    static AppDesk open(ServingHost host, AppStates states, Certificates certificates, AppSpec spec)
            throws IOException, RolloutFailed {
        hostnames(spec);
        AppFolder folder = states.folder(spec.id());
        Files.createDirectories(folder.root());
        for (Path path : List.of(folder.root(), folder.root().getParent(), host.home())) {
            Releases.mode(path, "rwx--x--x");
        }
        AppState known = states.load(spec.id()).orElse(null);
        var desk =
                new AppDesk(
                        host,
                        states,
                        certificates,
                        known == null ? fresh(host, states, spec) : known);
        desk.spec = spec;
        return desk;
    }

    /** Two new apps at once must not get the same ports. */
    private static AppState fresh(ServingHost host, AppStates states, AppSpec spec)
            throws IOException {
        synchronized (states) {
            Set<Integer> reserved = reserved(states);
            int a = host.ports().free(reserved);
            reserved.add(a);
            int b = host.ports().free(reserved);
            var state = new AppState(spec, Slot.at(a), Slot.at(b), null, false, Map.of(), null);
            states.save(state);
            return state;
        }
    }

    ServingHost host() {
        return host;
    }

    AppFolder folder() {
        return folder;
    }

    AppState state() {
        return state;
    }

    Certificates certificates() {
        return certificates;
    }

    AppProcess process() {
        return new AppProcess(host, folder, spec.id(), spec.slug());
    }

    Releases releases() {
        return new Releases(folder, host.shell());
    }

    BuildingFile building() {
        return new BuildingFile(folder);
    }

    LiveLink link() {
        return new LiveLink(folder.root().resolve("live"));
    }

    /** What others changed on disk while this desk had not the app's turn. */
    void refresh() throws IOException {
        state = states.load(spec.id()).orElse(state);
    }

    /** Known here also when the disk does not take it: it is what has happened. */
    void save(AppState now) throws IOException {
        state = now;
        states.save(now);
    }

    @Nullable Long serving() {
        Instance serving = state.serving();
        return serving == null ? null : serving.release();
    }

    /** What the app is to be. */
    AppSpec spec() {
        return spec;
    }

    /**
     * What the app was, and is again; on disk with the next {@link #save}, because traffic moves
     * back first.
     */
    void become(AppSpec former) {
        state = state.with(former);
        spec = former;
    }

    List<Hostname> names() throws RolloutFailed {
        return hostnames(spec);
    }

    private static List<Hostname> hostnames(AppSpec spec) throws RolloutFailed {
        var names = new ArrayList<Hostname>();
        for (String name : spec.names()) {
            try {
                names.add(new Hostname(name));
            } catch (IllegalArgumentException notOne) {
                throw new RolloutFailed(Note.of(Notes.NAME_INVALID, "name", name));
            }
        }
        if (names.isEmpty()) {
            throw new RolloutFailed(Note.of(Notes.NAME_INVALID, "name", ""));
        }
        return names;
    }

    /** A port that is free now becomes the one given here, when another program took it. */
    Slot freshSlot(Instance.Place place) throws IOException, InterruptedException {
        Slot slot = state.slot(place);
        process().end(slot.given());
        if (PortRange.listening().contains(slot.given())) {
            synchronized (states) {
                save(state.with(place, Slot.at(host.ports().free(reserved(states)))));
            }
        }
        return state.slot(place);
    }

    /** Writes the site for a release of this kind; Nginx reloads only when the file changed. */
    void writeSite(ReleasePlan plan) throws RolloutFailed, IOException, InterruptedException {
        var root = plan.documentRoot();
        Site.Content content =
                root == null
                        ? new Site.Proxy(state.a().endpoint(), state.b().endpoint())
                        : new Site.Files(isSinglePage(root), shared(plan, root));
        String app = state.spec().id();
        try {
            host.sites()
                    .put(
                            new Site(
                                    app,
                                    names(),
                                    certificates.chain(app),
                                    certificates.key(app),
                                    link().folder(),
                                    content));
        } catch (NginxRefused refused) {
            throw new RolloutFailed(refused.reason());
        }
    }

    /** One page that draws all addresses itself is the only one there. */
    private static boolean isSinglePage(Path root) throws IOException {
        try (var pages = Files.newDirectoryStream(root, "*.html")) {
            var names = new HashSet<String>();
            pages.forEach(page -> names.add(page.getFileName().toString()));
            return names.equals(Set.of("index.html"));
        }
    }

    /** Below the document root, where visitors find them. */
    private List<Site.Shared> shared(ReleasePlan plan, Path root) {
        return plan.shared().stream()
                .map(text -> Path.of(text).normalize())
                .filter(path -> plan.directory().resolve(path).startsWith(root))
                .map(
                        path ->
                                new Site.Shared(
                                        root.relativize(plan.directory().resolve(path)),
                                        folder.shared().resolve(SharedPaths.flat(path))))
                .toList();
    }

    SiteProbe probe() throws RolloutFailed {
        return new SiteProbe(
                host.sites().setup().httpsPort(),
                names().getFirst(),
                certificates.chain(state.spec().id()));
    }

    private static Set<Integer> reserved(AppStates states) throws IOException {
        var reserved = new HashSet<Integer>();
        for (AppState other : states.all()) {
            reserved.add(other.a().given());
            reserved.add(other.b().given());
        }
        return reserved;
    }
}
