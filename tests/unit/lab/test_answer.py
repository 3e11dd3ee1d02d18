import pytest

from tutoriallab.lab.answer import chosen, forgiven, understood
from tutoriallab.lab.model import Answer

TABLE = [
    ("  worker1\n", "worker1"),
    ("two   words", "two words"),
    ("\u3000worker1\u200b", "worker1"),
    ("１０．２４４．１．５", "10.244.1.5"),
    ("10。244。1。5。", "10.244.1.5"),
    ("10.244.1.5。", "10.244.1.5"),
    ("ａｐｐｓ／ｖ１", "apps/v1"),
    ("app：web，tier：front", "app:web,tier:front"),
    ("“worker1”", "worker1"),
    ("「worker1」。", "worker1"),
    ("`kube-scheduler`", "kube-scheduler"),
    ("'quoted'", "quoted"),
    ("Worker1", "Worker1"),
    ("调度器。", "调度器"),
    ("v1.34.4", "v1.34.4"),
    ("web.default.svc.cluster.local.", "web.default.svc.cluster.local."),
    ("'", "'"),
    (" \u3000 ", ""),
]


@pytest.mark.parametrize(("typed", "meant"), TABLE)
def test_slips_of_the_keyboard_are_forgiven_and_nothing_else(typed: str, meant: str) -> None:
    assert forgiven(typed) == meant


@pytest.mark.parametrize("typed", [row[0] for row in TABLE])
def test_what_was_forgiven_once_stays_as_it_is(typed: str) -> None:
    assert forgiven(forgiven(typed)) == forgiven(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" besteffort ", "BestEffort"),
        ("ＢｅｓｔＥｆｆｏｒｔ。", "BestEffort"),
        ("是(对)", "是（对）"),
        ("Best", None),
        ("", None),
    ],
)
def test_a_choice_is_meant_whatever_its_case_and_width(typed: str, meant: str | None) -> None:
    assert chosen(typed, ["Burstable", "BestEffort", "是（对）"]) == meant


def test_only_a_choice_has_to_be_one_of_the_choices() -> None:
    assert understood(" x ", Answer()) == "x"
    assert understood(" x ", Answer(type="choice", choices=["y"])) is None
