package dev.escale.control.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.escale.control.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class OriginsTest {
    private final Origins origins =
            new Origins(
                    List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::1")));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, '198.51.100.7', 203.0.113.9",
        "10.0.0.2, '', 10.0.0.2",
        "10.0.0.2, '198.51.100.7', 198.51.100.7",
        "10.0.0.2, '1.2.3.4, 198.51.100.7', 198.51.100.7",
        "10.0.0.2, '198.51.100.7, 10.9.9.9', 198.51.100.7",
        "10.0.0.2, '198.51.100.7, nonsense', 10.0.0.2",
        "[2001:db8::1], '198.51.100.7', 198.51.100.7",
    })
    void believesOnlyTheNearestProxiesThatAreTrusted(
            String remote, String forwarded, String expected) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        if (!forwarded.isEmpty()) {
            request.addHeader("X-Forwarded-For", forwarded);
        }

        assertThat(origins.address(request)).isEqualTo(expected);
    }

    @Test
    void readsAllLinesWhenAProxyAddsOneOfItsOwn() {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.2");
        request.addHeader("X-Forwarded-For", "198.51.100.7");
        request.addHeader("X-Forwarded-For", "203.0.113.7");

        assertThat(origins.address(request)).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3::4, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "[2001:db8:1:2::1], 2001:db8:1:2::2%eth0, true",
        "198.51.100.7, 198.51.100.8, false",
        "::ffff:198.51.100.7, 198.51.100.7, true",
        "nonsense, nonsense, true",
    })
    void oneSubscriberHasAnAddressOfVersionFourOrA64OfVersionSix(
            String one, String other, boolean same) {
        assertThat(Origins.network(one).equals(Origins.network(other))).isEqualTo(same);
    }
}
