"""The documentation is what the program says: pages made anew, links that lead somewhere, commands that exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from docs.generated import PAGES as GENERATED
from docs.generated import ROOT
from engine.cli import CONTENTS, cli

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CODE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(path: Path) -> list[tuple[str, str]]:
    return [(match["kind"], match["body"]) for match in CODE.finditer(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_and_parts_are_what_the_program_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), "run `make docs`"


@pytest.mark.skipif(shutil.which("groff") is None, reason="this machine sets no manual pages")
@pytest.mark.parametrize("folder", ["man1", "zh_CN/man1"])
def test_a_manual_page_is_set_without_a_warning_and_has_every_command(folder: str) -> None:
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-Wbreak", "-z", str(ROOT / "docs" / "man" / folder / "zg.1")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    text = (ROOT / "docs" / "man" / folder / "zg.1").read_text(encoding="utf-8")
    assert re.search("[:：] ?—", text) is None, "an option without its choices"
    for name in (name for group in CONTENTS.values() for name in group):
        heading = name.replace("-", "\\-")
        assert f'.SH "zg {heading}"\n' in text, name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))
    assert [kind for kind, _ in blocks(english)] == [kind for kind, _ in blocks(chinese)]
    assert english.read_text(encoding="utf-8").count("\n## ") == chinese.read_text(encoding="utf-8").count("\n## ")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_in_a_block_exists_with_its_options(path: Path) -> None:
    """Commands are parsed and not run: what they do is tested elsewhere."""
    for kind, body in blocks(path):
        for line in body.splitlines():
            words = line.removeprefix("$ ").partition("  #")[0]
            if kind == "text" or not words.startswith("zg "):
                continue
            names = [word for word in shlex.split(words)[1:] if not word.startswith("-") and "/" not in word]
            result = CliRunner().invoke(cli, [*_command(names), "--help"], env={"ZG_LANG": "en"})
            assert result.exit_code == 0, line
            for option in re.findall(r"(?<=\s)--[a-z-]+", words):
                assert option in result.output or option in ("--db", "--as", "--lang", "--color", "--debug"), line


def _command(names: list[str]) -> list[str]:
    """The command among the words: `office` in `--as office show` is none."""
    import click

    ctx = click.Context(cli, info_name="zg")
    for place, name in enumerate(names):
        found = cli.get_command(ctx, name)
        if found is not None:
            inner = names[place + 1 : place + 2] if isinstance(found, click.Group) else []
            return [name, *(word for word in inner if isinstance(found, click.Group) and word in found.commands)]
    raise AssertionError(f"no command among {names}")


def test_make_help_lists_what_the_contributing_guide_names() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert named >= {"test", "check", "bench", "mutants"}
    assert [target for target in named if f"make {target} " not in shown] == []


def test_every_workflow_names_the_published_rules_it_follows() -> None:
    paths = sorted((ROOT / "workflows").glob("*.yaml"))
    assert paths
    for path in paths:
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))["rule"]
        assert rules and all(rule.strip() for rule in rules), path


def test_the_house_is_drawn_with_all_its_rooms() -> None:
    drawn = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").partition("## The house")[2].partition("```\n\n")[0]
    rooms = [path for path in (ROOT / "engine").iterdir() if path.is_dir() or path.suffix == ".py"]
    names = {f"{path.name}/" if path.is_dir() else path.name for path in rooms} - {"__init__.py", "__pycache__/", "shipped_files/"}
    assert {name for name in names if name not in drawn} == set()


def test_every_term_of_the_glossary_names_a_file_that_is_there() -> None:
    rows = re.findall(r"^\| .+ \| `([^`]+)` \|$", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 80
    assert [path for path in rows if not (ROOT / "engine" / path).is_file()] == []


def test_no_term_of_the_glossary_is_explained_twice() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| .+ \| `[^`]+` \|$", glossary, re.MULTILINE)
    named = [term for row in rows for term in row.split(", ")]
    assert len(named) > 80
    assert sorted({term for term in named if named.count(term) > 1}) == []


def test_every_title_of_the_shipped_workflow_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    shipped = yaml.safe_load((ROOT / "workflows" / "rectification.yaml").read_text(encoding="utf-8"))
    named = [*shipped["states"].values(), *shipped["triggers"].values(), *shipped["ladders"]["unit"]]
    assert [item["title"]["zh"] for item in named if item["title"]["zh"] not in glossary] == []


def test_every_place_to_start_in_is_there() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| I want to … |")[2]
    named = re.findall(r"`((?:[\w*-]+/)+[\w*.-]*|errors\.py)`", table)
    assert len(named) > 40
    assert [path for path in named if not [*(ROOT / "engine").glob(path.rstrip("/")), *ROOT.glob(path.rstrip("/"))]] == []
