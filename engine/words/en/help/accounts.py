"""Help of the commands for accounts."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.user": "accounts", "short.user.list": "the accounts there are", "short.user.show": "one account", "short.user.add": "a new account", "short.user.set": "changes an account",
    "short.user.disable": "acts no more", "short.user.stand-in": "who acts for whom", "short.user.hand-over": "what waits for one goes to another", "short.user.portfolio": "the units a leader answers for",
    "short.user.password": "a password for the web", "short.user.invite": "a one-time link to the web", "short.user.token": "a key for a program",

    "help.user": "Accounts: who may act. They are ended and never deleted; names, phones and addresses of persons stay outside what cannot be erased.",
    "example.user": "zg user list --unit 市发改委\nzg user add fgw2 --title 第二联络员 --role contact --unit 市发改委",
    "help.user.list": "Lists the accounts that may act; --all those that are ended, too.",
    "example.user.list": "zg user list --role leader\nzg user list --all --json",
    "help.user.show": "Shows an account: role, unit, time, stand-ins, portfolio. No secret.",
    "example.user.show": "zg user show fgw\nzg user show leader --json",
    "help.user.add": "Adds an account. Contacts and heads have a unit, the other roles none. An account of the role intake is named as its platform is: it brings the complaints and reviews of that source, or what that monitoring point found, and reads nothing.",
    "example.user.add": (
        "zg user add fgw2 --title 第二联络员 --role contact --unit 市发改委 --phone 13800000000\n"
        "zg --as admin user add duty --title 值班督查员 --role supervisor --until 2026-12-31"
    ),
    "help.user.set": "Changes title, role, unit, addresses or time of an account; --enable brings it back. Earlier events keep showing the title of their time.",
    "example.user.set": "zg user set fgw --title 第二联络员 --phone 13800000000\nzg user set fgw2 --unit 市税务局",
    "help.user.disable": "Ends an account, its tokens with it. The last supervisor and the last administrator cannot go.",
    "example.user.disable": "zg user disable fgw2 --reason 调离\nzg user disable fgw2",
    "help.user.stand-in": "Lets one account act for another while it lasts, with its role and unit: --as DEPUTY/NAME. The event says who for whom, and notices go to both. Within one unit, among supervisors, or among leaders.",
    "example.user.stand-in": (
        "zg user stand-in fgw-head --by fgw --from 2026-12-01 --until 2026-12-10\n"
        "zg user stand-in fgw-head --by fgw --end"
    ),
    "help.user.hand-over": "Gives what waits for an account to another: open tickets it leads, unanswered requests, its portfolio. Work belongs to units, so another contact needs nothing handed over. Both are told.",
    "example.user.hand-over": "zg user hand-over leader --to leader2 --dry-run\nzg user hand-over leader --to leader2",
    "short.user.codes": "who is told the codes of seals",
    "help.user.codes": "Has the watch tell an account the code of each seal, by its channels; --none ends it. What was told lies outside of the record: zg audit verify --code shows whoever rewrote the database or put it back.",
    "example.user.codes": "zg user codes leader\nzg user codes leader --none",
    "option.user.codes.none": "tell it no more",
    "help.user.portfolio": "Says which units a leader answers for, instead of those before. Where a ticket names no leader, only those who answer for its lead are told.",
    "example.user.portfolio": "zg user portfolio leader --unit 市发改委 --unit 市税务局\nzg user portfolio leader --none",
    "help.user.password": "Sets a password for signing in on the web: typed twice at the terminal, or one line of standard input; never part of the command.",
    "example.user.password": "zg user password fgw\nzg --as fgw user password fgw < FILE",
    "help.user.invite": "Makes a one-time link by which a person gives the own account a password. Good for 72 hours and once; another one ends those of before. --at is the address of the web.",
    "example.user.invite": "zg user invite fgw\nzg user invite fgw --at https://zg.example.gov.cn",
    "help.user.token": "Makes a token by which a program acts as the account in the API: to read, with --scope act for all that the account may do, or with --scope intake only to bring complaints and reviews, as every token of an intake account does. Shown once; --list lists them, --revoke ends one. Tokens begin with zgt_, so that leaks can be found.",
    "example.user.token": "zg user token fgw --name 政务平台 --scope act --expires 2027-01-01\nzg user token fgw --revoke 1a2b3c4d",

    "short.user.separate": "part the administrator's work in three",
    "help.user.separate": "Parts the administrator's work in three (三员分立), for good. The system administrator keeps units, calendars and workflows and enters accounts; the security administrator says what each account may: its role and unit, whether it acts, links, tokens and stand-ins; the auditor reads the log of the administration. None of the three handles a ticket, the first two see none, and supervisors keep no accounts any more. An account that the system administrator entered acts once the security administrator enabled it. The administrator runs it once, whose account ends by it; each of the three needs an account whose person has chosen a password.",
    "example.user.separate": "zg --as admin user add xitong --title \"system administrator\" --role system\nzg --as admin user add anquan --title \"security administrator\" --role security\nzg --as admin user separate --yes",
    "short.user.reset-second": "no second factor any more", "short.user.identity": "who signs in elsewhere",
    "help.user.reset-second": "Takes the second factor of an account away, for a person whose phone and recovery codes are gone; the person sets up another after signing in. It is an entry, and every browser is signed out.",
    "example.user.reset-second": "zg user reset-second fgw\nzg --as admin user reset-second leader",
    "help.user.identity": "Says who the person of an account is to a service that signs people in: --provider is its name in the settings, --subject what it calls the person. Only accounts that there are; none is made.",
    "example.user.identity": "zg user identity fgw --provider city --subject 4711\nzg user identity fgw --none",
    "option.provider": "the name of the service in the settings", "option.subject": "what the service calls the person", "option.user.identity.none": "nobody there any more",
    "option.address": "the address of the web; this machine, unless given",
    "option.role": "role: {choices}", "option.everybody": "those that are ended, too", "option.user.list.unit": "only of this unit",
    "option.user.add.title": "what to call the person, name or post", "option.user.set.title": "the new title", "option.user.add.unit": "the unit", "option.user.set.unit": "the new unit",
    "option.no_unit": "of no unit any more", "option.email": "e-mail address", "option.user.add.since": "from when on", "option.user.set.since": "from when on",
    "option.user.add.until": "to which day, included", "option.user.set.until": "to which day, included", "option.enable": "may act again", "option.user.disable.reason": "why",
    "option.by": "who acts", "option.user.stand-in.since": "from when on; now, unless given", "option.user.stand-in.until": "to which day, included", "option.end": "ends it early",
    "option.user.hand-over.to": "who takes over", "option.user.portfolio.unit": "a unit, any number of times", "option.empty": "no unit",
    "option.scope": "what may be done with it: {choices}", "option.per_minute": "requests answered a minute; 600, unless given", "option.called": "what to call the token, for example its program", "option.expires": "to which day, included", "option.listed": "lists the tokens", "option.revoke": "ends this token",
    "option.list.portfolio": "only units I answer for (leaders)",
    "option.user.add.phone": "phone number", "option.user.set.phone": "phone number",
}
