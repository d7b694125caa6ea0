"""`zg whoami`: as whom the commands run, for whom, and where."""

from __future__ import annotations

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.table import pairs


@verb("whoami", option("--json", "as_json", is_flag=True))
def whoami(call: Call, as_json: bool) -> int:
    app, actor = call.app, call.app.actor
    unit = call.unit_name(actor.unit) if actor.unit else None
    if call.json:
        call.dump({
            "account": actor.name, "title": call.title(actor.name), "role": actor.role, "unit": actor.unit, "unit_name": unit,
            "stands_for": actor.stands_for, "via": actor.via, "office": app.desk.office, "sandbox": app.sandbox,
        })
        return 0
    call.lines(pairs([
        (call.say("field.account"), actor.name), (call.say("field.as"), call.called(actor.name, actor.role, actor.unit)),
        (call.say("field.role"), call.say(f"role.{actor.role}")), (call.say("field.unit"), unit or ""),
        (call.say("field.stands-for"), call.person(actor.stands_for) if actor.stands_for else ""),
        (call.say("field.via"), actor.via), (call.say("field.database"), call.require_settings().shown_db),
    ], call.terminal))
    return 0
