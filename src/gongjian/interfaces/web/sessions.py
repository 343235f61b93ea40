"""Sessions that end when nobody asks for anything, and are not written at every request; and whose
they are, read at once with unit and roles."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.contrib.sessions.models import Session

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import account_standing, session_running
from gongjian.interfaces.request import real_now, today

BETWEEN = timedelta(minutes=3)  # two writes; one costs a page as much as all it reads


class SessionStore(Rows):
    """A session that knows when it ends: 27 to 30 minutes after the last request, never later."""

    ends_at: datetime | None = None

    def renew(self, *, at: datetime) -> None:
        """Begin the half hour again, unless it has only just begun."""
        whole = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if self.ends_at is not None and self.ends_at - at <= whole - BETWEEN:
            self.modified = True

    def _get_session_from_db(self) -> Session | None:
        row = session_running(self.session_key or "", at=real_now())
        if row is None:
            self._session_key = None
        self.ends_at = row.expire_date if row else None
        return row


class Accounts(ModelBackend):
    """Accounts by name and password; whose a session is, is read as it stands today."""

    def get_user(self, user_id: int) -> User | None:
        """An open account with its unit and roles; None where it was closed."""
        return account_standing(user_id, on=today())
