package dev.escale.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.protocol.FromAgent;
import dev.escale.protocol.Order;
import dev.escale.protocol.Outcome;
import dev.escale.protocol.Report;
import dev.escale.protocol.ToAgent;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptersTest {
    /**
     * A record of ours with {@code @Json} and a field of a sealed protocol type makes avaje write a
     * second adapter for that type, which knows none of its kinds; the one that stands first on the
     * class path wins.
     */
    @Test
    void leavesTheJsonOfSealedTypesToTheProtocol() throws Exception {
        for (Class<?> sealed :
                List.of(Outcome.class, Order.class, Report.class, FromAgent.class, ToAgent.class)) {
            String adapter = sealed.getName().replace('.', '/') + "JsonAdapter.class";

            assertThat(Collections.list(Main.class.getClassLoader().getResources(adapter)))
                    .hasSize(1);
        }
    }
}
