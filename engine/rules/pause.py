"""A pause: a span of time that does not count."""

from datetime import datetime
from typing import NamedTuple


class Pause(NamedTuple):
    """A span in which a clock stood still: from the moment it was stopped (`since`) to the moment it went on (`until`), UTC."""

    since: datetime
    until: datetime
