import pytest

from tutoriallab.cluster.ports import choose
from tutoriallab.serve import SILENCE, Vitals, served
from tutoriallab.settings import InvalidSetting


def test_an_operator_that_stands_by_is_ready_while_the_api_server_answers() -> None:
    now = 100.0
    vitals = Vitals(clock=lambda: now)
    assert vitals.unready() == "the labs are not watched yet"
    vitals.heard_at = lambda: 100.0
    assert vitals.unready() == ""
    now += SILENCE + 1
    assert vitals.unready() == "the API server does not answer"


@pytest.mark.parametrize("where", ["8080x", "127.0.0.1:", "127.0.0.1:99999", "no.such.host.invalid:80"])
async def test_an_address_that_makes_no_sense_is_refused_by_its_variable(where: str) -> None:
    with pytest.raises(InvalidSetting, match="TUTORIALLAB_SERVE"):
        async with served(Vitals(), where):
            pass


async def test_a_port_that_is_taken_is_told() -> None:
    where = f"127.0.0.1:{choose(1, set())[0]}"
    async with served(Vitals(), where):
        with pytest.raises(InvalidSetting, match="port that is free"):
            async with served(Vitals(), where):
                pass
