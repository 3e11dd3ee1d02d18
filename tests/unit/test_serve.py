from tutoriallab.serve import SILENCE, Vitals


def test_an_operator_that_stands_by_is_ready_while_the_api_server_answers() -> None:
    now = 100.0
    vitals = Vitals(clock=lambda: now)
    assert vitals.unready() == "the operator is starting"
    vitals.heard_at = lambda: 100.0
    assert vitals.unready() == ""
    now += SILENCE + 1
    assert vitals.unready() == "the API server does not answer"
