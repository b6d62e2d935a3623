package dev.hearth.template.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values are what {@code openssl passwd} and crypt(3) of Debian make. */
class ShaCryptTest {

  @ParameterizedTest
  @CsvSource({
    "sha512, abc, salt, 5000, $6$salt$i1etou/cjGIhaFRAAe9Ovyu8VW7eoR4C1h8EpVn8PpPcvBVwfsaYgJRGnPhBZyT5Z3JenrlmY/p02tjS7Gl0w/",
    "sha512, abc, salt, 656000, $6$rounds=656000$salt$8UdS6EGDMcOwj7UnoP4b/LsxoWz98B1ZKYZNoy2cwrEj3iCJVj6ckEVVQH7IYLyditbS0.7B4xd19N9ApNVGS.",
    "sha256, abc, salt, 535000, $5$rounds=535000$salt$fjAGPC66PEezsxAgriC5PDgLjtyO9TWVt0xGiJST0H5"
  })
  void hashesLikeCrypt(String type, String password, String salt, int rounds, String wanted) {
    assertThat(ShaCrypt.hash(type, password, salt, rounds)).isEqualTo(wanted);
  }
}
