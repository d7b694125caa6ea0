"""What people call a code, read back: 明察暗访 and `site visit` are `visit`, whatever language the screen speaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from engine.words import LANGUAGES, texts

BRACKETS = ("（", "(")
"""Where the explanation of a name begins: C类（简易）."""


def folded(text: str) -> str:
    """A name in the form in which names are compared: without blanks, in half width, in small letters."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def code_of(text: str, codes: Iterable[str], group: str, names: Mapping[str, Iterable[str]] | None = None) -> str | None:
    """The code that the text names among these: by itself, by its label `group.code` or a further name `called.group.code` in any
    language, or by one of its own `names`. None where it names none.
    """
    wanted, known = folded(text), list(codes)
    if text in known:
        return text
    if not wanted:
        return None
    for code in known:
        if wanted == folded(code) or any(wanted == folded(name) for name in (*_labels(group, code), *(names or {}).get(code, ()))):
            return code
    return None


def short_names(titles: Iterable[str]) -> list[str]:
    """The titles, and of each the parts before and in its brackets: C类（简易）, C类, 简易."""
    return [
        name for title in titles
        for name in (title, *(part.strip("）)") for sign in BRACKETS if sign in title for part in title.split(sign, 1))) if name
    ]


ANSWER = "ledger-answer"
"""Where `engine/words` has what may be answered to the questions of an import."""


def answer_name(question: str, code: str, language: str) -> str | None:
    """What an answer is called, of this question or of all; None where it has no name but itself."""
    found = texts(language)
    return found.get(f"{ANSWER}.{question}.{code}", found.get(f"{ANSWER}.{code}"))


def answer_named(question: str, codes: Iterable[str], text: str) -> str | None:
    """The answer of a question that a text names in any language; None where it names none."""
    own = {code: [name for language in LANGUAGES if (name := answer_name(question, code, language))] for code in codes}
    return code_of(text, own, ANSWER, own)


def choice_group(key: str) -> str:
    """Where `engine/words` has the names of what may be chosen for an input."""
    return "way" if key == "by" else "consent" if key == "about" else f"choice.{key}"


@cache
def placeholders() -> frozenset[str]:
    """What commands are shown with where something is to be filled in, in every language: 单位, `TEXT`. Nobody means it as it stands.

    To the letter, since `leader` is an account and `TEXT` is none.
    """
    shown = [(name, text) for language in LANGUAGES for name, text in texts(language).items() if name.startswith("typed.")]
    listed = [text.replace("、", ",").split(",") if name == "typed.others" else [text] for name, text in shown]
    return frozenset(item.strip() for items in listed for item in items)


def _labels(group: str, code: str) -> Iterable[str]:
    for language in LANGUAGES:
        found = texts(language)
        if (label := found.get(f"{group}.{code}")) is not None:
            yield label
        yield from (name for name in found.get(f"called.{group}.{code}", "").split("、") if name)
