import Testing

@testable import Interchange

/// Markdown as a page shows it.
struct HTMLTests {
  @Test(arguments: [
    ("One.\ntwo", "<p>One.<br>\ntwo</p>\n"), ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
    ("# A & B", "<h5>A &amp; B</h5>\n"), ("#tag", "<p>#tag</p>\n"),
    ("- a\n- b\n  more\n\nc", "<ul>\n<li>a</li>\n<li>b<br>\nmore</li>\n</ul>\n<p>c</p>\n"),
    ("1. a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    ("> a\n> b", "<blockquote>a<br>\nb</blockquote>\n"), ("***", "<hr>\n"),
    (
      "```swift\n<b> *x*\n\n# y\n```\nz", "<pre><code>&lt;b&gt; *x*\n\n# y</code></pre>\n<p>z</p>\n"
    ),
    ("```\nopen", "<pre><code>open</code></pre>\n"),
    ("```one *line*```\n*on*", "<p><code>one *line*</code><br>\n<em>on</em></p>\n"),
    ("``a`b`` `` `c`", "<p><code>a`b</code> `` <code>c</code></p>\n"),
    ("````\n```\nx\n`````\ny", "<pre><code>```\nx</code></pre>\n<p>y</p>\n"),
    ("~~~~ a`b\n~~~\nx\n~~~~ \ny", "<pre><code>~~~\nx</code></pre>\n<p>y</p>\n"),
    ("  ```\n    x\n y\n  ```", "<pre><code>  x\ny</code></pre>\n"),
    (
      "1. a\n    ```\n    x\n    ```",
      "<ol>\n<li>a</li>\n</ol>\n<pre><code>x</code></pre>\n"
    ),
    (
      "a **b** *c* __d__ _e_ `f*g*`",
      "<p>a <strong>b</strong> <em>c</em> <strong>d</strong> <em>e</em> <code>f*g*</code></p>\n"
    ),
    ("snake_case_name 2 * 3 * 4 \\*x\\*", "<p>snake_case_name 2 * 3 * 4 *x*</p>\n"),
    (
      "[a](https://b.example/?c=1&d)",
      "<p><a href=\"https://b.example/?c=1&amp;d\">a</a></p>\n"
    ),
    (
      "[a](javascript:alert(1)) [b](data:text/html,x)",
      "<p>[a](javascript:alert(1)) [b](data:text/html,x)</p>\n"
    ),
    ("![x](https://a.example/b.png)", "<p><a href=\"https://a.example/b.png\">x</a></p>\n"),
    (
      "so![](https://a.example)!",
      "<p>so<a href=\"https://a.example\">https://a.example</a>!</p>\n"
    ),
    ("![x](b.png) a!", "<p>![x](b.png) a!</p>\n"),
    (
      "<script>alert('\"')</script>",
      "<p>&lt;script&gt;alert(&#39;&quot;&#39;)&lt;/script&gt;</p>\n"
    ),
    (
      "a\u{0}b\u{1B}[2J\u{7F}\u{9B}\u{FFFE}",
      "<p>a\u{2400}b\u{241B}[2J\u{2421}\u{FFFD}\u{FFFD}</p>\n"
    ),
    ("a\u{2028}b\u{2029}c", "<p>a\u{2424}b\u{2424}c</p>\n"), ("", ""),
    ("日本 *語*", "<p>日本 <em>語</em></p>\n"),
  ])
  func `marks become elements, and nothing else does`(text: String, html: String) {
    #expect(HTMLMarkdown.html(text) == html)
  }

  /// Each of these once took, or could take, time that grows with the square of its length.
  @Test(arguments: [
    "[", "*", "_", "`", "**a", "[a](", "![", "\\", "> ", "- a\n", "*a ", "_ ", "](",
  ])
  func `a text of marks alone is soon done`(mark: String) {
    let html = HTMLMarkdown.html(String(repeating: mark, count: 20_000))
    #expect(!html.isEmpty)
  }
}
