package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sample every five seconds; a level must have lasted for thirty, and five seconds a member. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadToldTest {

  private static final long START = Duration.ofDays(-3).toNanos();
  private static final int SECONDS_BETWEEN = 5;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "an idle machine says nothing           |    3 | 0.1*99                       |",
        "a level is told once it has lasted     |    3 | 0.5*7                        | 2@30",
        "and not before                         |    3 | 0.5*6                        |",
        "all in use is the highest              |    3 | 1*99                         | 4@30",
        "a peak is no level                     |    3 | 1*6 0.1*1 1*6                |",
        "a lull makes it begin anew             |    3 | 0.5*7 1*6 0.5*1 1*6          | 2@30",
        "from side to side it begins anew       |    3 | 0.5*7 1*4 0*4 1*6            | 2@30",
        "between two levels the nearer one      |    3 | 0.85,0.9*99                  | 3@30",
        "a load at the border does not flap     |    3 | 0.5*7 0.64*20 0.6*20 0.64*20 | 2@30",
        "clearly beyond the border it is told   |    3 | 0.5*7 0.67*7                 | 2@30 3@65",
        "it falls as it rose                    |    3 | 1*7 0*7                      | 4@30 0@65",
        "down to what all samples were below    |    3 | 1*7 0,0.4*7                  | 4@30 2@65",
        "many members speak more seldom         |   12 | 0.5*99                       | 2@60",
        "and then tell what lasts then          |   12 | 0.3*2 1*40                   | 4@60",
        "of 200 nobody speaks again for 1000 s  |  200 | 1*201 0*200                  | 4@1000 0@2000",
        "what cannot be measured is no sample   |    3 | 0.5*3 -1*9 NaN*9 2*1 0.5*1   | 2@110",
      })
  void levels(String rule, int members, String samples, String told) {
    assertThat(told(members, samples)).as(rule).isEqualTo(told == null ? "" : told);
  }

  private static String told(int members, String samples) {
    var announced = new ArrayList<String>();
    var load = LoadTold.atStart(START);
    int seconds = 0;
    for (var part : samples.split(" ", -1)) {
      var loads = part.substring(0, part.indexOf('*')).split(",", -1);
      int times = Integer.parseInt(part.substring(part.indexOf('*') + 1));
      for (int i = 0; i < times; i++) {
        long now = START + Duration.ofSeconds(seconds).toNanos();
        var next = load.after(Double.parseDouble(loads[i % loads.length]), members, now);
        if (next.level() != load.level()) {
          announced.add(next.level() + "@" + seconds);
        }
        load = next;
        seconds += SECONDS_BETWEEN;
      }
    }
    return String.join(" ", announced);
  }
}
