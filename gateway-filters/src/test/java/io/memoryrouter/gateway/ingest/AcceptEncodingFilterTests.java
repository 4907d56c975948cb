package io.memoryrouter.gateway.ingest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptEncodingFilterTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "gzip, deflate, br, zstd | gzip, deflate", "br | identity", "* | identity",
			"'' | identity", "GZIP;q=0.8,br;q=1 | GZIP;q=0.8", "identity | identity", "gzip;q=0 | gzip;q=0" })
	void narrowWhenClientAcceptsThenOnlyWhatCanBeReadIsLeft(String accepted, String expected) {
		assertThat(AcceptEncodingFilter.narrow(accepted)).isEqualTo(expected);
	}

}
