"""zg notices."""

from __future__ import annotations

TEXTS = {
    "short.notices": "what I was told; what was sent",
    "help.notices": "What you were told and have not read, newest first. The inbox is always written; other channels keep office hours.",
    "example.notices": "zg notices\nzg --as FGW notices --all --json",
    "short.notices.outbox": "what was sent, and what was not delivered",
    "help.notices.outbox": "Letters by e-mail, SMS and so on, with what became of them; --dead lists those given up. For the office.",
    "example.notices.outbox": "zg notices outbox\nzg notices outbox --dead --json",
    "short.notices.resend": "send again",
    "help.notices.resend": "Tries from the beginning what was not delivered, under the same keys, so that a receiver knows a repetition.",
    "example.notices.resend": "zg notices resend --dead\nzg notices resend 120 121",
    "short.notices.deliver": "send now, once",
    "help.notices.deliver": "Sends what may go out now, once; zg watch does so by itself. Channels stand in [notices] of zg.toml.",
    "example.notices.deliver": "zg notices deliver\nzg notices deliver --json",
    "short.user.chat": "the WeCom, DingTalk or Feishu robot",
    "help.user.chat": "The webhook address of the robot, as the room shows it, typed or a line of standard input: it holds a key, so it "
    "is never an argument or shown. Where the robot wants signed messages, &secret=SEC... (Feishu: ?secret=...) goes after it.",
    "example.user.chat": "zg user chat fgw < robot\nzg user chat fgw --none",
    "option.none": "take it away",
    "option.everything": "those read, too", "option.mark": "mark them as read", "option.notices.limit": "at most so many",
    "option.notices.outbox.limit": "at most so many", "option.notices.outbox.dead": "only those given up",
    "option.notices.resend.dead": "everything that was given up",
}
