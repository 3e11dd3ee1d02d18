"""A lab's texts for the page: names filled in, and Markdown as HTML that cannot do anything. Pure.

Called by `lab_view.py`. A lab's author is somebody else: no HTML of theirs, no image, no link but to a web page.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from tutoriallab.lab.plain import plain
from tutoriallab.lab.texts import Names, fill

Texts = dict[str, str]
"""A text by language; a language in which the author did not write it is missing."""

_PAGES = ("https://", "http://")


class _Renderer(RendererHTML):
    """Links open beside the page, and tell the other side nothing of it."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrSet("target", "_blank")
        tokens[idx].attrSet("rel", "noopener noreferrer nofollow")
        return self.renderToken(tokens, idx, options, env)


def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    made.enable("table").disable("image")
    made.validateLink = lambda url: url.strip().lower().startswith(_PAGES)  # type: ignore[method-assign]
    return made


_READER = _reader()


def as_texts(text: Mapping[str, str], names: Names) -> Texts:
    """A text as it is, in every language of its."""
    return {language: plain(fill(said, names)).strip() for language, said in text.items()}


def as_html(text: Mapping[str, str], names: Names) -> Texts:
    """A text in Markdown as HTML."""
    return {language: html(said) for language, said in as_texts(text, names).items()}


@lru_cache(maxsize=1024)
def html(markdown: str) -> str:
    """Markdown as HTML: what looks like HTML in it is text."""
    made: Any = _READER.render(markdown)
    return str(made).strip()
