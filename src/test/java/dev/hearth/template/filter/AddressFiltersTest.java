package dev.hearth.template.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.template.python.Printed;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the address filters answer. */
class AddressFiltersTest {

  @ParameterizedTest
  @CsvSource({
    "192.168.1.10/24, address, 192.168.1.10",
    "192.168.1.10/24, network, 192.168.1.0",
    "192.168.1.10/24, netmask, 255.255.255.0",
    "192.168.1.10/24, broadcast, 192.168.1.255",
    "192.168.1.10/24, prefix, 24",
    "192.168.1.10/24, subnet, 192.168.1.0/24",
    "192.168.1.10/255.255.0.0, network/prefix, 192.168.0.0/16",
    "192.168.1.0/24, net, 192.168.1.0/24",
    "192.168.1.0/24, 5, 192.168.1.5/24",
    "192.168.1.0/24, -2, 192.168.1.254/24",
    "192.168.1.5, 192.168.0.0/16, 192.168.1.5",
    "10.0.0.1, 192.168.0.0/16, None",
    "10.0.0.1, private, 10.0.0.1",
    "8.8.8.8, private, None",
    "2001:db8::1/64, address, 2001:db8::1",
    "2001:DB8:0:0:1:0:0:1, address, 2001:db8::1:0:0:1",
    "::1, version, 6"
  })
  void answers(String address, String query, String wanted) {
    Optional<Address> found = Address.parse(address);
    assertThat(found).isPresent();
    assertThat(Printed.str(found.orElseThrow().answer(query, address))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "300.1.1.1",
    "1.2.3",
    "host",
    "1.2.3.4/33",
    "1.2.3.4/255.0.255.0",
    ":::1",
    "1:2:3:4:5:6:7:8:9",
    "::g"
  })
  void refuses(String text) {
    assertThat(Address.parse(text)).isEmpty();
  }
}
