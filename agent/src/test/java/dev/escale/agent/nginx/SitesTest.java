package dev.escale.agent.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.escale.agent.host.HostCommand;
import dev.escale.agent.host.HostResult;
import dev.escale.agent.host.HostShell;
import dev.escale.agent.nginx.LiveLink.Route;
import dev.escale.agent.nginx.LiveLink.Target;
import dev.escale.protocol.Notes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SitesTest {
    private static final Hostname NAME = new Hostname("shop.localhost");

    @TempDir private Path folder;
    private final List<HttpServer> servers = new ArrayList<>();
    private NginxSetup setup;
    private Sites sites;
    private LiveLink link;
    private Path key;
    private Path chain;

    @BeforeEach
    void start() throws Exception {
        setup = NginxSetup.privateIn(folder.resolve("nginx"), freePort(), freePort(), true);
        sites = new Sites(setup, new HostShell());
        link = new LiveLink(folder.resolve("apps/app_shop/live"));
        key = folder.resolve("key.pem");
        chain = folder.resolve("chain.pem");
        new TestAuthority(folder.resolve("ca"))
                .issue(key, chain, List.of(NAME.text(), "localhost"));
    }

    @AfterEach
    void end() throws Exception {
        sites.stop();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void servesTheReleaseThatTheLinkNames() throws Exception {
        sites.put(proxy(serve("old"), serve("new")));
        link.point(new Target(41, Route.A), null);

        assertThat(ask("/").headers())
                .containsEntry(SiteProbe.MARKER, "41")
                .containsEntry("who", "old");

        link.point(new Target(42, Route.BA), null);
        assertThat(ask("/").headers())
                .containsEntry(SiteProbe.MARKER, "42")
                .containsEntry("who", "new");

        link.point(new Target(42, Route.STOPPED), null);
        assertThat(ask("/").status()).isEqualTo(503);
        assertThat(link.read()).contains(new Target(42, Route.STOPPED));
    }

    @Test
    void loadsWhatAnAgentThatWasKilledHadOnlyWritten() throws Exception {
        Endpoint one = serve("one");
        Endpoint two = serve("two");
        sites.put(proxy(two, two));
        String written = Files.readString(setup.site("app_shop"));
        sites.put(proxy(one, one));
        link.point(new Target(41, Route.A), null);
        assertThat(ask("/").headers()).containsEntry("who", "one");

        Files.writeString(setup.site("app_shop"), written);
        var restarted = new Sites(setup, new HostShell());

        assertThat(restarted.put(proxy(two, two))).isTrue();
        assertThat(ask("/").headers()).containsEntry("who", "two");
        assertThat(restarted.put(proxy(two, two))).as("loads it once").isFalse();
    }

    @Test
    void asksTheOldReleaseWhenTheNewOneIsGone() throws Exception {
        sites.put(proxy(serve("old"), new Endpoint("127.0.0.1", freePort())));

        link.point(new Target(42, Route.BA), null);

        assertThat(ask("/").headers()).containsEntry("who", "old");
    }

    @Test
    void losesNoRequestInAHundredSwitchesUnderLoad() throws Exception {
        sites.put(proxy(serve("old"), serve("new")));
        link.point(new Target(1, Route.A), null);
        var load =
                CompletableFuture.supplyAsync(
                        () -> wrk("https://localhost:" + setup.httpsPort() + "/"));

        for (int i = 2; i < 102; i++) {
            link.point(new Target(i, i % 2 == 0 ? Route.BA : Route.AB), null);
            Thread.onSpinWait();
            assertThat(ask("/").headers()).containsEntry(SiteProbe.MARKER, "" + i);
        }

        assertThat(load.join()).contains("Requests/sec").doesNotContain("Socket errors", "Non-2xx");
    }

    @Test
    void placesThatWereJustLeftStayForRequestsOnTheirWay() throws Exception {
        link.point(new Target(1, Route.A), null);
        link.point(new Target(2, Route.BA), null);
        link.point(new Target(2, Route.B), null);
        Path first = link.folder().resolve("1-a");

        assertThat(first).isDirectory();

        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(60)));
        link.point(new Target(3, Route.AB), null);
        assertThat(first).doesNotExist();
        assertThat(link.folder().resolve("2-b")).isDirectory();
    }

    @Test
    void servesFilesAndNothingOutsideOfThem() throws Exception {
        Path files = Files.createDirectories(folder.resolve("apps/app_shop/releases/3/dist"));
        Files.writeString(files.resolve("index.html"), "hello");
        Files.writeString(files.resolve("app.4f2a9c1b.js"), "1");
        Files.writeString(files.resolve(".env"), "SECRET=1");
        Files.createSymbolicLink(files.resolve("passwd"), Path.of("/etc/passwd"));
        sites.put(site(new Site.Files(false, List.of())));
        link.point(new Target(3, Route.FILES), files);

        assertThat(ask("/").status()).isEqualTo(200);
        assertThat(ask("/").headers())
                .containsEntry("cache-control", "no-cache")
                .containsEntry(SiteProbe.MARKER, "3");
        assertThat(ask("/app.4f2a9c1b.js").headers().get("cache-control")).contains("immutable");
        assertThat(ask("/.env").status()).isEqualTo(404);
        assertThat(ask("/passwd").status()).isIn(403, 404);
        assertThat(ask("/deep/link").status()).isEqualTo(404);

        sites.put(site(new Site.Files(true, List.of())));
        assertThat(ask("/deep/link").status()).isEqualTo(200);
        assertThat(ask("/deep/missing.png").status()).isEqualTo(404);

        link.point(new Target(3, Route.STOPPED), null);
        assertThat(ask("/").status()).isEqualTo(503);
    }

    @Test
    void onlyNamesThatABuildDerivedFromTheContentAreCachedForGood() throws Exception {
        Path files = Files.createDirectories(folder.resolve("apps/app_shop/releases/3/dist"));
        var derived =
                List.of(
                        "/app.4f2a9c1b.js",
                        "/assets/index-DfVG3x9a.js",
                        "/assets/fonts/inter-B3x_9aQ-.woff2",
                        "/static/js/main.1a2b3c4d.chunk.4f2a9c1b.js.map",
                        "/_next/static/chunks/pages/about.js",
                        "/docs/_astro/page.css",
                        "/_app/immutable/start.js",
                        "/_nuxt/entry.D3x_9aQa.css",
                        "/main-5Q7Q3JZQ.js");
        var chosen =
                List.of(
                        "/blog/post-20240101.html",
                        "/blog/post-4f2a9c1b.html",
                        "/photo-20240101.jpg",
                        "/photo-20240101a.jpg",
                        "/img/hero-section1.jpg",
                        "/img/my-Photo001.jpg",
                        "/assets/my-Photo001.jpg",
                        "/assets/hero-section1.jpg",
                        "/assets/report-20240101.pdf",
                        "/downloads/tool-A1B2C3D4.zip",
                        "/_astro/page.html",
                        "/_nuxt/builds/latest.json");
        for (String name : Stream.concat(derived.stream(), chosen.stream()).toList()) {
            Path file = files.resolve(name.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1");
        }
        sites.put(site(new Site.Files(false, List.of())));
        link.point(new Target(3, Route.FILES), files);

        for (String name : derived) {
            assertThat(ask(name).headers().get("cache-control")).as(name).contains("immutable");
        }
        for (String name : chosen) {
            assertThat(ask(name).headers()).as(name).containsEntry("cache-control", "no-cache");
        }
    }

    @Test
    void saysWhoseFileIsBrokenAndServesOn() throws Exception {
        sites.put(proxy(serve("old"), serve("new")));
        link.point(new Target(41, Route.A), null);
        String good = Files.readString(setup.site("app_shop"));
        Files.writeString(setup.sites().resolve("theirs.conf"), "server {\n  nonsense on;\n}\n");

        assertThatThrownBy(() -> sites.put(proxy(serve("third"), serve("fourth"))))
                .isInstanceOfSatisfying(
                        NginxRefused.class,
                        refused -> {
                            assertThat(refused.reason().code()).isEqualTo(Notes.NGINX_FOREIGN);
                            assertThat(refused.reason().facts())
                                    .containsEntry("line", "2")
                                    .containsEntry("file", setup.sites() + "/theirs.conf");
                        });

        assertThat(Files.readString(setup.site("app_shop"))).isEqualTo(good);
        assertThat(ask("/").headers()).containsEntry("who", "old");
        link.point(new Target(42, Route.B), null);
        assertThat(ask("/").headers()).as("a switch needs no reload").containsEntry("who", "new");
    }

    @Test
    void saysThatAnotherProgramHoldsThePort() throws Exception {
        try (var other = new ServerSocket(setup.httpsPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> sites.put(proxy(serve("old"), serve("new"))))
                    .isInstanceOfSatisfying(
                            NginxRefused.class,
                            refused -> {
                                assertThat(refused.reason().code())
                                        .isEqualTo(Notes.NGINX_PORT_TAKEN);
                                assertThat(refused.reason().facts())
                                        .containsEntry("port", "" + other.getLocalPort())
                                        .containsEntry("program", "java");
                            });
        }
        assertThat(sites.file("app_shop")).isEmpty();
    }

    @Test
    void refusesANameThatAnotherFileServes() throws Exception {
        sites.ensureRunning();
        Files.writeString(
                setup.sites().resolve("theirs.conf"),
                "server { listen 127.0.0.1:%d;\n server_name a.test shop.localhost; }"
                        .formatted(setup.httpPort()));

        assertThatThrownBy(() -> sites.put(proxy(serve("old"), serve("new"))))
                .isInstanceOfSatisfying(
                        NginxRefused.class,
                        refused ->
                                assertThat(refused.reason().facts())
                                        .containsEntry("file", setup.sites() + "/theirs.conf"));
    }

    @Test
    void letsNoDirectiveThroughItsTypes() {
        for (String name :
                List.of(
                        "a b",
                        "a;b",
                        "a{",
                        "a\nb",
                        "../a",
                        "A.b",
                        "",
                        "-a",
                        "a_b",
                        "a\"b",
                        "x.".repeat(200))) {
            assertThatThrownBy(() -> new Hostname(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ConfigPath(Path.of("/a;b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Site proxy(Endpoint a, Endpoint b) {
        return site(new Site.Proxy(a, b));
    }

    private Site site(Site.Content content) {
        return new Site(
                "app_shop",
                List.of(NAME, new Hostname("localhost")),
                chain,
                key,
                link.folder(),
                content);
    }

    private dev.escale.agent.host.HttpGet.Answer ask(String path) throws IOException {
        return new SiteProbe(setup.httpsPort(), NAME, chain).ask(path);
    }

    private Endpoint serve(String who) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().add("Who", who);
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("ok".getBytes());
                    exchange.close();
                });
        server.start();
        servers.add(server);
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }

    private static String wrk(String url) {
        try {
            HostResult result =
                    new HostShell()
                            .run(
                                    HostCommand.of("wrk", "-t1", "-c16", "-d5s", url)
                                            .within(Duration.ofSeconds(30)));
            System.out.println(result.out());
            return result.out() + result.err();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
