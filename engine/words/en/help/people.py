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
    "option.in_again": "a cooperator that has to sign off again; other sign-offs stand; may be repeated",
    "option.reopen.in_lead": "the lead; to be named where the former one is no more",

    "help.endorse": "The head endorses; grades A and B need it before submission. A contact hands in a scan of what the head signed.",
    "example.endorse": "zg --as fgw-head endorse 1\nzg --as FGW endorse 1 --file signed.pdf",
    "short.send-back": "the head sends a draft back",
    "help.send-back": "The head does not endorse it yet and says what is to be revised. Once the lead reports progress it is before the head again.",
    "example.send-back": "zg --as fgw-head send-back 1 --reason 'photos of before and after are missing'\nzg --as fgw-head send-back 1 2 --reason 'say which rule was followed'",
    "short.progress": "report progress", "help.progress": "Lead or cooperator reports progress; state and dates stay.",
    "example.progress": "zg --as FGW progress 1 --note 'the new form is printed'\nzg --as SHUIWJ progress 1 --note 'testing' --file screen.png",
    "short.urge": "urge by phone, text message or visit; counted", "help.urge": "The office urges beside the ladder; it is counted and changes no level.",
    "example.urge": "zg urge 1 --by phone --note 'promised by Friday'\nzg list --light yellow | zg urge - --by sms",
    "short.instruct": "a leader's instruction",
    "help.instruct": "A leader's instruction, or the office writes it down; to be answered in 15 working days, urgent in 3. No state changes.",
    "example.instruct": "zg --as leader instruct 1 --note 'finish it in time'\nzg instruct 1 --by leader --note 'finish it in time' --urgent",
    "short.report-back": "answer a leader's instruction", "help.report-back": "The lead answers the instructions that wait for it.",
    "example.report-back": "zg --as FGW report-back 1 --note 'done as instructed'\nzg --as FGW report-back 1 --note done --file report.pdf",
    "short.review": "review a standing item", "help.review": "Office or lead reviews a standing item; the next review is counted from this one (3 months).",
    "example.review": "zg review 1 --note 'five counters checked'\nzg --as FGW review 1 --note 'still in order' --file list.pdf",
    "option.in_standing": "a standing item: no due date, reviewed from time to time",
    "option.standing": "make it a standing item: no due date, reviewed from time to time",
    "option.urge.in_by": "{choices}", "option.instruct.in_by": "the leader whose instruction it is (where the office writes it down)",
    "option.in_report_by": "when the answer is due; 15 working days unless said", "option.in_urgent": "urgent: 3 working days",
    "option.endorse.in_file": "the scan of what the head signed; may be repeated",
}
