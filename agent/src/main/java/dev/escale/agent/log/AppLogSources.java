package dev.escale.agent.log;

import dev.escale.agent.host.GrowingText;
import dev.escale.agent.release.AppLogFiles;
import dev.escale.agent.secret.Masker;
import dev.escale.protocol.log.LogSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What apps print. */
public final class AppLogSources implements LogSources {
    private final Function<String, Optional<AppLogFiles>> files;
    private final Secrets secrets;

    /**
     * @param files of an app, by its id
     */
    public AppLogSources(Function<String, Optional<AppLogFiles>> files, Secrets secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    @Override
    public List<LogFile> of(LogSource source) {
        if (source.kind() != LogSource.Kind.APP) {
            return List.of();
        }
        Supplier<Masker> masker = new RecentMasker(() -> new Masker(secrets.of(source.id())));
        return files.apply(source.id())
                .map(
                        both ->
                                List.of(
                                        file(source, "out", "stdout", both.out(), masker),
                                        file(source, "err", "stderr", both.err(), masker)))
                .orElse(List.of());
    }

    private static LogFile file(
            LogSource source,
            String name,
            String type,
            java.nio.file.Path path,
            Supplier<Masker> masker) {
        var origin = new PrintedLines.Origin(source.id() + "/" + name, type, source.name());
        return new LogFile(
                origin.file(),
                new GrowingText(path),
                begin -> new PrintedLines(origin, masker, ZoneId.systemDefault(), begin));
    }

    /** Secrets change while somebody looks; to ask for them with every line would be slow. */
    private static final class RecentMasker implements Supplier<Masker> {
        private static final Duration RECENT = Duration.ofSeconds(1);

        private final Supplier<Masker> fresh;
        private @Nullable Masker last;
        private long made;

        RecentMasker(Supplier<Masker> fresh) {
            this.fresh = fresh;
        }

        @Override
        public synchronized Masker get() {
            Masker known = last;
            if (known == null || System.nanoTime() - made > RECENT.toNanos()) {
                known = fresh.get();
                last = known;
                made = System.nanoTime();
            }
            return known;
        }
    }
}
