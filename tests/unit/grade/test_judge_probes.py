"""Checks on pages and logs: what is told of them, and what is not."""

from typing import Any

import pytest

from builders import Json, Objects, check, deployment, metadata, pod, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import CompiledCheck, compile_step
from tutoriallab.grade.judge import CheckMemory, Court, judge
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.select import probes, selections
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.observe.probe.outcome import Heard, Outcome, Refused, Silent, Troubled
from tutoriallab.words.sentence import as_is


def compiled(body: Json) -> CompiledCheck:
    return compile_step(parse_spec(spec(step("a", body))), 0).checks[0]


PAGE: Json = {"page": {"kind": "Http", "service": "web", "port": 80}}
LOGS: Json = {"log": {"kind": "Log", "pod": "web"}}


def asked(
    body: Json, outcome: Outcome | None, *objects: Json, memory: CheckMemory | None = None
) -> Judgement:
    """The check's judgement when its page or log is this."""
    one = compiled(body)
    names = {"workspace": "demo"}
    chosen = {**selections(one, "demo", names), **probes(one.check, "demo", names)}
    court = Court(Objects(*objects).select, Scope("demo", {}), {}, 0.0, lambda _: outcome)
    return judge(one, chosen, memory or CheckMemory(), court)


def page(status: int = 200, body: str = "", **headers: str) -> Outcome:
    return Heard({"status": status, "body": body, "headers": headers})


def lines(*texts: str) -> Outcome:
    return Heard({"lines": list(texts)})


def on_page(*expect: str, **changes: Any) -> Json:
    return check(given=PAGE, expect=list(expect), **changes)


def on_log(*expect: str, **changes: Any) -> Json:
    return check(given=LOGS, expect=list(expect), **changes)


HIDDEN = "s3cr3t-of-the-database"
PROBED: list[tuple[str, Json, Outcome | None, tuple[str, str, str]]] = [
    ("a page that is right", on_page("page.status == 200", "page.body == 'hi'", "page.headers['x-a'] == 'b'"),
     page(200, "hi", **{"x-a": "b"}), ("Passed", reasons.MET, "")),
    ("the status is shown", on_page("page.status == 200"), page(404),
     ("Failing", reasons.NOT_MET, "GET http://web:80/: status is 404, wanted 200")),
    ("of a body its length and what is wanted", on_page("page.body.contains('v2')"), page(200, HIDDEN),
     ("Failing", reasons.NOT_MET, "GET http://web:80/: body is a text of 22 characters, wanted a text with v2 in it")),
    ("the same the other way round", on_page("'hi' == page.body"), page(200, HIDDEN),
     ("Failing", reasons.NOT_MET, "GET http://web:80/: body is a text of 22 characters, wanted hi")),
    ("an empty body", on_page("page.body == 'hi'"), page(), ("Failing", reasons.NOT_MET, 'GET http://web:80/: body is "", wanted hi')),
    ("its size", on_page("size(page.body) > 100"), page(200, HIDDEN),
     ("Failing", reasons.NOT_MET, "GET http://web:80/: size of body is 22, wanted more than 100")),
    ("a part of it", on_page("page.body.split('-')[0] == 'hi'"), page(200, HIDDEN),
     ("Failing", reasons.NOT_MET, "`page.body.split(\"-\")[0]` is a text of 6 characters, wanted hi")),
    ("a number made of it", on_page("int(page.body) == 3"), page(200, "42"),
     ("Failing", reasons.NOT_MET, "`int(page.body)` is something else, wanted 3")),
    ("what is no number", on_page("int(page.body) == 3"), page(200, HIDDEN),
     ("Failing", reasons.NOT_MET, "`int(page.body) == 3` is not true (the expression cannot be evaluated on these values)")),
    ("a header", on_page("page.headers['x-a'] == 'b'"), page(200, **{"x-a": HIDDEN}),
     ("Failing", reasons.NOT_MET, 'GET http://web:80/: headers["x-a"] is a text of 22 characters, wanted b')),
    ("a header that is not there", on_page("page.headers['x-a'] == 'b'"), page(),
     ("Failing", reasons.NOT_MET, 'GET http://web:80/: headers["x-a"] is not set, wanted b')),
    ("no answer", on_page("page.status == 200"), Silent(as_is("GET http://web:80/ was refused")),
     ("Failing", reasons.NO_ANSWER, "GET http://web:80/ was refused")),
    ("no Service", on_page("page.status == 200"), Silent(as_is("Service web does not exist"), missing=True),
     ("Failing", reasons.OBJECT_MISSING, "Service web does not exist")),
    ("what is not asked", on_page("page.status == 200"), Refused(as_is("Service web leads to 10.0.0.1")),
     ("Failing", reasons.NOT_ASKED, "Service web leads to 10.0.0.1")),
    ("what is not known yet", on_page("page.status == 200"), None, ("Waiting", reasons.ASKING, "GET http://web:80/ is being asked")),
    ("trouble of the API server", on_page("page.status == 200"), Troubled(as_is("no")), ("Waiting", reasons.CANNOT_ASK, "no")),
    ("no answer where none is wanted", check(given={"page": {**PAGE["page"], "optional": True}}, expect=["page == null"]),
     Silent(as_is("GET http://web:80/ was refused")), ("Passed", reasons.MET, "")),
    ("an answer where none is wanted", check(given={"page": {**PAGE["page"], "optional": True}}, expect=["page == null"]),
     page(), ("Failing", reasons.NOT_MET, "GET http://web:80/ has an answer, wanted none")),
    ("none where one is wanted", check(given={"page": {**PAGE["page"], "optional": True}}, expect=["page.status == 200"]),
     Silent(as_is("x")), ("Failing", reasons.NOT_MET, "GET http://web:80/ has no answer")),
    ("what is not asked is no proof that nobody answers",
     check(given={"page": {**PAGE["page"], "optional": True}}, expect=["page == null"]),
     Refused(as_is("leads astray")), ("Failing", reasons.NOT_ASKED, "leads astray")),
    ("a log that is right", on_log("log.lines.exists(l, l.contains('ready'))"), lines("starting", "ready"), ("Passed", reasons.MET, "")),
    ("a log without a line", on_log("log.lines.exists(l, l.contains('ready'))"), lines(HIDDEN, "b"),
     ("Failing", reasons.NOT_MET, "No element among lines of Log of Pod web (2) has value a text with ready in it")),
    ("a log with a line too many", on_log("log.lines.all(l, !l.contains('s3cr3t'))"), lines("a", HIDDEN),
     ("Failing", reasons.NOT_MET, "Log of Pod web: lines[1] is a text of 22 characters, wanted a text without s3cr3t in it")),
    ("too few lines", on_log("size(log.lines) > 2"), lines("a"),
     ("Failing", reasons.NOT_MET, "Log of Pod web: size of lines is 1, wanted more than 2")),
    ("an empty log", on_log("log.lines != []"), lines(),
     ("Failing", reasons.NOT_MET, "Log of Pod web: size of lines is 0, wanted not 0")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "outcome", "wanted"), [row[1:] for row in PROBED], ids=[row[0] for row in PROBED]
)
def test_verdicts_on_pages_and_logs(
    body: Json, outcome: Outcome | None, wanted: tuple[str, str, str]
) -> None:
    found = asked(body, outcome)
    assert (found.verdict, found.reason, found.told("en")) == wanted
    assert HIDDEN not in found.told("en")


