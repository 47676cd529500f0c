package io.roster.testkit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A page for people that needs nothing but itself: no network, no script, light and dark. Not
 * thread-safe.
 */
public final class Page {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1d2733; --ground: #fff; --rule: #dfe4e9; --soft: #566270;
        --good: #10683a; --bad: #a61b1b }
      @media (prefers-color-scheme: dark) { :root { --text: #dfe5ec; --ground: #14181d; --rule: #2b333c;
        --soft: #9aa7b4; --good: #62d195; --bad: #ff8a80 } }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2em auto; padding: 0 1em;
        color: var(--text); background: var(--ground) }
      h1 { font-size: 1.6em } h2 { font-size: 1.25em; margin-top: 2.2em; border-top: 1px solid var(--rule);
        padding-top: .8em }
      h3 { font-size: 1.03em; margin: 1.6em 0 .2em } p.note { color: var(--soft); margin: .2em 0 .6em }
      a { color: inherit } nav ul { columns: 2; padding-left: 1.2em }
      .wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      td, th { padding: .2em 1.1em .2em 0; text-align: left; border-bottom: 1px solid var(--rule);
        vertical-align: top }
      td.number, th.number { text-align: right }
      summary { cursor: pointer; color: var(--soft); margin: .4em 0 } figure { margin: 0 }
      pre { overflow-x: auto } .good { color: var(--good) } .bad { color: var(--bad); font-weight: 600 }
      """;

  private final String title;
  private final String style;
  private final List<String> contents = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  /** An empty page; {@code style} is added to its own. */
  public Page(String title, String style) {
    this.title = title;
    this.style = style;
  }

  /** Begins a part that the list of contents names. */
  public Page section(String heading) {
    contents.add(heading);
    body.append("<h2 id=\"part-%d\">%s</h2>%n".formatted(contents.size(), escape(heading)));
    return this;
  }

  /** Adds a paragraph. */
  public Page paragraph(String text) {
    body.append("<p>%s</p>%n".formatted(escape(text)));
    return this;
  }

  /** Adds a table that is always seen. */
  public Page table(Table table) {
    return table(table, _ -> "");
  }

  /** Adds a table whose cells have the style that {@code tone} names for their text. */
  public Page table(Table table, UnaryOperator<String> tone) {
    body.append(table.html(tone));
    return this;
  }

  /** Adds lines as they are. */
  public Page lines(String text) {
    body.append("<pre><code>%s</code></pre>%n".formatted(escape(text)));
    return this;
  }

  /**
   * Adds a plot with its table behind it.
   *
   * @param note what was done to get it
   * @param svg the drawing, as it is
   */
  public Page plot(String heading, String note, String svg, Table table) {
    body.append(
        """
        <figure><figcaption><h3>%s</h3><p class="note">%s</p></figcaption>
        %s<details><summary>Table</summary>
        %s</details></figure>
        """
            .formatted(escape(heading), escape(note), svg, table.html()));
    return this;
  }

  /** The whole page; {@code lead} stands above everything. */
  public String html(String lead) {
    var list = new StringBuilder();
    for (int i = 0; i < contents.size(); i++) {
      list.append("<li><a href=\"#part-%d\">%s</a></li>".formatted(i + 1, escape(contents.get(i))));
    }
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
    %2$s%3$s</style></head><body>
    <h1>%1$s</h1>
    <p>%4$s</p>
    <nav aria-label="Contents"><ul>%5$s</ul></nav>
    %6$s</body></html>
    """
        .formatted(escape(title), STYLE, style, escape(lead), list, body);
  }

  /** Text as it may stand in a page. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
