"""The command line: which command is in which file, and what every command has in common. A command is imported when it is called, and
not before.

In reading order: standard, pager, call, frame, coded, fields, path, stdin, mistyped, failure, terminal, table, progress, complete, many,
start, demo, result, agreeing, each_unit, opening, acts, assign_from, amending, today, filters, chosen_columns, listing, view, proposals,
count, show, card, log, why, can, plan, whoami, config, sweep, watch, doctor, clock, calendar, calendar_change, notices, finding,
restored, witnessed, exported, checkpoint, witness, access, audit, redact, evidence, backup, unit, user_keys, user, workflow, migrating,
thing, batch, feedback, visit_import, visit, suggested, importing, export, serve, evaluate_screen, evaluate_results, evaluate_succession,
evaluate, report.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NoReturn, cast

import click

from engine import __version__
from engine.app.settings import load
from engine.cli.call import Call
from engine.cli.complete import complete_actor
from engine.cli.failure import report as report_failure  # `report` is a command, and its module takes the name
from engine.cli.frame import INDENT, columns, heading, language_of
from engine.cli.standard import open_closed_streams
from engine.cli.terminal import detect_terminal
from engine.errors import OutputFailed, ZgError, os_reason
from engine.words import LANGUAGES, language_of_locale, say

CONTENTS: Mapping[str, Mapping[str, str]] = {
    "do": {
        "open": "opening:open_", "assign": "acts:assign", "accept": "acts:accept", "decline": "acts:decline",
        "sign-off": "acts:sign_off", "object": "acts:object_", "endorse": "acts:endorse",
        "send-back": "acts:send_back", "submit": "acts:submit", "verify": "acts:verify", "reject": "acts:reject",
        "withdraw": "acts:withdraw", "reinstate": "acts:reinstate", "suspend": "acts:suspend", "resume": "acts:resume",
        "request-extension": "acts:request_extension", "grant": "acts:grant", "refuse": "acts:refuse", "reopen": "acts:reopen",
        "reassign": "acts:reassign", "amend": "amending:amend", "consent": "acts:consent",
        "issue": "acts:issue", "waive": "acts:waive", "comment": "acts:comment",
        "progress": "acts:progress", "urge": "acts:urge", "instruct": "acts:instruct", "report-back": "acts:report_back",
        "review": "acts:review",
        "link": "amending:link", "unlink": "amending:unlink", "do": "acts:do",
    },
    "see": {
        "today": "today:today", "list": "listing:list_", "view": "view:view", "count": "count:count",
        "show": "show:show", "log": "log:log", "why": "why:why", "can": "can:can", "plan": "plan:plan",
        "whoami": "whoami:whoami",
    },
    "time": {
        "sweep": "sweep:sweep", "watch": "watch:watch", "doctor": "doctor:doctor", "clock": "clock:clock", "calendar": "calendar:calendar",
        "notices": "notices:notices",
    },
    "trust": {
        "audit": "audit:audit", "redact": "redact:redact", "evidence": "evidence:evidence", "backup": "backup:backup",
        "restore": "backup:restore", "unit": "unit:unit", "user": "user:user",
    },
    "rules": {"workflow": "workflow:workflow"},
    "office": {
        "batch": "batch:batch", "visit": "visit:visit", "feedback": "feedback:feedback", "import": "importing:import_",
        "export": "export:export", "evaluate": "evaluate:evaluate", "report": "report:report",
    },
    "start": {"init": "start:init", "demo": "demo:demo", "serve": "serve:serve", "upgrade": "start:upgrade", "config": "config:config"},
}
"""The `module:attribute` of each command, below this package, in the groups and the order of `zg --help`."""

NEEDED_MODULES = {"demo": "engine.cli.demo"}
"""Commands that are shown only where the program has their module."""


JSON_FIELDS = "--json="
COLOURS = ("auto", "always", "never")
GLOBAL_OPTIONS = (
    ("--db URL", "db"), ("--as ACTOR", "as"), ("--lang", "lang"), ("--color auto|always|never", "color"), ("--no-pager", "no-pager"),
    ("--debug", "debug"),    ("--version", "version"), ("-h, --help", "help"),
)


class Contents(click.Group):
    """`zg` itself: finds a command by name, prints the table of contents, and turns every exception into three lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for group in CONTENTS.values() for name in group if _installed(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = next((group[cmd_name] for group in CONTENTS.values() if cmd_name in group), None)
        if target is None or not _installed(cmd_name):
            return None
        module, _, attribute = target.partition(":")
        return cast(click.Command, getattr(import_module(f"engine.cli.{module}"), attribute))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            names = {name: click.Command(name) for name in self.list_commands(ctx)}
            raise click.exceptions.NoSuchCommand(args[0], possibilities=names, ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        if not [*ctx._protected_args, *ctx.args]:
            raise click.exceptions.NoArgsIsHelpError(ctx)
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would make it an error
            _discard_output()
            ctx.exit(0)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("\n".join(_contents_page(ctx)) + "\n")

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any,
    ) -> NoReturn:
        """Runs `zg` and exits with the code of DESIGN §7."""
        given, fields = _without_fields(sys.argv[1:] if args is None else args)
        call = _early_call(given)
        call.fields = fields
        _escape_unencodable(sys.stdout)
        _escape_unencodable(sys.stdin)
        try:
            result: Any = super().main(
                given, prog_name or "zg", complete_var, standalone_mode=False, windows_expand_args=windows_expand_args, obj=call, **extra,
            )
            code = result if isinstance(result, int) else 0
            _warn_of_unnoted(call)
            call.tell_warnings()
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
            code = 0
        except (Exception, KeyboardInterrupt) as error:
            _warn_of_unnoted(call)
            code = report_failure(_output_failure(error) or error, call)
        finally:
            call.close()
        sys.exit(code)


def _warn_of_unnoted(call: Call) -> None:
    """Says that a reading could not be noted, however the command ended."""
    if call.opened is not None and (unnoted := call.opened.database.unnoted) is not None:
        call.warn(unnoted)


def _without_fields(args: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The arguments with `--json` in place of `--json=a,b`, and the fields that it named. click has no option that may go without its
    value and does not take the next word for it."""
    given = list(args)
    end = given.index("--") if "--" in given else len(given)
    chosen = [(index, word) for index, word in enumerate(given[:end]) if word.startswith(JSON_FIELDS)]
    if not chosen:
        return given, ()
    from engine.cli.fields import fields_named  # few want some fields only

    for index, _ in chosen:
        given[index] = JSON_FIELDS[:-1]
    return given, fields_named(chosen[-1][1].removeprefix(JSON_FIELDS))


def _output_failure(error: BaseException) -> OutputFailed | None:
    """The error as a failure of our own output, which an operating system's error that names no file is; what the command did stands."""
    if not isinstance(error, OSError) or error.filename is not None:
        return None
    _discard_output()
    return OutputFailed(message=os_reason(error))


def _early_call(args: Sequence[str]) -> Call:
    """The call, from a first look at the arguments: even a usage error must be told in the right language."""
    flags = {name: _flag_value(args, f"--{name}") for name in ("db", "lang", "color")}
    if (flags["lang"] or "").lower() not in LANGUAGES:
        flags["lang"] = None  # it is told in the language of the environment
    try:
        language = load(flags["db"], None, flags["lang"]).language
    except ZgError:  # it is told when the settings are needed
        locale = flags["lang"] or os.environ.get("ZG_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
        language = language_of_locale(locale)
    color = flags["color"] if flags["color"] in COLOURS else None
    return Call(language, detect_terminal(color=color or "auto"), json="--json" in args, debug="--debug" in args)


def _flag_value(args: Sequence[str], name: str) -> str | None:
    for index, argument in enumerate(args):
        if argument == "--":
            return None
        if argument == name and index + 1 < len(args):
            return args[index + 1]
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _installed(name: str) -> bool:
    return name not in NEEDED_MODULES or find_spec(NEEDED_MODULES[name]) is not None


def _contents_page(ctx: click.Context) -> list[str]:
    language = language_of(ctx)
    page = [say("help.zg", language), "", heading("help.heading.examples", language)]
    page += [INDENT + line for line in say("example.zg", language).splitlines()]
    for group, commands in CONTENTS.items():
        rows = [(name, say(f"short.{name}", language)) for name in commands if _installed(name)]
        page += ["", say(f"group.{group}", language), *columns(rows)]
    rows = [
        (f"{names} {'|'.join(LANGUAGES)}" if code == "lang" else names, say(f"option.zg.{code}", language))
        for names, code in GLOBAL_OPTIONS
    ]
    return [*page, "", heading("help.heading.options", language), *columns(rows), "", say("help.zg.more", language)]


def _keep_global_options(ctx: click.Context, **options: Any) -> None:
    """Keeps the parsed global options in the call. Opens nothing."""
    call = ctx.find_object(Call)
    if call is not None:
        call.flags = {"db": options["db"], "as": options["as_"], "lang": options["lang"]}
        call.debug, call.no_pager = bool(options["debug"]), bool(options["no_pager"])


def _print_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        sys.stdout.write(f"zg {__version__}\n")
        ctx.exit()


def _escape_unencodable(stream: Any) -> None:
    """Has a stream write or read as an escape what its encoding does not have: a ticket is never unreadable for one character."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Writes nothing more to standard output, not even when Python closes it, because its reader went away."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


cli = Contents(
    "zg", callback=click.pass_context(_keep_global_options), no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        click.Option(["--db"], metavar="URL"), click.Option(["--as", "as_"], metavar="ACTOR", shell_complete=complete_actor),
        click.Option(["--lang"], type=click.Choice(tuple(LANGUAGES), case_sensitive=False)),
        click.Option(["--color"], type=click.Choice(COLOURS), default="auto", expose_value=False),
        click.Option(["--no-pager"], is_flag=True), click.Option(["--debug"], is_flag=True),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_print_version),
    ],
)


GC_THRESHOLD = 50_000
"""How many new objects start the garbage collector. Python's own 700 starts it twenty times while a command is imported."""


def main() -> NoReturn:
    """The entry point `zg`. Ends the process without Python's own clean-up: nothing is open any more, and people wait."""
    gc.set_threshold(GC_THRESHOLD)
    open_closed_streams()
    try:
        cli.main(prog_name="zg")
    except SystemExit as end:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
