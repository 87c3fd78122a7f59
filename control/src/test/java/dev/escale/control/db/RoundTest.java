package dev.escale.control.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RoundTest {
    @Test
    void whatFailsKeepsNoOtherWaiting() {
        List<Integer> done = new ArrayList<>();

        Round.over(
                List.of(1, 0, 2),
                LoggerFactory.getLogger(RoundTest.class),
                "dividing",
                number -> done.add(10 / number));

        assertThat(done).containsExactly(10, 5);
    }
}
