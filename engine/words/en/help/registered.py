"""Help on late entries, consent, and withdrawals taken back."""

from __future__ import annotations

TEXTS = {
    "short.consent": "a leader says yes or no to a circular, a second extension …", "short.reinstate": "take a mistaken withdrawal back",
    "help.consent": (
        "A leader agrees to a circular or interview that is proposed, a second extension, a ruling on a decline; --refuse does not.\n"
        "The office writes down what a leader decided on paper, with the leader's name and a scan."
    ),
    "example.consent": (
        "zg --as leader consent 1\n"
        "zg consent 1 2 --by leader --file decision.pdf"
    ),
    "help.reinstate": (
        "Takes a mistaken withdrawal back: the number stays, the state is that of before; every clock goes on as\n"
        "early or as late as it stopped."
    ),
    "example.reinstate": "zg reinstate 2 --reason \"the wrong number\"\nzg reinstate 2 --reason \"the wrong number\" --due 10wd",
    "option.consent.in_by": "the leader: account, name or title", "option.in_refuse": "does not agree",
    "option.in_about": "to what: circular, interview, extension, designation",
    "option.paper_on": "a late entry from paper: when it was done; a day is before its close",
    "option.paper_basis": "a late entry: on what basis, such as the number in the register",
    "option.paper_unit": "a late entry: which unit's paper; not needed where only one can have",
    "option.yes": "answers the question that is asked at a terminal",
    "option.each_unit": "one for each member of the group that --lead names, all of one batch",
}
