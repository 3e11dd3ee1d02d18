import pytest

from tutoriallab.grade.cel.quantity import InvalidQuantity, is_quantity, thousandths


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1", 1_000), ("0", 0), ("500m", 500), ("0.5", 500), (".5", 500), ("2.", 2_000), ("1k", 1_000_000),
        ("1Ki", 1_024_000), ("10Gi", 10 * 2**30 * 1000), ("1e3", 1_000_000), ("1E3", 1_000_000), ("1E", 10**18 * 1000),
        ("-100m", -100), ("+3", 3_000), ("1u", 1), ("1n", 1), ("100Mi", 100 * 2**20 * 1000), (4, 4_000),
    ],
)  # fmt: skip
def test_a_quantity_is_counted_in_thousandths_rounded_up(text: object, amount: int) -> None:
    if text == "1E":
        # Larger than 64 bits of thousandths.
        with pytest.raises(InvalidQuantity, match="too large"):
            thousandths(text)
    else:
        assert thousandths(text) == amount


@pytest.mark.parametrize(
    "text", ["", "m", "1x", "1 Gi", "Gi1", "1e", "--1", "0x10", "1Gib", "1e999", None, True, 1.5, []]
)
def test_what_is_no_quantity_is_refused(text: object) -> None:
    assert not is_quantity(text)
    with pytest.raises(InvalidQuantity):
        thousandths(text)


def test_equal_amounts_are_equal_however_written() -> None:
    assert thousandths("100m") + thousandths("200m") == thousandths("0.3")
    assert thousandths("1Gi") == thousandths("1024Mi")
