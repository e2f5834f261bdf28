"""Short texts in few bytes: one for a letter of any alphabet, where UTF-8 takes two or three.

This is the Standard Compression Scheme for Unicode (UTS #6): a byte from 0x80 on shows a character of
the active window of 128, and control bytes switch windows or slide one elsewhere. Any decoder of the
scheme reads what is written here; the one here reads no more than that.
"""

from __future__ import annotations

QUOTE, QUOTE_UNIT, SWITCH, SLIDE = 0x01, 0x0E, 0x10, 0x18
SIZE = 0x80
STATIC = (0x0000, 0x0080, 0x0100, 0x0300, 0x2000, 0x2080, 0x2100, 0x3000)
BEGIN = (0x0080, 0x00C0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30A0, 0xFF00)
# the order in which windows are slid elsewhere: kana and wide forms go first
SPARE = (5, 6, 7, 1, 4, 2, 3, 0)
PASSED = frozenset({0, 9, 10, 13})  # control characters that stand for themselves
LAST_LOW, FIRST_HIGH, LAST_HIGH, GAP = 0x67, 0x68, 0xA7, 0xAC00


class _Writer:
    """The windows while a text is written."""

    def __init__(self) -> None:
        self.windows, self.active, self.slid = list(BEGIN), 0, 0

    def write(self, point: int, goes_on: bool) -> bytes:
        """The bytes of a character; `goes_on` when the next one beyond ASCII is its neighbour."""
        if _is_plain(point):
            return bytes((point,))
        window = self._showing(point)
        if window == self.active:
            return self._shown(point)
        if window is not None and goes_on:
            self.active = window
            return bytes((SWITCH + window,)) + self._shown(point)
        if window is not None:
            return bytes((QUOTE + window, SIZE + point - self.windows[window]))
        static = next((w for w, begin in enumerate(STATIC) if begin <= point < begin + SIZE), None)
        if static is not None and not goes_on:
            return bytes((QUOTE + static, point - STATIC[static]))
        return self._slide(point)

    def _showing(self, point: int) -> int | None:
        order = (self.active, *range(len(self.windows)))
        return next((w for w in order if self.windows[w] <= point < self.windows[w] + SIZE), None)

    def _shown(self, point: int) -> bytes:
        return bytes((SIZE + point - self.windows[self.active],))

    def _slide(self, point: int) -> bytes:
        """Slide a window over the character; where none reaches, quote it in UTF-16."""
        offset = (point if point < FIRST_HIGH * SIZE else point - GAP) // SIZE
        if not (point <= 0xFFFF and _start(offset) <= point < _start(offset) + SIZE):
            units = chr(point).encode("utf-16-be")
            pairs = (units[at : at + 2] for at in range(0, len(units), 2))
            return b"".join(bytes((QUOTE_UNIT,)) + pair for pair in pairs)
        self.active, self.slid = SPARE[self.slid % len(SPARE)], self.slid + 1
        self.windows[self.active] = _start(offset)
        return bytes((SLIDE + self.active, offset)) + self._shown(point)


def encode(text: str) -> bytes:
    """The bytes for a text."""
    writer = _Writer()
    points = [ord(character) for character in text]
    return b"".join(writer.write(point, _goes_on(points, at)) for at, point in enumerate(points))


def decode(data: bytes) -> str:
    """The text behind bytes; raises ValueError for what `encode` does not write."""
    windows, active = list(BEGIN), 0
    out = bytearray()  # UTF-16, because halves of a character are quoted one by one
    rest = iter(data)
    try:
        for byte in rest:
            if byte >= SIZE:
                out += _unit(windows[active] + byte - SIZE)
            elif _is_plain(byte):
                out += _unit(byte)
            elif QUOTE <= byte < QUOTE + 8:
                window, shown = byte - QUOTE, next(rest)
                out += _unit(STATIC[window] + shown if shown < SIZE else windows[window] + shown - SIZE)
            elif byte == QUOTE_UNIT:
                out += bytes((next(rest), next(rest)))
            elif SWITCH <= byte < SWITCH + 8:
                active = byte - SWITCH
            elif SLIDE <= byte < SLIDE + 8:
                active = byte - SLIDE
                windows[active] = _start(next(rest))
                if not windows[active]:
                    raise ValueError("a window where none may begin")
            else:
                raise ValueError("a control byte that is never written")
    except StopIteration:
        raise ValueError("the text breaks off") from None
    return out.decode("utf-16-be")


def _is_plain(point: int) -> bool:
    return 0x20 <= point < SIZE or point in PASSED


def _goes_on(points: list[int], at: int) -> bool:
    """Whether the next character beyond ASCII is of the same half block as this one."""
    following = next((other for other in points[at + 1 :] if other >= SIZE), None)
    return following is not None and following // SIZE == points[at] // SIZE


def _start(offset: int) -> int:
    """Where a window begins that was slid by an offset byte; 0 where none may."""
    if 1 <= offset <= LAST_LOW:
        return offset * SIZE
    return offset * SIZE + GAP if FIRST_HIGH <= offset <= LAST_HIGH else 0


def _unit(point: int) -> bytes:
    return chr(point).encode("utf-16-be")
