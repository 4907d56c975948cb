/**
 * What must come out of a gateway byte for byte as it went in: a corpus of awkward
 * requests and answers for each dialect, sent through the whole chain of filters to a
 * provider that records what it gets. How to add a case is said in the corpus's own
 * README, in the test resources.
 */
@NullMarked
package io.memoryrouter.gateway.conformance;

import org.jspecify.annotations.NullMarked;
