"""How good diagnosis is: what it says of situations that were made on real clusters, each with a person's cause.

`tests/corpus/situations` has what was done, `tests/corpus/snapshots` what a cluster then had (`make corpus`).
"""

from functools import cache

import pytest

from corpus import snapshot
from corpus.replay import NOTHING, Said, accuracy, confusion, replay
from corpus.situation import WrongSituation, read, situations

#: The part of all situations of which diagnosis has to name the cause.
WANTED = 0.91
BROKEN, SOUND = 60, 24
#: False alarms that are known; none may be added.
ALARMS = 2


@cache
def said() -> tuple[Said, ...]:
    return tuple(replay(one, snapshot.load(one.name)) for one in situations())


def table() -> str:
    rows = [f"{'wanted':24} right  of  said instead"]
    rows += [f"{wanted:24} {right:5} {count:3}  {told}" for wanted, count, right, told in confusion(said())]
    return "\n".join(rows)


def test_diagnosis_names_the_cause_that_a_person_would_name(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [str(one) for one in said() if not one.right]
    told = "\n".join([table(), f"{accuracy(said()):.1%} of {len(said())}", *wrong])
    with capsys.disabled():
        print(f"\n{told}")

    assert accuracy(said()) >= WANTED, told


def test_nothing_is_said_of_what_is_sound() -> None:
    alarms = [str(one) for one in said() if one.wanted == NOTHING and one.finding]

    assert len(alarms) <= ALARMS, alarms


def test_there_are_situations_enough_of_both_kinds_each_with_its_snapshot() -> None:
    broken = [one for one in said() if one.wanted != NOTHING]

    assert len(broken) >= BROKEN
    assert len(said()) - len(broken) >= SOUND
    assert {file.stem for file in snapshot.FOLDER.glob("*.json")} == {one.situation.name for one in said()}


def test_every_check_fails_in_a_way_in_which_diagnosis_is_asked() -> None:
    assert [f"{one.situation.name}: {one.judgement}" for one in said() if not one.asks_diagnosis] == []


def test_a_mistake_in_a_situation_names_its_file_and_field(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "odd.yaml"
    file.write_text("from: x\ncluster: minikube\nwhy: x\ncheck: {given: {}, expect: []}\n", encoding="utf-8")

    with pytest.raises(WrongSituation, match=r"odd\.yaml: .*cluster"):
        read(file)
