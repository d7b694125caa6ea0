"""`[notices]` of `zg.toml`: what it may say, and every mistake told at once without a secret."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from engine.notices.reach import Policy
from engine.notices.setup import InvalidNotices, Setup, read_setup

WHOLE = """
link = "https://zg.example.gov.cn/tickets/{number}"
language = "zh"
[digest]
leader = "daily"
contact = "off"
[email]
host = "mail.example.gov.cn"
security = "starttls"
from = "督办单位 <zg@example.gov.cn>"
user = "zg"
password_env = "ZG_MAIL_PASSWORD"
[sms]
url = "http://10.0.0.7:8080/send?app=zg"
format = "form"
signature = "【市营商办】"
expect = "OK"
secret_file = "SECRET"
[sms.fields]
mobile = "{phone}"
content = "{text}"
token = "{secret}"
[chat]
wecom = true
dingtalk = "https://Chat.example.gov.cn:8443/"
feishu = false
[[webhook]]
name = "hub"
url = "https://hub.example.gov.cn/events"
secret_file = "SECRET"
"""


def setup_of(text: str, tmp_path: Path) -> Setup:
    (tmp_path / "secret").write_text("whisper\n", encoding="utf-8")
    said = tomllib.loads(text.replace("SECRET", str(tmp_path / "secret")))
    return read_setup(said, "en", {}, str(tmp_path / "zg.toml"))


def mistakes(text: str, tmp_path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InvalidNotices) as caught:
        setup_of(text, tmp_path)
    return [(problem.code, problem.values["path"]) for problem in caught.value.problems]


def test_everything_an_office_may_say_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZG_MAIL_PASSWORD", "murmur")
    setup = setup_of(WHOLE, tmp_path)
    assert setup.language == "zh" and setup.digest == {"leader": "daily"}
    assert setup.email is not None and setup.email.port == 587 and setup.email.password is not None
    assert setup.email.password.read() == "murmur"
    assert setup.sms is not None and setup.sms.secret is not None and setup.sms.secret.read() == "whisper"
    assert setup.webhooks[0].secret.read() == "whisper"
    assert setup.policy() == Policy(("email", "sms", "wecom", "dingtalk"), ("hub",), {"leader": "daily"})
    assert setup.chats["wecom"].sites == ("https://qyapi.weixin.qq.com",)
    assert setup.chats["dingtalk"].sites == ("https://chat.example.gov.cn:8443",)
    assert "whisper" not in repr(setup) and "murmur" not in repr(setup)


def test_nothing_said_is_the_inbox_only_and_leaders_weekly() -> None:
    setup = read_setup(None, "en", {}, "zg.toml")
    assert setup == Setup(language="en") and setup.digest == {"leader": "weekly"}
    assert setup.policy() == Policy((), (), {"leader": "weekly"})


EMAIL = '[email]\nhost = "m"\nfrom = "zg@example.gov.cn"\n'
SMS = '[sms]\nurl = "http://h/"\n'
HOOK = '[[webhook]]\nname = "hub"\nurl = "http://h/"\nsecret_file = "SECRET"\n'


@pytest.mark.parametrize(("text", "code", "path"), [
    ("emial = 1", "notices-unknown-near", "[notices] emial"), ("xyz = 1", "notices-unknown", "[notices] xyz"),
    ('link = "https://x/"', "notices-link", "[notices] link"), ('link = "{number}"', "notices-link", "[notices] link"),
    ("link = 3", "notices-not-a-text", "[notices] link"), ('language = "fr"', "notices-choice", "[notices] language"),
    ("email = 3", "notices-not-a-table", "[notices.email]"), ('[digest]\nleader = "hourly"', "notices-choice", "[notices.digest] leader"),
    ('[digest]\nxq = "daily"', "notices-unknown", "[notices.digest] xq"),
    ('[email]\nfrom = "a@b"', "notices-missing", "[notices.email] host"), (EMAIL + "port = 0", "notices-number", "[notices.email] port"),
    (EMAIL + "port = true", "notices-number", "[notices.email] port"),
    ('[email]\nhost = "m"\nfrom = "督办单位"', "notices-sender", "[notices.email] from"),
    ('[email]\nhost = "m"\nfrom = "a\\nBcc: b <c@d>"', "notices-not-a-text", "[notices.email] from"),
    (EMAIL + 'password = "x"', "notices-secret-in-file", "[notices.email] password"),
    (EMAIL + 'user = "zg"', "notices-secret-missing", "[notices.email] password_file"),
    (EMAIL + 'password_file = "SECRET-not"', "notices-secret-unread", "[notices.email] password_file"),
    (EMAIL + 'password_file = "/etc/hostname"', "notices-secret-outside", "[notices.email] password_file"),
    (EMAIL + 'password_file = "SECRET/../../secret"', "notices-secret-outside", "[notices.email] password_file"),
    (EMAIL + 'password_env = "ZG_NO_SUCH"', "notices-secret-unread", "[notices.email] password_env"),
    (EMAIL + 'ca_file = "/nowhere"', "notices-no-file", "[notices.email] ca_file"),
    ('[sms]\nurl = "ftp://h/"', "notices-url", "[notices.sms] url"), ('[sms]\nurl = "http://u:p@h/"', "notices-url", "[notices.sms] url"),
    ('[sms]\nurl = "http://[::1/"', "notices-url", "[notices.sms] url"),
    (SMS + "fields = 3", "notices-not-texts", "[notices.sms] fields"),
    (SMS + "[sms.fields]\na = 1", "notices-not-texts", "[notices.sms] fields"),
    (SMS + '[sms.fields]\na = "{phone}"', "notices-place-missing", "[notices.sms] fields"),
    (SMS + '[sms.fields]\na = "{phone}{text}{name}"', "notices-places", "[notices.sms] fields"),
    (SMS + '[sms.fields]\na = "{phone}{text}{secret}"', "notices-secret-missing", "[notices.sms] secret_file"),
    ("[chat]\nwecom = 1", "notices-site", "[notices.chat] wecom"),
    ('[chat]\nwecom = "https://h/path"', "notices-site", "[notices.chat] wecom"),
    ('[chat]\ndingtalk = "h.example.gov.cn"', "notices-site", "[notices.chat] dingtalk"),
    ('[[webhook]]\nname = "Hub"\nurl = "http://h/"\nsecret_file = "SECRET"', "notices-name", "[notices.webhook] name"),
    (HOOK + HOOK, "notices-twice", "[notices.webhook] name"),
    ('[[webhook]]\nname = "hub"\nurl = "http://h/"', "notices-secret-missing", "[notices.webhook] secret_file"),
    ("webhook = 3", "notices-not-a-table", "[notices.webhook]"),
])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, code: str, path: str) -> None:
    assert (code, path) in mistakes(text, tmp_path)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    found = mistakes('xyz = 1\n[email]\nport = 0\n[sms]\nurl = "x"\n', tmp_path)
    assert len(found) >= 5
