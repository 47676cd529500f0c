/** Sweeps over simulated clusters, judged against goals and shown as a page. */
@NullMarked
package io.roster.testkit.gossip.report;

import org.jspecify.annotations.NullMarked;
