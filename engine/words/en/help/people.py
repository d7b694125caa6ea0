"""Help of the commands of cooperators, heads, leaders and reviews."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.object": "a cooperator objects to its part",
    "help.object": "A cooperator objects to its part, with a reason; the lead and the office are told. No clock stops.",
    "example.object": "zg --as SHUIWJ object 1 --reason 'the province runs that system'\nzg --as SHUIWJ object 1 2 --reason 'not our duty'",
    "help.submit": "The lead submits what was done, with evidence. A cooperator late with its sign-off need not be waited for, with a reason.",
    "example.submit": (
        "zg --as FGW submit 1 --note done --file form.pdf --file photo.jpg\n"
        "zg --as FGW submit 1 --note done --without SHUIWJ --reason 'asked three times'"
    ),
    "option.in_without": "a cooperator that is late and not waited for; may be repeated", "option.submit.in_reason": "why it is not waited for",
}
