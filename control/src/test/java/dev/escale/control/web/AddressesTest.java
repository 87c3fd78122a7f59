package dev.escale.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "fd00:0:0:0:0:0:0:2, fd00::2",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:10:0:0:0:0:100, 2001:db8:10::100",
        "::1, ::1",
        "192.0.2.7, 192.0.2.7",
        "not:an:address, not:an:address"
    })
    void anAddressIsWrittenAsPeopleWriteIt(String address, String written) {
        assertThat(Addresses.shortened(address)).isEqualTo(written);
    }
}
