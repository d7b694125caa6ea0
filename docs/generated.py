"""What is generated in the documentation: whole pages, and the parts of a page between `<!-- begin … -->` and `<!-- end -->`.

A test holds the files to it; `make docs` writes them.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from click.testing import CliRunner

from docs import access, api_page, manual, site_map, story
from engine.cli import cli
from engine.errors import ZgError
from engine.rules.loop.outcome import TABLE, TABLE_ORDER
from engine.words import texts

ROOT = Path(__file__).resolve().parents[1]
PART = re.compile(r"(<!-- begin (?P<what>[^\n]*?) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)
LANGUAGES = {"": "en", ".zh-CN": "zh"}
MANUALS = {"en": "man1", "zh": "zh_CN/man1"}
"""The folder of the manual page of each language, as below `share/man`."""


def filled(path: Path, language: str) -> str:
    """The page with its generated parts made anew."""

    def part(match: re.Match[str]) -> str:
        what, *words = shlex.split(match["what"])
        return f"{match[1]}{PARTS[what](match['body'], language, *words)}\n{match[4]}"

    return PART.sub(part, path.read_text(encoding="utf-8"))


def transcript(body: str, language: str, *shown: str) -> str:
    """Every `$ zg …` line of the part, run in one new folder, with what the commands named in `shown` say."""
    with tempfile.TemporaryDirectory() as folder:
        zg = Zg(language, f"sqlite:///{folder}/zg.db")
        lines = [line for line in body.splitlines() if line.startswith("$ zg ")]
        told = [(line, zg(*shlex.split(line)[2:])) for line in lines]
    page = [text for line, said in told for text in (line, said if {*shown} & {*line.split()} else "")]
    return "```console\n" + "".join(f"{text.rstrip()}\n" for text in page if text.strip()) + "```"


def diagram(_body: str, language: str, name: str) -> str:
    """The state diagram of a shipped workflow."""
    return f"```mermaid\n{Zg(language, '')('workflow', 'draw', name).rstrip()}\n```"


def contents(_body: str, language: str) -> str:
    """What `zg --help` says."""
    return f"```text\n{Zg(language, '')('--help').rstrip()}\n```"


def outcomes(_body: str, language: str) -> str:
    """The table of what follows from a result for a ticket, as the rules hold it."""
    def said(kind: str, code: str) -> str:
        return texts(language)[f"{kind}.{code}"]

    heads = [said("loop", "ticket"), *(said("result", result) for result in ("miss", "pass", "not-measured"))]
    lines = [f"| {' | '.join(heads)} |", "|--|--|--|--|"]
    for place in TABLE_ORDER:
        outcome = TABLE[place]
        cells = [said("standing", place), *(said("action", name) for name in (outcome.miss, outcome.passed, outcome.missing))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


PARTS: Mapping[str, Callable[..., str]] = {"transcript": transcript, "diagram": diagram, "help": contents, "outcomes": outcomes}


class Zg:
    """`zg` in this process, as on a terminal of 100 columns without colour."""

    def __init__(self, language: str, url: str) -> None:
        self.language, self.url = language, url

    def __call__(self, *words: str) -> str:
        environment = {
            "ZG_LANG": self.language, "ZG_DB": self.url or "sqlite:////nowhere/zg.db", "ZG_FORCE_TTY": "1", "NO_COLOR": "1",
            "COLUMNS": "100", "ZG_AS": None,
        }
        result = CliRunner().invoke(cli, list(words), env=environment, catch_exceptions=False)
        said = str(result.output).replace(self.url, "sqlite:///zg.db") if self.url else str(result.output)
        return f"{said.rstrip()}\n(exit {result.exit_code})" if result.exit_code else said


def commands(language: str) -> str:
    """The help of every command, in the order of `zg --help`."""
    title = {"en": "# Commands", "zh": "# 命令"}[language]
    zg = Zg(language, "")
    page = [title, "", contents("", language)]
    for words, _ in manual.every_command():
        page += ["", f"## zg {' '.join(words)}", "", "```text", zg(*words, "--help").rstrip(), "```"]
    return "\n".join(page) + "\n"


def errors() -> str:
    """Every error by its code: exit code, status of the API, what it says in both languages."""
    lines = [
        "# Errors", "",
        "What a program reads: `--json` gives `{\"error\": {\"code\", \"message\", \"hint\", \"reasons\"}}` on standard error.",
        "What people are warned of is `warnings: [{code, message}]` of the JSON, also beside an `error`; where it has no place for it",
        "(`--json=FIELDS`, a list that was cut), a line `{\"warning\": …}` on standard error.", "",
        "| code | exit | API | English | 中文 |", "|---|--:|--:|---|---|",
    ]
    kinds: dict[str, list[type[ZgError]]] = {}
    for kind in _kinds(ZgError):
        kinds.setdefault(kind.code, []).append(kind)
    for code, alike in sorted(kinds.items()):
        said = [_plural(texts(language).get(code) or alike[0].__doc__ or "") for language in ("en", "zh")]
        exits, statuses = (", ".join(map(str, sorted({*found}))) for found in zip(*((kind.exit, kind.http) for kind in alike), strict=True))
        lines.append(f"| `{code}` | {exits} | {statuses} | {said[0]} | {said[1]} |")
    return "\n".join(lines) + "\n"


def _story(language: str) -> str:
    """The demonstration as it was played."""
    return story.page(Zg(language, "")("demo"), language)


def _plural(text: str) -> str:
    """The text with the second of its two forms, whose bar would end a cell."""
    return re.sub(r"\{(\w+):[^|}]*\|([^}]*)\}", r"{\1} \2", text)


def _kinds(kind: type[ZgError]) -> Iterator[type[ZgError]]:
    from importlib import import_module
    from pkgutil import walk_packages

    import engine

    if kind is ZgError:
        for module in walk_packages(engine.__path__, "engine."):
            if ".migrations" not in module.name:
                import_module(module.name)
    yield kind
    for inner in kind.__subclasses__():
        yield from _kinds(inner)


PAGES: Mapping[str, Callable[[], str]] = {
    name: maker
    for ending, language in LANGUAGES.items()
    for name, maker in (
        (f"README{ending}.md", partial(filled, ROOT / f"README{ending}.md", language)),
        (f"docs/loop{ending}.md", partial(filled, ROOT / f"docs/loop{ending}.md", language)),
        (f"docs/story{ending}.md", partial(_story, language)),
        (f"docs/commands{ending}.md", partial(commands, language)),
        (f"docs/access{ending}.md", partial(access.page, language)),
        (f"docs/man/{MANUALS[language]}/zg.1", partial(manual.page, language)),
    )
} | {"docs/errors.md": errors, "docs/pages.md": site_map.page, "docs/api.md": api_page.page}
"""What makes each generated page as it should be, by the page's path below the project's folder."""
