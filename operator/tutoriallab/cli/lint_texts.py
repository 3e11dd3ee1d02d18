"""What an author can get wrong in a lab's texts: a language that is missing or not the one that it should be, a ${name}
that stands for nothing.

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
#: What is the same in every language.
_CODE = re.compile(r"```.*?```|`[^`]*`|\$\{[^}]*\}|https?://\S+", re.DOTALL)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Words of Latin letters from which on a text without a Chinese character is not Chinese; fewer may be a name.
FEW = 5


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
    plain = {language: _CODE.sub(" ", words) for language, words in text.items()}
    if _CHINESE.search(plain.get("en", "")):
        yield Problem(f"{path}.en", "has Chinese in it: write it in English")
    chinese = plain.get("zh", "")
    if not _CHINESE.search(chinese) and len(re.findall(r"[A-Za-z]{2,}", chinese)) >= FEW:
        yield Problem(f"{path}.zh", "has no Chinese in it: translate it")


def _names(path: str, words: str, known: set[str]) -> Iterator[Problem]:
    for match in _REFERENCE.finditer(words):
        name = match.group(2)
        if name and name not in known:
            allowed = ", ".join(f"${{{one}}}" for one in sorted(known))
            yield Problem(
                path, f"${{{name}}} stands for nothing: use {allowed}, or $${{{name}}} for the text itself"
            )
