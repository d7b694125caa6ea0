"""A view as HTML, and the way on after a POST. Templates are given a view, the reader, a form, and how to speak; never more."""

from __future__ import annotations

from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.desk.filing import LARGEST_FILE
from engine.desk.pages import acted, reader
from engine.views.reader import Reader
from engine.views.ticket_page import Acted
from engine.web import forgery
from engine.web.context import Context
from engine.web.limits import LARGEST_UPLOAD, MOST_FILES
from engine.web.problem import Problem
from engine.web.query import NUMBER, Texts
from engine.web.session import kept, secret_of
from engine.web.templating import environment
from engine.web.ticket_texts import PageSpeech

SEE_OTHER = 303

ACTED = "acted"
"""What an address says of the act that led to it: the number of a ticket and the place of the event, `ZG-2020-0001.7`."""


def page(
    context: Context, name: str, view: object, *, status: int = 200, form: Texts | None = None, problem: Problem | None = None,
) -> Response:
    """A page. `form` are the texts that were typed before, `problem` is what stands against them."""
    visitor = "" if secret_of(context.asked) or kept(context.asked, forgery.VISITOR) else forgery.new_visitor()
    speech = PageSpeech(context)
    html = environment(speech.language).get_template(f"{name}.html").render(
        view=view, reader=reader_of(context) if context.actor is not None else None,
        form=form if form is not None else Texts(), w=speech, t=speech.t,
        frame=Frame(context, forgery.token(context.asked, visitor)), problem=problem, acted=just_acted(context),
    )
    response = HTMLResponse(html, status)
    if visitor:
        forgery.remember_visitor(response, context.asked, visitor)
    return response


def see_other(context: Context, path: str) -> Response:
    """The browser goes to a page of ours and shows it: after a POST, so that going back and forth sends nothing again."""
    return RedirectResponse(f"{context.asked.root}{path}", SEE_OTHER)


class Frame:
    """What every page has around it: where it is, in which look, the token of its forms. `handed_in`: whether files came with the form
    that it shows again, which no page can put back; and how many a form takes, and bytes of one and of all together.
    """

    def __init__(self, context: Context, token: str) -> None:
        self.language, self.theme, self.path = context.language, context.theme, context.asked.path
        self.token, self.token_name = token, forgery.FIELD
        self.live = context.site.live
        self.handed_in = bool(context.form.files)
        self.most_bytes, self.most_together, self.most_files = LARGEST_FILE, LARGEST_UPLOAD, MOST_FILES
        self.here = f"{context.asked.path}?{context.asked.query}" if context.asked.query else context.asked.path


def reader_of(context: Context) -> Reader:
    """Whoever is signed in, as pages know them. Raises NotSignedIn."""
    return reader(context.record.desk, context.who, context.record.city, sandbox=context.record.sandbox)


def after(path: str, number: str, seq: int) -> str:
    """A page of ours that says what was just done to a ticket: the event of this place."""
    return f"{path}{'&' if '?' in path else '?'}{ACTED}={number}.{seq}"


def just_acted(context: Context) -> Acted | None:
    """What whoever looks did before they came here, where the address says that."""
    if context.actor is None or ACTED not in context.asked.query:
        return None
    number, _, seq = (context.query.get(ACTED) or "").rpartition(".")
    return acted(context.record.desk, context.actor, number, int(seq)) if number and NUMBER.fullmatch(seq) else None


def own_path(text: str | None) -> str | None:
    """A path of ours that somebody is to be sent to; None for anything that might lead elsewhere."""
    plain: Any = text or ""
    safe = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain and plain.isprintable()
    return plain if safe else None
