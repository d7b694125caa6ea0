"""E-mail by the office's own server: plain text, one line to the server kept open for all letters of a delivery.

The idempotency key stands in Message-ID and in a header of its own: a server that got the letter twice can drop the second.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from engine.notices.address import is_email
from engine.notices.channels.line import Line
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import EmailSetup

KEY_HEADER = "Zhenggai-Key"
LONGEST_SECONDS: float = 30
"""For connecting and one letter."""

FAREWELL_SECONDS: float = 5
"""For saying goodbye; the letters are sent by then."""


class _Conversation(smtplib.SMTP):
    """SMTP over a line of ours, from whose first byte a deadline holds."""

    def __init__(self, line: Line, host: str, port: int, trusted: ssl.SSLContext | None) -> None:
        """Connects and is greeted; protected from the first byte on where `trusted` says whom to believe. Raises SMTPException, OSError."""
        self._line, self._trusted = line, trusted
        super().__init__(host, port, local_hostname=line.looked_up(_own_name))

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """What `smtplib` connects by."""
        raw = self._line.connect(host, port)
        if self._trusted is None:
            return raw
        try:
            return self._trusted.wrap_socket(raw, server_hostname=host)
        except BaseException:
            raw.close()
            raise


class Email:
    """The channel to the mail server of the office. `seconds` is the most that connecting and one letter may take."""

    def __init__(self, setup: EmailSetup, seconds: float = LONGEST_SECONDS) -> None:
        self.setup, self.seconds = setup, seconds
        self._line = Line()
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: Message) -> None:
        if not is_email(message.address):
            raise Undelivered("bad-address", permanent=True)
        letter = letter_of(message, self.setup.sender)
        try:
            with self._line.within(self.seconds):
                self._connected().send_message(letter, parseaddr(self.setup.sender)[1], [message.address])
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
        try:
            if self._smtp is not None:
                with self._line.within(min(self.seconds, FAREWELL_SECONDS)):
                    self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            return  # nothing depends on it
        finally:
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        setup = self.setup
        trusted = ssl.create_default_context(cafile=setup.ca_file) if setup.security != "none" else None
        self._smtp = smtp = _Conversation(self._line, setup.host, setup.port, trusted if setup.security == "tls" else None)
        if setup.security == "starttls":
            smtp.starttls(context=trusted)
        if setup.user is not None and setup.password is not None:
            smtp.login(setup.user, setup.password.read())
        return smtp

    def _forget_unless_alive(self) -> None:
        """A refusal ends the letter, not the line; some servers hang up all the same, or never took us in."""
        if self._smtp is None or self._smtp.sock is None:
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()
        self._line.close()


def _own_name() -> str:
    """What this machine calls itself; `smtplib` would ask the network for it, without an end."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"


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
