"""Texts of a lab's author do nothing in a page."""

from html.parser import HTMLParser

import pytest

from tutoriallab.web.texts import as_html, as_texts, html


class _Tags(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.attributes, self.links = set[str](), set[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![it](https://elsewhere/x.png)",
        "[click](javascript:alert(1))",
        "[click](data:text/html,<script>alert(1)</script>)",
        "[click](&#106;avascript:alert(1))",
        "[click](//elsewhere/x)",
        '[click](https://a "x\\" onclick=\\"alert(1)")',
        "<javascript:alert(1)>",
        '<a href="https://a">a</a>',
        "`<script>`",
        "```\n<script>alert(1)</script>\n```",
        '```"><script>\nx\n```',
        "| <b> | b |\n|---|---|\n| <script> | ![x](y) |",
    ],
)
def test_neither_script_nor_markup_nor_images_come_through(hostile: str) -> None:
    seen = _Tags()
    seen.feed(html(hostile))

    assert seen.tags <= {"p", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    assert seen.attributes <= {"href", "title", "target", "rel", "class"}
    assert [one for one in seen.links if not one.startswith(("https://", "http://"))] == []


def test_markdown_becomes_html_and_commands_stay_as_they_are() -> None:
    assert html("Do **this**:\n\n```sh\nkubectl get pods -l 'a=b' && echo \"x\"\n```") == (
        "<p>Do <strong>this</strong>:</p>\n"
        "<pre><code class=\"language-sh\">kubectl get pods -l 'a=b' &amp;&amp; echo &quot;x&quot;\n</code></pre>"
    )


def test_a_link_to_a_web_page_opens_beside_and_tells_nothing_of_where_it_was() -> None:
    assert html("[docs](https://kubernetes.io/docs)") == (
        '<p><a href="https://kubernetes.io/docs" target="_blank" rel="noopener noreferrer nofollow">docs</a></p>'
    )


def test_names_are_filled_in_in_every_language_and_what_cannot_be_seen_is_gone() -> None:
    text = {"en": "Work in ${workspace}\u202e", "zh": "在 ${workspace} 工作"}

    assert as_texts(text, {"workspace": "demo"}) == {"en": "Work in demo", "zh": "在 demo 工作"}
    assert as_html({"en": "`${workspace}`"}, {"workspace": "demo"}) == {"en": "<p><code>demo</code></p>"}
