import pytest

from tutoriallab.lab.texts import fill, fill_all, in_language

NAMES = {"workspace": "demo", "node1": "worker2"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("kubectl -n ${workspace} get pods", "kubectl -n demo get pods"),
        ("${node1} and ${node2}", "worker2 and ${node2}"),
        ("$${workspace}", "${workspace}"),
        ("$HOME, $(date), ${1}", "$HOME, $(date), ${1}"),
        ("${workspace", "${workspace"),
    ],
)
def test_known_names_are_replaced_and_all_else_is_left_alone(text: str, filled: str) -> None:
    assert fill(text, NAMES) == filled


def test_keys_and_values_of_manifests_are_filled_at_any_depth() -> None:
    manifest = {"a": ["${workspace}", {"${node1}": 3}], "b": True}
    assert fill_all(manifest, NAMES) == {"a": ["demo", {"worker2": 3}], "b": True}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [({"en": "a", "zh": "b"}, "zh", "b"), ({"en": "a"}, "zh", "a"), ({"zh": "b"}, "en", "b"), ({}, "en", "")],
)
def test_a_text_falls_back_to_english_then_to_what_there_is(
    text: dict[str, str], language: str, found: str
) -> None:
    assert in_language(text, language) == found
