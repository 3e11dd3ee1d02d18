"""What an author can get wrong in a lab's texts: a language that is missing, a ${name} that stands for nothing.

Pure; called by `lint`.
"""

import re
from collections.abc import Iterator, Mapping

from tutoriallab.lab.model import Spec
from tutoriallab.lab.parse import manifests, texts
from tutoriallab.lab.problem import Problem

LANGUAGES = ("en", "zh")
# As lab/texts.py reads them: $${ escapes.
_REFERENCE = re.compile(r"\$(\$\{)|\$\{([A-Za-z][A-Za-z0-9_]*)\}")


def text_problems(spec: Spec) -> Iterator[Problem]:
    """Everything that is wrong with the texts."""
    known = {"workspace", *(node.name for node in spec.nodes)}
    for path, text in texts(spec):
        yield from _languages(path, text)
        if not path.endswith(".because"):
            # In because, ${…} is CEL, and compiled.
            for language, words in text.items():
                yield from _names(f"{path}.{language}", words, known)
    for path, manifest in manifests(spec):
        yield from _names(path, str(manifest), known)
    for i, file in enumerate(spec.files):
        yield from _names(f"spec.files[{i}].content", file.content, known)
    for name in ("summary", "debrief"):
        if not getattr(spec, name):
            yield Problem(f"spec.{name}", f"there is none: write one in {' and '.join(LANGUAGES)}")


def _languages(path: str, text: Mapping[str, str]) -> Iterator[Problem]:
    for language in LANGUAGES:
        if not text.get(language, "").strip():
            yield Problem(path, f"there is no text in {language}: write it")


def _names(path: str, words: str, known: set[str]) -> Iterator[Problem]:
    for match in _REFERENCE.finditer(words):
        name = match.group(2)
        if name and name not in known:
            allowed = ", ".join(f"${{{one}}}" for one in sorted(known))
            yield Problem(
                path, f"${{{name}}} stands for nothing: use {allowed}, or $${{{name}}} for the text itself"
            )
