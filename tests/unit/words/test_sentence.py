import pytest

from tutoriallab.words.kinds import Kinds
from tutoriallab.words.sentence import Sentence, Text, Words, as_is, cut, first, joined, without_stop

OF = Words("{part} of {whole}", "{whole} 的 {part}")
COMMA = Words(", ", "，")
SAID: dict[str, tuple[Sentence, str, str]] = {
    "its values stand where each language has them": (
        OF(part="a", whole="b"), "a of b", "b 的 a"),
    "a value may be a sentence itself": (
        OF(part=1, whole=OF(part="b", whole="c")), "1 of b of c", "c 的 b 的 1"),
    "between two Chinese parts is no space": (
        OF(part=Words("name", "名字")(), whole=Words("it", "它")()), "name of it", "它的名字"),
    "spaces of a value stay": (OF(part="a b", whole="中 国"), "a b of 中 国", "中 国的 a b"),
    "braces in a value stay": (OF(part="${x}", whole="{part}"), "${x} of {part}", "{part} 的 ${x}"),
    "words that are not ours stay as they are": (as_is("No such {thing}"), "No such {thing}", "No such {thing}"),
    "what is joined is told part by part": (
        joined([OF(part="a", whole="b"), "c"], COMMA()), "a of b, c", "b 的 a，c"),
    "what is cut is as long in every language": (cut(OF(part="a" * 9, whole="b"), 5), "aaaa…", "b 的 …"),
    "what is short enough is not cut": (cut(as_is("12345"), 5), "12345", "12345"),
    "a full stop is taken away": (without_stop(as_is("Done.")), "Done", "Done"),
    "an ideographic one, too": (without_stop(Words("Done", "完成。")()), "Done", "完成"),
    "a sentence of what is not there begins with a capital": (
        first(Words("no {kind} has it", "没有 {kind}")(kind="Pod")), "No Pod has it", "没有 Pod"),
    "one that begins with an object does not": (first(as_is("notes is 3")), "notes is 3", "notes is 3"),
    "kinds have a plural in English only": (
        OF(part=2, whole=Kinds("NetworkPolicy")), "2 of NetworkPolicies", "NetworkPolicy 的 2"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "english", "chinese"), SAID.values(), ids=SAID)
def test_a_sentence_is_told_in_the_language_of_the_reader(
    sentence: Sentence, english: str, chinese: str
) -> None:
    assert (sentence.told("en"), sentence.told("zh")) == (english, chinese)
    assert str(sentence) == sentence.told("fr") == english


@pytest.mark.parametrize("value", ["a", 1, as_is("a"), joined(["a"])])
def test_sentences_that_say_the_same_are_equal(value: Text | int) -> None:
    assert OF(part=value, whole="b") == OF(part=value, whole="b")
    assert len({OF(part=value, whole="b"), OF(part=value, whole="b")}) == 1
    assert OF(part=value, whole="b") != OF(part=value, whole="c")
