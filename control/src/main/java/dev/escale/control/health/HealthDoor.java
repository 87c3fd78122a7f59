package dev.escale.control.health;

import dev.escale.control.db.DatabaseHealth;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For monitors. Says nothing about teams, so it needs no token. */
@RestController
class HealthDoor {
    private final DatabaseHealth health;
    private final PrometheusMeterRegistry metrics;

    HealthDoor(DatabaseHealth health, PrometheusMeterRegistry metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** The process answers. */
    @GetMapping("/healthz")
    Map<String, String> alive() {
        return Map.of("status", "up");
    }

    /**
     * It can work: migrations were done before the port opened, so the database is what is left; if
     * it cannot be worked with, says why.
     */
    @GetMapping("/readyz")
    ResponseEntity<Map<String, String>> ready() {
        return health.trouble()
                .map(
                        trouble ->
                                ResponseEntity.status(503)
                                        .body(Map.of("status", "down", "database", trouble.text())))
                .orElseGet(() -> ResponseEntity.ok(Map.of("status", "up", "database", "up")));
    }

    @GetMapping(path = "/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        return metrics.scrape();
    }
}
