"""What is found where an event is judged again by the rules."""

from __future__ import annotations

_AGAIN = {
    "judged-watch": "only the watch writes this, and “{actor}” is not the watch",
    "judged-account": "there was no account “{actor}” then",
    "judged-ended": "“{actor}” could not act then",
    "judged-role": "“{actor}” was not {role} then (unit: {unit})",
    "judged-stand-in": "“{actor}” did not stand in for “{account}” then",
    "judged-may": "“{actor}” may not write this ({kind})",
    "judged-kind": "nothing writes such an event here ({kind})",
    "judged-form": "what it says is not what such an event says ({kind})",
    "judged-rows": "what it states is not what its rows change ({entry})",
    "judged-cause": "nothing in the record leads to it ({kind})",
    "judged-definition": "workflow {workflow} was not in force in this version then",
    "judged-unit": "{unit} was not in force then",
    "judged-rung": "no rung of “{clock}” had come then",
    "judged-state": "it leads to “{state}” instead of “{expected}”",
    "judged-effect": "it changes what such an act does not change ({effect})",
    "judged-value": "it changes something in another way than the rules do ({effect})",
    "judged-visit": "there was no visit {visit} then",
    "judged-earlier": "there was no ticket {earlier} then",
    "judged-batch": "there was no batch {batch} then",
    "judged-fact": "it states something else than the rules do ({fact})",
}

_HINT = "no command of the program wrote this: leave everything as it is and compare with the last backup and the last seal"

TEXTS = {
    "finding.unlawful": "the event is against the rules: {why}",
    "audit.judged": "Judged again by the rules as of their time: {count:event|events}.",
    "audit.unasked": "Could not be asked of some of them: {what}.",
    "unasked.people": "who there was and in which role", "unasked.units": "which units were in force",
    "unasked.effects": "what they changed",
    "unasked.original-kept": "whether the other ticket of a duplicate was kept",
    "unasked.lead-in-force": "whether the lead had ended",
    "unasked.keeps-lead": "whether another lead was named than the one that ended",
    "unasked.not-who-assigned": "whether somebody else could have checked it",
    "unasked.designate-with-basis": "whether a designation had its basis",
    "unasked.designate-after-two-denials": "whether two units had declined before",
    "unasked.late-left-out": "whether the reason for leaving a cooperator out was given",
    "unasked.definition": "anything, for want of the workflow", "unasked.rules": "anything, for want of a rule of the workflow",
    **_AGAIN, **{f"hint.{code}": _HINT for code in _AGAIN},
}
