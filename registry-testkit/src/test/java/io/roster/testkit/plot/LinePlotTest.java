package io.roster.testkit.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.plot.Series.Point;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What a drawing is made of. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinePlotTest {

  private final LinePlot plot =
      new LinePlot(
          "Time <to> detect",
          new Axis("nodes", Scale.marked(List.of(3.0, 10.0))),
          new Axis("seconds", new Scale.Linear(0, 4)),
          List.of(
              new Series("a & b", List.of(new Point(3, 1), new Point(10, 2))),
              new Series("never seen", List.of())),
          List.of(new LinePlot.Bound("goal: 2.5 s", 2.5)));

  @Test
  void a_drawing_is_well_formed_and_says_what_it_shows() throws Exception {
    var svg = parse(plot.svg()).getDocumentElement();

    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("aria-label")).isEqualTo("Time <to> detect");
    assertThat(svg.getTextContent())
        .contains("a & b", "never seen", "goal: 2.5 s", "nodes", "seconds");
  }

  @Test
  void every_point_tells_its_values_to_who_points_at_it() throws Exception {
    var titles = parse(plot.svg()).getElementsByTagName("title");

    assertThat(titles.getLength()).isEqualTo(2);
    assertThat(titles.item(1).getTextContent()).isEqualTo("a & b: 2 seconds at 10 nodes");
  }

  @Test
  void a_higher_value_lies_higher() throws Exception {
    var paths = parse(plot.svg()).getElementsByTagName("path");
    String way = "";
    for (int i = 0; i < paths.getLength(); i++) {
      var path = (Element) paths.item(i);
      if (path.getAttribute("class").equals("way s0")) {
        way = path.getAttribute("d");
      }
    }

    var ends = Pattern.compile("M\\S+ (\\S+)L\\S+ (\\S+)").matcher(way);
    assertThat(ends.matches()).isTrue();
    assertThat(Double.parseDouble(ends.group(2))).isLessThan(Double.parseDouble(ends.group(1)));
  }

  @Test
  void a_bar_of_nothing_has_its_number_and_no_length() throws Exception {
    var bars =
        new BarPlot(
            "False positives",
            new Axis("in a run", Scale.logarithmic(List.of(0.0, 1_000.0))),
            List.of("count"),
            List.of(
                new BarPlot.Group("SWIM", List.of(1_000.0)),
                new BarPlot.Group("all", List.of(0.0))));

    var titles = parse(bars.svg()).getElementsByTagName("title");

    assertThat(titles.item(1).getTextContent()).isEqualTo("all, count: 0 in a run");
    var none = (Element) titles.item(1).getParentNode();
    assertThat(none.getAttribute("d")).matches("M(\\S+) \\S+L\\1 .*");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
