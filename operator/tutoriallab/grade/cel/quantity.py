"""Kubernetes quantities (`500m`, `10Gi`) as whole thousandths, so that equal amounts compare equal.

Called by the CEL function quantity() and by diagnosis. Floats would make 100m + 200m differ from 300m.
"""

import re
from decimal import ROUND_CEILING, Decimal

_NUMBER = r"[+-]?(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})"
_FORM = re.compile(rf"({_NUMBER})(?:([eE][+-]?[0-9]{{1,3}})|([KMGTPE]i|[numkMGTPE]))?")
_POWERS = {"n": -3, "u": -2, "m": -1, "k": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6}
_SUFFIXES: dict[str, Decimal] = {
    **{suffix: Decimal(1000) ** power for suffix, power in _POWERS.items()},
    **{f"{suffix}i": Decimal(1024) ** power for power, suffix in enumerate("KMGTPE", 1)},
}
_LIMIT = 2**63 - 1


class InvalidQuantity(ValueError):
    """The text is no quantity, or one too large to count."""


def thousandths(text: object) -> int:
    """The amount in thousandths of its unit, rounded up as Kubernetes does: 1 → 1000, 500m → 500.

    Raises InvalidQuantity with the reason.
    """
    match = _FORM.fullmatch(str(text)) if isinstance(text, str | int) and not isinstance(text, bool) else None
    if match is None:
        raise InvalidQuantity(
            f"{str(text)[:60]!r} is not a quantity: write a number and a unit such as 500m or 10Gi"
        )
    number, exponent, suffix = match.groups()
    amount = Decimal(number + (exponent or "")) * _SUFFIXES.get(suffix or "", Decimal(1)) * 1000
    whole = int(amount.to_integral_value(ROUND_CEILING)) if abs(amount) <= _LIMIT else _LIMIT + 1
    if abs(whole) > _LIMIT:
        raise InvalidQuantity(f"{str(text)[:60]!r} is too large: quantities end at 9Ei / 1000")
    return whole


def is_quantity(text: object) -> bool:
    """Whether the text is a quantity."""
    try:
        thousandths(text)
    except InvalidQuantity:
        return False
    return True
