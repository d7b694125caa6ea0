"""The doctor, for programs: whether time is kept, everybody hears of it, and how far the calendar reaches."""

from __future__ import annotations

from typing import TypedDict

from starlette.responses import Response

from engine.watch.doctor_text import advice_text, sign_text
from engine.web.api.answer import answer, named
from engine.web.context import Context
from engine.web.endpoints.doctor import examined_by
from engine.web.query import must_know
from engine.web.texts import Speech


class SignView(TypedDict):
    """Something that the doctor looked at: `level` is well, note or needs; `advice` what is to be done, where something is."""

    code: str
    level: str
    message: str
    advice: str | None


class ExaminedView(TypedDict):
    """What the doctor found; `well` where nothing needs somebody."""

    well: bool
    signs: list[SignView]


def one(context: Context) -> Response:
    """What the doctor found, each thing with what is to be done about it."""
    must_know(named(context.asked), ())
    examined, phrase = examined_by(context), Speech(context).phrase()
    view: ExaminedView = {"well": examined.well, "signs": [
        {"code": sign.code, "level": sign.level, "message": sign_text(phrase, sign), "advice": advice_text(phrase, sign)}
        for sign in examined.signs
    ]}
    return answer(context.asked, view)
