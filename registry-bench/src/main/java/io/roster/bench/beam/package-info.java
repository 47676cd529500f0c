/** The BEAM as a peer: the same works, written for OTP and run where Erlang is installed. */
@NullMarked
package io.roster.bench.beam;

import org.jspecify.annotations.NullMarked;
