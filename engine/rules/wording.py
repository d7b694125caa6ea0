"""What people may type: length and characters of titles and other words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from engine.errors import Reason

LONGEST_TITLE = 200
LONGEST = 5_000
"""In characters. A longer text belongs into a file of evidence."""

LONGEST_FACT = 100
"""A short text that stays among the facts: who signed, by which way somebody was called."""

SEPARATORS_AND_TURNS = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Line and paragraph separators, marks that turn the reading direction, and the byte order mark."""


SLASHES = "/\u2044\u2215"
"""What parts a deputy from whom it stands in for (`B/A`), and what looks like it. Compatibility forms are folded before they are looked
for (Unicode NFKC)."""

LIST_SIGNS = "、,;"
"""What parts the names of a list (`separated`), in the form that Unicode NFKC gives them."""

EAST_ASIAN = frozenset({"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})
"""Scripts that are written together, and together with Latin letters."""

LATIN = "LATIN"

UNSCRIPTED = frozenset({"MODIFIER"})
"""Letters that belong to no script."""

_WITHOUT_BREAKS = str.maketrans("", "", "\n\t\r")

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")

FORM_CHOOSERS = (("\u180b", "\u180f"), ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
"""First and last of the characters that choose another form of the one before them (variation selectors)."""

FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"
"""Characters that are shown as nothing and are no format characters: joiners, fillers, the empty braille cell."""

_UNSEEN = re.compile(f"[{FILLERS}{''.join(f'{first}-{last}' for first, last in FORM_CHOOSERS)}]")
"""What Python calls printable and nobody sees: fillers, and what chooses another form of the character before it."""

FILE_WORDS = "file-"
"""How the words of an event begin that are the names of files it cites."""


def file_word(sha256: str) -> str:
    """Under which of an event's words the name of a file stands."""
    return f"{FILE_WORDS}{sha256[:12]}"


def title_problem(title: str) -> Reason | None:
    """A title is one line, not empty, without characters that nobody sees."""
    if not _visible(title):
        return Reason("title-empty", needs=("title",))
    return word_problem("title", title, LONGEST_TITLE, one_line=True)


def name_problem(field: str, name: str, longest: int) -> Reason | None:
    """Why the text cannot be the name of a unit or a person, or None. A name is one line, and no letter of it is of another script than
    those beside it, so that two names that look alike are alike; and it has no slash, which parts a deputy from whom it stands in for.
    """
    problem = word_problem(field, name, longest, one_line=True)
    if problem is not None:
        return problem
    slash = next((char for char in name if any(part in SLASHES for part in unicodedata.normalize("NFKC", char))), None)
    if slash is not None:
        return Reason("name-slash", {"field": field, "char": slash})
    mixed = _mixed(name)
    return Reason("name-scripts", {"field": field, "char": mixed, "code": f"U+{ord(mixed):04X}"}) if mixed else None


def unit_name_problem(field: str, name: str, longest: int) -> Reason | None:
    """Why the text cannot be the name of a unit, or None: besides what no name may hold, what parts a list of units, or one name would
    take the place of two units. Between brackets it parts nothing: 各县（市、区）.
    """
    problem = name_problem(field, name, longest)
    if problem is not None:
        return problem
    outside = _BRACKETS.sub("", name)
    sign = next((char for char in outside if any(part in LIST_SIGNS for part in unicodedata.normalize("NFKC", char))), None)
    return Reason("name-list", {"field": field, "char": sign}) if sign else None


def word_problem(field: str, text: str, longest: int, *, one_line: bool = False) -> Reason | None:
    """Why the text cannot be kept, or None. Line breaks and tabs are fine except in one-line fields, where nothing is invisible: two that
    look alike are alike.
    """
    if not _visible(text):
        return Reason("words-empty", {"field": field})
    if len(text) > longest:
        return Reason("words-long", {"field": field, "length": len(text), "longest": longest})
    if one_line:
        bad = None if text.isprintable() and _UNSEEN.search(text) is None else _first(text, _forbidden_in_a_line)
    else:
        text = text.translate(_WITHOUT_BREAKS)
        bad = None if text.isprintable() else _first(text, _forbidden)  # nearly every text: no character of a forbidden kind is
    return Reason("words-control", {"field": field, "char": f"U+{ord(bad):04X}"}) if bad else None


def _first(text: str, is_bad: Callable[[str], bool]) -> str | None:
    return next((char for char in text if is_bad(char)), None)


def _visible(text: str) -> bool:
    """Whether there is anything to read: blanks and marks of no width alone say nothing. Control characters are told by name."""
    return any(not char.isspace() and not _unseen(char) for char in text)


def _forbidden(char: str) -> bool:
    """Control characters, surrogates, unassigned code points, and the marks that turn the reading direction around."""
    return unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co") or char in SEPARATORS_AND_TURNS


def _forbidden_in_a_line(char: str) -> bool:
    return _forbidden(char) or _unseen(char)


def _mixed(name: str) -> str | None:
    """The first letter of a script that is not written together with the others, or None: what Unicode calls highly restrictive (UTS 39).
    A Cyrillic or Greek letter among Latin or Chinese ones is read as another one.
    """
    letters = [char for char in unicodedata.normalize("NFKC", name) if char.isalpha() and _script(char) not in UNSCRIPTED]
    scripts = {_script(char) for char in letters}
    if len(scripts) == 1:
        return None
    return next((char for char in letters if _script(char) not in EAST_ASIAN | {LATIN}), None)


def _script(char: str) -> str:
    """The script of a letter, which Unicode's name of it begins with."""
    return unicodedata.name(char, "").replace("-", " ").partition(" ")[0]


def _unseen(char: str) -> bool:
    """Format characters, what chooses another form of the character before it, and fillers."""
    return unicodedata.category(char) == "Cf" or _UNSEEN.match(char) is not None
