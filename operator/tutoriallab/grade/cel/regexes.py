"""How costly a regular expression can become, judged from its text; called by `limits.py`.

CEL's own `matches` is RE2: linear in the text, times the size of the program. Python's `re`, which find and
findAll use, backtracks: repeats that overlap multiply. One small parser serves both.
"""

import re
import warnings
from dataclasses import dataclass

#: What one escape or class costs: Unicode classes become large programs.
_ESCAPE_COST = {"p": 100, "P": 100, "w": 2, "W": 4, "d": 1, "D": 4, "s": 2, "S": 4}
_REPEAT = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{0,4}))?\}")
_LIMIT = 1_000_000_000


class UnsafePattern(ValueError):
    """The pattern could take too long."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a pattern, or a part of one, costs.

    `size` is the size of the program; `ways` in how many ways a backtracking engine may match one place;
    `open` how many repeats have no end.
    """

    size: int = 0
    ways: int = 1
    open: int = 0

    def then(self, other: "Cost") -> "Cost":
        """One after the other."""
        return Cost(self.size + other.size, min(self.ways * other.ways, _LIMIT), self.open + other.open)

    def either(self, other: "Cost") -> "Cost":
        """One or the other."""
        return Cost(self.size + other.size + 1, min(self.ways + other.ways, _LIMIT), self.open + other.open)

    def repeated(self, low: int, high: int | None) -> "Cost":
        """Repeated; high None for without end."""
        count = max(high if high is not None else low, 1)
        size = min(self.size * count + 1, _LIMIT)
        varies = self.ways > 1 or self.open > 0
        if high is None:
            # A repeat without end of a part that varies backtracks exponentially.
            return Cost(size, _LIMIT if varies else self.ways, self.open + 1)
        ways = min(self.ways ** min(count, 30) * (high - low + 1), _LIMIT)
        return Cost(size, ways, self.open * count)


def cost(pattern: str) -> Cost:
    """The cost of a whole pattern; raises UnsafePattern where it has no form that we know."""
    parser = _Parser(pattern)
    found = parser.alternatives()
    if parser.at != len(pattern):
        raise UnsafePattern("a parenthesis is closed that was never opened")
    return found


def check_backtracking(pattern: str) -> None:
    """Raises UnsafePattern for a pattern that Python's engine may not match in bounded time."""
    found = cost(pattern)
    if re.search(r"\\[1-9]|\(\?(?!:)", pattern):
        raise UnsafePattern("find takes no back references, look-around or flags")
    if found.open > 1 or found.ways > (10 if found.open else 1_000):
        raise UnsafePattern("find takes one * or + and few alternatives: simplify the pattern or use matches")
    try:
        with warnings.catch_warnings():
            # What Python warns of, such as `[[]`, means something else in RE2.
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise UnsafePattern(f"invalid regular expression: {error}") from None


class _Parser:
    """Recursive descent over the forms that RE2 and Python's re share."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def alternatives(self) -> Cost:
        found = self._sequence()
        while self._peek() == "|":
            self.at += 1
            found = found.either(self._sequence())
        return found

    def _sequence(self) -> Cost:
        found = Cost()
        while self._peek() not in ("", "|", ")"):
            found = found.then(self._repeats(self._atom()))
        return found

    def _repeats(self, part: Cost) -> Cost:
        while True:
            sign = self._peek()
            repeat = _REPEAT.match(self.pattern, self.at) if sign == "{" else None
            if sign and sign in "*+?":
                self.at += 1
                part = part.repeated(0, 1) if sign == "?" else part.repeated(1, None)
            elif repeat:
                self.at = repeat.end()
                low = int(repeat[1])
                high = (int(repeat[3]) if repeat[3] else None) if repeat[2] else low
                part = part.repeated(low, high)
            else:
                return part
            if self._peek() == "?":
                self.at += 1

    def _atom(self) -> Cost:
        sign = self._peek()
        self.at += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            letter = self._peek()
            self.at += 1
            return Cost(_ESCAPE_COST.get(letter, 1))
        # A dot matches a character of up to four bytes: RE2 works on bytes.
        return Cost(4 if sign == "." or ord(sign) > 127 else 1)

    def _group(self) -> Cost:
        self.depth += 1
        if self.depth > 20:
            raise UnsafePattern("groups are nested more than 20 deep")
        start = re.compile(r"\?(?:P?<[A-Za-z_][A-Za-z0-9_]*>|[a-zA-Z-]*:)?").match(self.pattern, self.at)
        if start:
            self.at = start.end()
        found = self.alternatives()
        if self._peek() == ")":
            self.at += 1
        self.depth -= 1
        return found

    def _class(self) -> Cost:
        end = re.compile(r"\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]", re.DOTALL).match(self.pattern, self.at)
        if end is None:
            raise UnsafePattern("a [ is not closed")
        inside = end.group()
        self.at = end.end()
        unicode = 100 * inside.count("\\p") + 100 * inside.count("\\P")
        wide = 4 if inside.startswith("^") or not inside.isascii() else 1
        return Cost(wide + unicode)

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]
