"""The doctor: whether time is kept, everybody hears of it, and how far the calendar reaches."""

from __future__ import annotations

from starlette.responses import Response

from engine.clock import SystemClock
from engine.views.administration import DoctorPage, Finding
from engine.watch.doctor import Examined, examine
from engine.watch.doctor_text import advice_text, sign_text
from engine.web.context import Context
from engine.web.page import page
from engine.web.texts import Speech


def show(context: Context) -> Response:
    examined = examined_by(context)
    phrase = Speech(context).phrase()
    rows = tuple(Finding(sign.level, sign_text(phrase, sign), advice_text(phrase, sign)) for sign in examined.signs)
    return page(context, "doctor/show", DoctorPage(rows, examined.well), form=context.query)


def examined_by(context: Context) -> Examined:
    """What the doctor found, for whoever asks."""
    return examine(context.app, SystemClock().now(), context.settings.keys)
