"""A language more is a package of texts and one line in `engine.words.LANGUAGES`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine import words
from engine.rules.definition import Text
from tests.cli.conftest import Zg
from tests.cli.test_cold import PLAIN, ROOT, run

PROGRAM = """
import json, sys
from engine.words import LANGUAGES, Language
LANGUAGES["xx"] = Language("strange", ("xx", "yy"))
sys.argv[0] = "zg"
from engine.cli import cli
try:
    cli.main(prog_name="zg")
finally:
    sys.__stderr__.write("\\n" + json.dumps(sorted(name for name in sys.modules if name.startswith(("engine.words.", "strange")))))
"""


@pytest.fixture
def strange(tmp_path: Path) -> str:
    """A path on which a third language lies: English between angle brackets."""
    for package, texts in (("strange", words.texts("en")), ("strange/help", words.help_texts("en"))):
        folder = tmp_path / "more" / package
        folder.mkdir(parents=True)
        marked = {code: "\n".join(f"‹{line}›" for line in text.split("\n")) for code, text in texts.items()}
        (folder / "__init__.py").write_text(f"TEXTS = {marked!r}\n", encoding="utf-8")
    return f"{ROOT}:{tmp_path / 'more'}"


@pytest.mark.parametrize("line", [
    ("--lang", "xx", "list"), ("--lang", "xx", "show", "1"), ("--lang", "xx", "why", "1"),
    ("--lang", "XX", "workflow", "show", "complaint"), ("--lang", "xx", "show", "--help"), ("--lang", "xx", "can", "1"),
])
def test_a_language_more_is_spoken_by_every_command(zg: Zg, strange: str, line: tuple[str, ...]) -> None:
    zg.rectifying()
    result = run(zg, *line, program=PROGRAM, PYTHONPATH=strange, ZG_FORCE_TTY="1")
    assert result.returncode == 0, result.stderr
    assert "‹" in result.stdout
    loaded = json.loads(result.stderr.splitlines()[-1])
    assert "strange" in loaded and "engine.words.en" not in loaded


def test_it_stands_in_the_help_and_is_chosen_by_flag_variable_and_locale(zg: Zg, strange: str) -> None:
    page = run(zg, "--lang", "xx", "--help", program=PROGRAM, PYTHONPATH=strange).stdout
    assert "--lang zh|en|xx" in page and "‹" in page
    for environment in ({"ZG_LANG": "xx"}, {"LANG": "yy_YY.UTF-8", "LC_ALL": "", "ZG_LANG": ""}):
        assert "‹" in run(zg, "--help", program=PROGRAM, PYTHONPATH=strange, **environment).stdout, environment
    assert "‹" not in run(zg, "--lang", "en", "--help", program=PROGRAM, PYTHONPATH=strange).stdout


def test_an_error_and_the_settings_speak_it(zg: Zg, strange: str) -> None:
    result = run(zg, "--lang", "xx", "--db", "mysql://x", "list", program=PROGRAM, PYTHONPATH=strange)
    assert result.returncode == 2 and result.stderr.startswith("‹Error: ›‹“mysql” is not a database we know.›")
    unknown = run(zg, "--lang", "zz", "list", program=PROGRAM, PYTHONPATH=strange).stderr
    assert "xx" in unknown


def test_only_the_language_in_use_is_loaded(zg: Zg) -> None:
    for language, other in (("zh", "en"), ("en", "zh")):
        loaded = json.loads(run(zg, "--lang", language, "list", program=PROGRAM, ZG_FORCE_TTY="1").stderr.splitlines()[-1])
        assert f"engine.words.{language}" in loaded and f"engine.words.{other}" not in loaded


def test_a_definition_speaks_its_first_language_where_it_lacks_one() -> None:
    assert [Text("一", "one").in_language(language) for language in ("zh", "en", "xx", "count", "index")] == ["一", "one", "一", "一", "一"]


@pytest.mark.parametrize(("text", "named", "of_locale"), [
    ("zh", "zh", "zh"), ("EN", "en", "en"), ("en_GB.UTF-8", "en", "en"), ("zh_CN.UTF-8", "zh", "zh"),
    ("fr_FR", "zh", "en"), ("C", "zh", "en"), ("", "zh", "en"),
])
def test_what_a_person_and_a_machine_call_a_language(text: str, named: str, of_locale: str) -> None:
    assert (words.language_named(text), words.language_of_locale(text)) == (named, of_locale)


ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.mark.parametrize("line", [
    ("--db", "mysql://x", "list"), ("--db", "sqlite://", "list"), ("--db", "{folder}", "list"), ("--db", "{text}", "list"),
    ("--db", "{folder}/text/zg.db", "list"),
    ("--db", "{folder}/text/zg.db", "init"), ("backup", "{folder}/none/backup"), ("backup", "{text}"),
    ("restore", "{folder}/none", "--into", "{folder}/new.db"), ("restore", "{text}", "--into", "{folder}/new.db"),
    ("calendar", "import", "{folder}/none"), ("calendar", "import", "{text}"), ("calendar", "import", "{folder}"),
    ("workflow", "check", "{folder}/none"), ("audit", "verify", "--file", "{folder}/none"), ("audit", "verify", "--file", "{bytes}"),
    ("submit", "1", "--file", "{folder}/none"), ("list", "--limit", "0"), ("list", "--limit", "x"), ("calendar", "show", "many"),
    ("watch", "--interval", "soon"), ("show",), ("show", "--nothing"), ("nothing",), ("list", "--light", "pink"), ("why", "1", "2"),
    ("open", "x", "--if-version", "-1", "--source", "visit"), ("notices", "resend", "0"),
])
def test_no_english_is_told_on_a_chinese_screen(zg: Zg, tmp_path: Path, line: tuple[str, ...]) -> None:
    zg.rectifying()
    (tmp_path / "text").write_text("Dear reader, this is no such file at all.", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    names = {"folder": str(tmp_path), "text": str(tmp_path / "text"), "bytes": str(tmp_path / "bytes")}
    result = zg(*(word.format_map(names) for word in line), code=None)
    what_and_why = result.stderr.partition("下一步")[0].replace(str(tmp_path), "")
    assert result.exit_code not in (0, 1) or "数据库文件" in what_and_why or "文件夹" in what_and_why, result.stderr
    assert "错误：" in what_and_why and ENGLISH.findall(what_and_why) == [], result.stderr


@pytest.mark.parametrize("content", ["lang = [", "labels = 1", "[notices]\nchat = 3", "\udcff"])
def test_no_english_is_told_of_the_settings(zg: Zg, tmp_path: Path, content: str) -> None:
    (tmp_path / "zg.toml").write_bytes(content.encode(errors="surrogateescape"))
    result = subprocess.run(
        [sys.executable, "-c", PLAIN, "watch", "--once"], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
        env={**os.environ, "ZG_DB": zg.url, "PYTHONPATH": str(ROOT), "ZG_LANG": "zh", "PYTHONUTF8": "1"},
    )
    told = result.stderr.partition("下一步")[0].replace("TOML：", "").partition("(at line")[0]
    assert (result.returncode != 0 and "错误" in told) or "没有成功" in told, result.stderr
    assert [text for text in ENGLISH.findall(told) if content != "lang = ["] == [], result.stderr
