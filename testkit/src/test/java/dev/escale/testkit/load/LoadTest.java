package dev.escale.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.testkit.LocalSite;
import dev.escale.testkit.program.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    @TempDir Path folder;

    @Test
    void countsEveryAnswerThatIsNotTheExpectedOne() throws Exception {
        var asked = new AtomicInteger();
        try (LocalSite site =
                        LocalSite.saying(
                                folder,
                                () ->
                                        switch (asked.incrementAndGet()) {
                                            case 5 -> "";
                                            case 6 -> "something else";
                                            default -> "release 1";
                                        });
                Load load =
                        Load.on(
                                site.url(),
                                site.root(),
                                2,
                                200,
                                body -> body.startsWith("release"))) {

            Wait.until("50 requests", Duration.ofSeconds(20), () -> load.result().requests() > 50);
            LoadResult result = load.stop();

            assertThat(result.failed()).as(result.failures().toString()).isEqualTo(2);
            assertThat(result.failures())
                    .anySatisfy(line -> assertThat(line).contains("status 502"))
                    .anySatisfy(line -> assertThat(line).contains("another body: something else"));
            assertThat(result.bodies()).containsOnlyKeys("release 1");
        }
    }

    @Test
    void countsConnectionsThatAreRefused() throws Exception {
        LocalSite site = LocalSite.saying(folder, () -> "release 1");
        site.close();
        try (Load load = Load.on(site.url(), site.root(), 1, 50, body -> true)) {

            Wait.until("requests", Duration.ofSeconds(20), () -> load.result().requests() > 5);

            LoadResult result = load.stop();
            assertThat(result.failed()).isEqualTo(result.requests());
        }
    }
}
