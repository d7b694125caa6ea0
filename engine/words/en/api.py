"""What programs are told when they ask for what cannot be."""

from __future__ import annotations

TEXTS = {
    "query-number": "“{text}” is no number that {name} can be.",
    "why.query-number": "It is a whole number from 1 on.",
    "hint.query-number": "leave it out, or write a number",
    "query-empty": "The address names {names} and says nothing of them.",
    "why.query-empty": "If they were passed over, everything would be shown.",
    "hint.query-empty": "leave out what is not meant",
    "bad-messages": "What came is no list of messages.",
    "why.bad-messages": "Each message is an object of plain values, and all of them are `messages`.",
    "hint.bad-messages": "see the document of the API",
    "messages-most": "One request brings 1 to {most:message|messages}.",
    "why.messages-most": "Nothing was taken in.",
    "hint.messages-most": "send the others with the next request",
    "if-match-unknown": "“{text}” is no ETag of a ticket.",
    "why.if-match-unknown": "The version to which alone the act may be done is not known.",
    "hint.if-match-unknown": "send the ETag of the answer that was looked at",
    "bad-json": "What came is no JSON object of texts, whole numbers, switches and lists of texts.",
    "why.bad-json": "Nothing of it was looked at.",
    "hint.bad-json": "see the document of the API",
    "bad-json-value": "The value of “{name}” is of another type than is taken here.", "why.bad-json-value": "Nothing was done.",
    "hint.bad-json-value": "the document of the API has the types",
    "api.hint.page-not-found": "the document of the API has the addresses: /api/v1/openapi.json",
    "api.hint.method-not-taken": "the answer's head Allow and the document of the API have the methods",
    "act-unnamed": "Which act is meant was not said.",
    "why.act-unnamed": "Several tickets are acted on by one trigger.",
    "hint.act-unnamed": "send its name as `trigger`",
    "act-each-twice": "One ticket is named twice in `each`.",
    "why.act-each-twice": "Two of its numbers mean the same ticket, and what it takes is said under both.",
    "hint.act-each-twice": "name each ticket once",
    "api.about": (
        "Rectification tickets. Texts are given as a person types them: units by code, name or alias, dates as 2020-10-09, amounts as 5wd."
        " The account of a token sees and does here what it sees and does everywhere."
    ),
    "api.token": "The key of a program to what its account may do.",
    "api.etag": "The version of the ticket, and a digest of what is shown.",
    "api.if-none-match": "The ETag of what is known already.",
    "api.if-match": "The ETag of the version to which alone it is to be done.",
    "api.idempotency-key": "Names this request, so that it is done once however often it is sent; kept for 24 hours.",
    "api.status.200": "Done", "api.status.201": "Made", "api.status.207": "Done in part",
    "api.status.304": "Known already", "api.status.400": "Not understood", "api.status.401": "Not signed in",
    "api.status.403": "Not permitted", "api.status.404": "Not there", "api.status.405": "No such method",
    "api.status.408": "Too slow", "api.status.409": "Somebody was faster", "api.status.412": "Another version",
    "api.status.413": "Too large", "api.status.422": "Refused", "api.status.429": "Too often",
    "api.status.500": "Our fault", "api.status.503": "Try again", "api.status.507": "Not kept",
}