def test_a_page_is_compared_with_an_object_of_the_same_moment() -> None:
    body = check(
        given={**PAGE, "pod": {"apiVersion": "v1", "kind": "Pod", "name": "a"}},
        expect=["page.body == pod.metadata.name"],
    )
    assert asked(body, page(200, "a"), pod("a")).verdict == "Passed"
    assert asked(body, page(200, HIDDEN), pod("a")).told("en") == (
        "GET http://web:80/: body is a text of 22 characters, wanted a (Pod a: metadata.name)"
    )
    assert asked(body, page(200, "a")).told("en") == "Pod a does not exist in namespace demo"


def test_a_page_against_a_secret_tells_neither() -> None:
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata("db"),
        "data": {"password": "d2FudGVk"},
    }
    given = {**PAGE, "db": {"apiVersion": "v1", "kind": "Secret", "name": "db"}}
    told = asked(check(given=given, expect=["page.body == db.data.password"]), page(200, HIDDEN), secret)
    assert told.told("en") == "GET http://web:80/: body does not have the wanted value"


def test_an_author_may_show_a_short_piece_of_a_page_on_one_line() -> None:
    body = on_page("page.status == 200", because={"en": "It says ${page.body}"})
    told = asked(body, page(500, "one\x1b[31m\ntwo\u202e " + "x" * 200)).told("en")
    assert told.startswith("It says one [31m two  xxx")
    assert told.endswith("…" + " (GET http://web:80/: status is 500, wanted 200)")
    assert len(told) < 200


def test_what_stands_in_status_keeps_nothing_of_a_page() -> None:
    with pytest.raises(
        InvalidLab, match="nothing is asked before the step is open: remember something of an"
    ):
        compiled(on_page("remembered.b != page.body", remember={"b": "page.body"}))


def test_what_must_stay_true_goes_on_while_the_page_is_asked_again() -> None:
    memory = CheckMemory()
    body = on_page("page.status == 200", holdsFor="10s")
    assert asked(body, page(), memory=memory).reason == reasons.HOLDING
    assert asked(body, None, memory=memory).reason == reasons.ASKING
    assert memory.true_since == 0.0
    assert asked(body, page(500), memory=memory).reason == reasons.NOT_MET
    assert memory.true_since is None


def test_a_page_that_was_right_once_is_enough_for_ever() -> None:
    memory = CheckMemory()
    body = on_page("page.status == 200", when="Ever")
    assert asked(body, page(), memory=memory).verdict == "Passed"
    assert asked(body, Silent(as_is("gone")), memory=memory).verdict == "Passed"


def test_the_status_of_a_page_is_not_the_status_of_an_object() -> None:
    """A check over time that reads no object's status does not wait for controllers."""
    given = {**PAGE, **check()["given"]}
    body = check(given=given, when="Ever", expect=["page.status == 200 && web.spec.replicas == 3"])
    assert asked(body, page(), deployment(generation=2)).verdict == "Passed"
