package dev.escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void namesOfSitesAreResolvedWithoutAskingAnybody() throws Exception {
        assertThat(InetAddress.getByName("shop.localhost").getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(InetAddress.getByName("shop.10-213-4-11.sslip.io").getHostAddress())
                .isEqualTo("10.213.4.11");
    }
}
