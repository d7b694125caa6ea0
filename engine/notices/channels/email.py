"""E-mail by the office's own server: plain text, one line to the server kept open for all letters of a delivery.

The idempotency key stands in Message-ID and in a header of its own: a server that got the letter twice can drop the second.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from engine.notices.address import is_email
from engine.notices.channels.http import within
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import EmailSetup

KEY_HEADER = "Zhenggai-Key"
LONGEST_SECONDS: float = 30
"""For connecting and one letter."""


class Email:
    """The channel to the mail server of the office."""

    def __init__(self, setup: EmailSetup) -> None:
        self.setup = setup
        self._line: smtplib.SMTP | None = None

    def send(self, message: Message) -> None:
        if not is_email(message.address):
            raise Undelivered("bad-address", permanent=True)
        letter = letter_of(message, self.setup.sender)
        try:
            with within(LONGEST_SECONDS, lambda: self._line.sock if self._line else None):
                line = self._connected()
                line.send_message(letter, parseaddr(self.setup.sender)[1], [message.address])
        except smtplib.SMTPRecipientsRefused as error:
            self._forget_unless_alive()
            status = next(iter(error.recipients.values()))[0]
            raise Undelivered(f"smtp-{status}", permanent=status >= 500) from None
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise Undelivered(f"smtp-login-{error.smtp_code}", down=True) from None
        except smtplib.SMTPResponseException as error:
            self._forget_unless_alive()
            # A sender the server does not take, or a greeting that says no, is our trouble and not this letter's.
            ours = isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPConnectError | smtplib.SMTPHeloError)
            raise Undelivered(f"smtp-{error.smtp_code}", permanent=error.smtp_code >= 500 and not ours, down=ours) from None
        except TimeoutError:
            self._drop()
            raise Undelivered("timeout", down=True) from None
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Undelivered(f"connect-{type(error).__name__}", down=True) from None

    def close(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        try:
            line.quit()
        except (smtplib.SMTPException, OSError):
            line.close()

    def _connected(self) -> smtplib.SMTP:
        if self._line is not None:
            return self._line
        setup = self.setup
        trusted = ssl.create_default_context(cafile=setup.ca_file) if setup.security != "none" else None
        if setup.security == "tls":
            self._line = smtplib.SMTP_SSL(setup.host, setup.port, timeout=LONGEST_SECONDS, context=trusted)
        else:
            self._line = smtplib.SMTP(setup.host, setup.port, timeout=LONGEST_SECONDS)
        if setup.security == "starttls":
            self._line.starttls(context=trusted)
        if setup.user is not None and setup.password is not None:
            self._line.login(setup.user, setup.password.read())
        return self._line

    def _forget_unless_alive(self) -> None:
        """A refusal ends the letter, not the line; some servers hang up all the same."""
        if self._line is not None and self._line.sock is None:
            self._drop()

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def letter_of(message: Message, sender: str) -> EmailMessage:
    """The letter. Header values of one line only: the policy refuses line breaks, and the subject has none."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = message.address
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.at.astimezone(UTC))
    letter["Message-ID"] = f"<{message.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    letter[KEY_HEADER] = message.key
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body, cte="base64" if not message.body.isascii() else "quoted-printable")
    return letter
