package dev.escale.control.health;

import dev.escale.control.db.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For monitors. Says nothing about teams, so it needs no token. */
@RestController
class HealthDoor {
    private final Database database;
    private final PrometheusMeterRegistry metrics;

    HealthDoor(Database database, PrometheusMeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /** The process answers. */
    @GetMapping("/healthz")
    Map<String, String> alive() {
        return Map.of("status", "up");
    }

    /**
     * It can work: migrations were done before the port opened, so the database is what is left.
     */
    @GetMapping("/readyz")
    ResponseEntity<Map<String, String>> ready() {
        try {
            database.systemRead(tx -> tx.fetchValue("select 1"));
            return ResponseEntity.ok(Map.of("status", "up", "database", "up"));
        } catch (DataAccessException unreachable) {
            return ResponseEntity.status(503).body(Map.of("status", "down", "database", "down"));
        }
    }

    @GetMapping(path = "/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        return metrics.scrape();
    }
}
