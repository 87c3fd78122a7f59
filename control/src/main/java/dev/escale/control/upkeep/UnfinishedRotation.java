package dev.escale.control.upkeep;

import dev.escale.control.secret.KeyRotation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** After a start, seals what a rotation that was cut off did not come to. */
@Component
class UnfinishedRotation {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRotation.class);

    private final KeyRotation rotation;

    UnfinishedRotation(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @EventListener(ApplicationReadyEvent.class)
    void finish() {
        if (rotation.isUnfinished()) {
            Thread.ofVirtual().name("unfinished-rotation").start(this::reseal);
        }
    }

    private void reseal() {
        long left = rotation.left();
        long closed = rotation.reseal(done -> {});
        LOG.info(
                "a rotation of keys that was cut off is finished values={} closed={}",
                left,
                closed);
    }
}
