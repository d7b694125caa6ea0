"""How much is asked of this process and how long it takes: counted as it answers, told to Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock


class Meter:
    """Answers by method and status, and the seconds they took together. A worker counts its own."""

    def __init__(self) -> None:
        self._lock, self._answers, self._seconds = Lock(), dict[tuple[str, int], int](), 0.0

    def count(self, method: str, status: int, seconds: float) -> None:
        with self._lock:
            self._answers[method, status] = self._answers.get((method, status), 0) + 1
            self._seconds += seconds

    def lines(self) -> Iterator[str]:
        """What was counted, as Prometheus reads it."""
        with self._lock:
            answers, seconds = dict(self._answers), self._seconds
        yield from told("answers_total", "counter", {
            f'{{method="{method}",status="{status}"}}': count for (method, status), count in sorted(answers.items())
        })
        yield from told("answer_seconds_total", "counter", {"": round(seconds, 6)})


def told(name: str, kind: str, values: Mapping[str, float]) -> Iterator[str]:
    """One figure as Prometheus reads it, its values by their labels."""
    full = f"zhenggai_{name}"
    yield " ".join(("#", "TYPE", full, kind))
    for labels, value in values.items():
        yield f"{full}{labels} {value}"


METER = Meter()
"""That of this process."""
