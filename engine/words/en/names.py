"""People, sources, states, events and inputs by name."""



from __future__ import annotations

TEXTS = {
    # who
    "who.office": "supervision office", "who.lead": "lead", "who.cooperator": "cooperator", "who.head": "head of the unit",
    "who.leader": "leader", "who.watch": "the watch", "who.intake": "a platform's program",
    "token-scope.read": "read", "token-scope.act": "read and act", "token-scope.intake": "take in only",
    "role.supervisor": "supervision office", "role.head": "head", "role.contact": "contact", "role.leader": "leader",
    "role.auditor": "auditor", "role.admin": "administrator",
    "role.system": "system administrator", "role.security": "security administrator", "role.watch": "the watch", "role.intake": "intake",
    "relation.subordinate": "city department", "relation.county": "county or district", "relation.party": "party",
    "relation.court": "judicial body", "relation.vertical": "under its own ministry", "relation.enterprise": "enterprise",
    "kind-of-unit.bureau": "bureau", "kind-of-unit.party": "party department", "kind-of-unit.court": "court",
    "kind-of-unit.county": "county or district", "kind-of-unit.enterprise": "enterprise", "kind-of-unit.institution": "institution",
    "rank-group.department": "departments", "rank-group.county": "counties and districts", "rank-group.utility": "utilities",
    "rank-group.stationed": "offices of higher bodies",
    "kind-of-unit.office": "office", "kind-of-unit.association": "association", "kind-of-unit.group": "group",

    # sources, states, events
    "source.evaluation": "evaluation", "source.visit": "site visit", "source.review": "service review",
    "source.complaint": "complaint", "source.monitor": "monitoring", "source.instruction": "leader's instruction",
    "source.superior": "higher authority", "source.meeting": "meeting", "source.inspection": "inspection", "source.media": "media",
    "source.self": "own finding",
    "state.found": "to be assigned", "state.assigned": "to be accepted", "state.rectifying": "rectifying",
    "state.submitted": "to be verified", "state.verified": "verified", "state.suspended": "suspended", "state.withdrawn": "withdrawn",
    "trigger.open": "open", "trigger.amend": "amend", "trigger.link": "link", "trigger.unlink": "unlink",
    "kind.opened": "opened", "kind.imported": "imported", "kind.did": "done", "kind.amended": "amended", "kind.escalated": "escalated",
    "kind.rescheduled": "rescheduled", "kind.migrated": "migrated", "kind.linked": "linked", "kind.unlinked": "unlinked",
    "kind.erased": "words erased",
    "kind.restored": "restored copy goes on",
    "kind.set-aside": "set aside", "kind.set": "set", "kind.loaded": "loaded", "kind.sealed": "sealed", "kind.read": "read",
    "kind.upgraded": "upgraded", "kind.clocked": "clock moved",
    "closed.verified": "verified", "closed.duplicate": "duplicate", "closed.mistake": "opened by mistake",
    "closed.not-a-problem": "not a problem",
    "relation-to.relapse-of": "relapse of", "relation-to.relapsed-as": "relapsed as",
    "relation-to.duplicate-of": "duplicate of", "relation-to.has-duplicate": "repeated by",
    "relation-to.not-duplicate-of": "no duplicate of", "relation-to.no-duplicate": "not repeated by",

    # inputs
    "input.lead": "lead", "input.with": "cooperators", "input.leader": "leader", "input.due": "due date",
    "input.outer": "the superior's date", "input.to": "new date",
    "input.user.hand-over.to": "account that takes over", "input.user.stand-in.by": "account that stands in",
    "input.user.add.title": "title of the person",
    "input.until": "until", "input.report_by": "report by", "input.reason": "reason", "input.note": "note",
    "input.clause": "clause of duties", "input.basis": "basis", "input.approved_by": "approved by", "input.suggest": "unit suggested",
    "input.designate": "designation", "input.to_unit": "to the unit",
    "input.as": "as", "input.of": "original ticket", "input.review": "review", "input.without": "without", "input.by": "by",
    "input.other": "number of the original", "input.out": "folder", "input.redact.seq": "number of the event",
    "input.audit.rebuild.into": "database to rebuild into",
    "input.restore.into": "database to restore into", "input.restore.basis": "basis", "input.unit.add.kind": "kind of unit",
    "input.unit.add.relation": "relation to the city", "input.user.stand-in.until": "last day of standing in",
    "input.unit.basis": "basis", "input.unit.since": "day it takes effect",
    "input.unit.merge.into": "successor", "input.unit.rename.to": "new name", "input.user.add.role": "role",
    "input.signed": "signed", "input.title": "title", "input.detail": "detail", "input.grade": "grade", "input.measure": "measure",
    "input.source": "source", "input.officer": "officer", "input.key": "key", "input.file": "evidence",
}
