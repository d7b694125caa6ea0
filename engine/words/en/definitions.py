"""Mistakes in a workflow file."""



from __future__ import annotations

TEXTS = {
    # mistakes in a workflow file
    "definition-alias": "anchors and aliases of YAML cannot be used",
    "definition-yaml": "not valid YAML: {message}",
    "definition-empty": "the file is empty",
    "definition-bad-amount": "{path}: “{key}” is no amount of time like 5 working days or 1 month",
    "definition-bad-key": "{path}: a key is one word",
    "definition-bad-name": "{path}: “{key}” is no name; letters, digits and hyphens only",
    "definition-missing-key": "{path}: {key} is missing",
    "definition-not-a-flag": "{path}: only true or false",
    "definition-not-a-list": "{path}: should be a list",
    "definition-not-a-mapping": "{path}: should be “key: value”",
    "definition-not-a-number": "{path}: should be a whole number from {low} to {high}",
    "definition-not-a-text": "{path}: should be one line of up to 200 characters",
    "definition-one-guard": "{path}: a guard with grades stands alone",
    "definition-twice": "{path}: {key} stands there twice",
    "definition-unknown-choice": "{path}: cannot be “{key}”; it may be: {known}",
    "definition-unknown-key": "{path}: there is no {key}; it may be: {known}",
    "check-unknown": "the {kind} “{name}” does not exist; the nearest: {near}",
    "check-clock-at-rest": "“{state}” is an end or rests, so no clock runs there",
    "check-empty-ladder": "clock {clock}: the ladder {ladder} is empty",
    "check-ends-at-once": "the first state “{state}” cannot be an end",
    "check-idle-clock": "clock {clock} runs in no state",
    "check-letter": "rung “{rung}” does not say which letter other units get (no *)",
    "check-never-ends": "from “{state}” no end can ever be reached",
    "check-never-issued": "what rung “{rung}” proposes can never be issued or waived (no trigger with the effects issue and waive)",
    "check-no-answer-clock": "an extension can be asked for, but no clock limits its answer (none with runs_with: request)",
    "check-never-verified": "“{trigger}” is for other hands, but not for the office",
    "check-no-amount": "clock {clock} has no amount for: {grades}",
    "check-no-clock": "“{state}” waits for: {turn}, but has no clock of theirs",
    "check-no-end": "the workflow has no end",
    "check-no-turn": "“{state}” does not say whose turn it is",
    "check-nobody": "nobody may do “{trigger}”",
    "check-one-promise": "exactly one clock is the promise; there are {count}",
    "check-own-judge": "“{trigger}” closes the ticket without the guard other-hands: whoever did it could verify it",
    "check-rung-cannot-fire": "rung “{rung}” fires “{trigger}”, which cannot happen where its clock runs",
    "check-rung-order": "ladder {ladder}: “{rung}” ({grade}) comes after “{before}”, but its date or level is lower",
    "check-rung-trigger": "rung “{rung}”: a trigger is named where act is fire, and only there",
    "check-rung-twice": "ladder {ladder}: “{rung}” stands there twice",
    "check-stuck": "nothing leads out of “{state}”",
    "check-unreachable": "nothing leads to “{state}”",
}
