# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First credentials of the roster: who is to be issued them today, by which deliveries, and whom they go to. Pure.

Only those who are to have access today are in a roster with a wish for credentials: nobody else is issued anything.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._core.delivery import MAIL, Recipient
from .._core.desired import DesiredUser
from .._core.issuing import way_of
from .._core.mail_domains import domain_fault
from .._core.model import fold
from .._core.names import meant, shown
from .._core.steps import Fault
from .._core.tags import EMPLOYEE_ID_TAG, MARK

if t.TYPE_CHECKING:
    from .._chart.values import Chart, Person
    from .._core.delivery import Delivery
    from .._core.desired import DesiredCredential
    from .._core.model import Directory

MISSING = "missing"
"""Issues to those who are to have a password, have none, and never had one."""

_OURS = frozenset({*MARK, EMPLOYEE_ID_TAG})
_ISSUING_WAYS = frozenset({"join", "reissue", "heal", "first"})
_UNREACHED = (
    "is to be issued first credentials and has neither credentials_to nor email to mail them to; "
    "write one, or console: false"
)


@dataclasses.dataclass(frozen=True)
class CredentialSettings:
    """What the run is told of first credentials. ``reissue`` are names or employee ids; ``issue`` is MISSING, or what
    somebody wrote in its place.

    ``everyone`` is the department of all employees, which tells nothing of anybody; ``sign_in_url`` is where people
    sign in, if that is not for us to know. ``mail_domains`` are those that passwords may be mailed to, None is any.
    """

    deliveries: tuple[Delivery, ...] = ()
    expire_after_days: int | None = None
    reissue: frozenset[str] = frozenset()
    issue: str | None = None
    everyone: str | None = None
    sign_in_url: str | None = None
    mail_domains: tuple[str, ...] | None = None

    def expired_before(self, now: datetime.datetime) -> datetime.datetime | None:
        """What was delivered before that and never claimed is too old."""
        return None if self.expire_after_days is None else now - datetime.timedelta(days=self.expire_after_days)


@dataclasses.dataclass(frozen=True)
class FirstCredentials:
    """The roster's users with what is asked of their credentials, and whom those go to, by key of the user's name."""

    users: tuple[DesiredUser, ...] = ()
    recipients: t.Mapping[str, Recipient] = dataclasses.field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def first_credentials(
    chart: Chart,
    users: t.Sequence[DesiredUser],
    directory: Directory,
    settings: CredentialSettings,
    *,
    now: datetime.datetime,
    limited: bool = False,
) -> FirstCredentials:
    """``users`` are those of the settled roster. A run that is ``limited`` to some does not know everybody's names."""
    asking = _Asking(chart, directory, settings, settings.expired_before(now))
    wanted = tuple(map(asking.asked, users))
    faults = (*asking.faults, *_issue_faults(settings), *_reissue_faults(chart, users, settings, limited=limited))
    return FirstCredentials(wanted, asking.recipients, faults)


class _Asking:
    """One asking: what was found so far."""

    def __init__(
        self,
        chart: Chart,
        directory: Directory,
        settings: CredentialSettings,
        expired_before: datetime.datetime | None,
    ) -> None:
        self._people = _People(chart)
        self._require_mfa = chart.require_mfa
        self._directory = directory
        self._settings = settings
        self._expired_before = expired_before
        self.recipients: dict[str, Recipient] = {}
        self.faults: list[Fault] = []

    def asked(self, wanted: DesiredUser) -> DesiredUser:
        """The wish with what is asked of first credentials."""
        if wanted.credential is None:
            return wanted
        wished = dataclasses.replace(
            wanted,
            credential=dataclasses.replace(
                wanted.credential,
                by=tuple(delivery.name for delivery in self._settings.deliveries),
                expired_before=self._expired_before,
                missing=self._settings.issue == MISSING and wanted.credential.console,
                reissue=bool(self._settings.reissue) and _is_named(wanted, self._settings.reissue),
            ),
        )
        person, way = self._people.of(wanted), self._way(wished)
        return wished if person is None or way is None else self._reached(wished, person, way)

    def _reached(self, wanted: DesiredUser, person: Person, way: str) -> DesiredUser:
        """The wish with those deliveries alone that reach who is to be issued something.

        Whether who is there already has no password is not known yet: that nothing reaches them may be no fault.
        """
        recipient = dataclasses.replace(
            recipient_of(person, wanted, self._settings.everyone), require_mfa=self._requires_mfa(wanted)
        )
        reached = tuple(delivery.name for delivery in self._settings.deliveries if delivery.reaches(recipient))
        self.recipients[fold(wanted.name)] = recipient
        credential = t.cast("DesiredCredential", wanted.credential)
        unreached = self._unreached(reached, recipient)
        if unreached is not None and way == "first":
            return dataclasses.replace(wanted, credential=dataclasses.replace(credential, unreached=unreached))
        self.faults += [] if unreached is None else [Fault(f"employee {person.name}", unreached)]
        return dataclasses.replace(wanted, credential=dataclasses.replace(credential, by=reached))

    def _requires_mfa(self, wanted: DesiredUser) -> bool:
        """Whether any of the person's departments requires MFA, those included that the entry leaves as they are."""
        kept = set() if wanted.purge_groups else self._directory.groups_of(wanted.rename_from or wanted.name)
        return bool(self._require_mfa & {*map(fold, wanted.groups or ()), *kept})

    def _unreached(self, reached: t.Collection[str], recipient: Recipient) -> str | None:
        """Why this person cannot be delivered anything."""
        if not reached:
            return _UNREACHED
        if MAIL not in reached or recipient.address is None:
            return None
        return domain_fault(recipient.address, self._settings.mail_domains)

    def _way(self, wanted: DesiredUser) -> str | None:
        """How somebody is issued something, or None."""
        credential = wanted.credential
        if credential is None or not credential.by or not (credential.console or credential.access_key):
            return None
        user = self._directory.user(wanted.rename_from or wanted.name)
        way = "join" if user is None else way_of(wanted, user)
        return way if way in _ISSUING_WAYS else None


class _People:
    """The people of the chart by the users that are wished for, who may keep a name that the list no longer has."""

    def __init__(self, chart: Chart) -> None:
        self._by_key = chart.people
        self._by_id = {person.employee_id: person for person in chart.people.values() if person.employee_id is not None}

    def of(self, wanted: DesiredUser) -> Person | None:
        return self._by_key.get(fold(wanted.name)) or self._by_id.get((wanted.tags or {}).get(EMPLOYEE_ID_TAG, ""))


def recipient_of(person: Person, wanted: DesiredUser, everyone: str | None = None) -> Recipient:
    """Whom the credentials go to, with the employee's own fields."""
    departments = [name for name in wanted.groups or () if everyone is None or fold(name) != fold(everyone)]
    known: dict[str, str | None] = {
        "name": wanted.name,
        "email": person.email,
        "employee_id": person.employee_id,
        "departments": ", ".join(departments) or None,
        "starts_on": None if person.starts_on is None else person.starts_on.isoformat(),
        "ends_on": None if person.ends_on is None else person.ends_on.isoformat(),
    }
    tags = {key: value for key, value in (wanted.tags or {}).items() if key not in _OURS}
    fields = {**tags, **{field: value for field, value in known.items() if value is not None}}
    return Recipient(wanted.name, person.credentials_to or person.email, fields)


def _is_named(wanted: DesiredUser, names: frozenset[str]) -> bool:
    keys = set(map(fold, names))
    employee_id = (wanted.tags or {}).get(EMPLOYEE_ID_TAG, "")
    known_by = {fold(wanted.name), fold(wanted.rename_from or wanted.name), fold(employee_id)}
    return bool(known_by & keys - {""})


def _issue_faults(settings: CredentialSettings) -> t.Iterator[Fault]:
    if settings.issue is None:
        return
    if settings.issue != MISSING:
        text = (
            f"is {shown(settings.issue)}; write {MISSING}, which issues to those who never had a password, "
            "or leave it out; onboard_reissue takes names"
        )
        yield Fault("issue", text)
    elif not settings.deliveries:
        yield Fault("issue", "is asked for, but no way to deliver is set (onboard_credentials)")


def _reissue_faults(
    chart: Chart, users: t.Sequence[DesiredUser], settings: CredentialSettings, *, limited: bool
) -> t.Iterator[Fault]:
    """To issue anew is asked for by name alone: what cannot be done of it is a mistake."""
    if settings.reissue and not settings.deliveries:
        yield Fault("reissue", "is asked for, but no way to deliver is set (onboard_credentials)")
        return
    for name in sorted(settings.reissue):
        named = frozenset({name})
        found = next((one for one in users if one.credential is not None and _is_named(one, named)), None)
        if found is None:
            if _is_listed(chart, name) or not (limited or chart.is_elsewhere(name)):
                yield Fault(f"employee {shown(name)}", _why_not(chart, name))
        elif found.credential is not None and not found.credential.console and not found.credential.access_key:
            text = "is to be issued credentials anew, but needs none: console is false and access_key is not true"
            yield Fault(f"employee {found.name}", text)


def _is_listed(chart: Chart, name: str) -> bool:
    ids = {fold(person.employee_id) for person in chart.people.values() if person.employee_id is not None}
    return fold(name) in chart.people or fold(name) in ids


def _why_not(chart: Chart, name: str) -> str:
    if _is_listed(chart, name):
        return (
            "is to be issued credentials anew, but nothing is given to them in this run: "
            "they are held, suspended, leaving, yet to start, or only adopted"
        )
    names = [person.name for person in chart.people.values()]
    return f"is to be issued credentials anew and is not in employees{meant(name, names)}"
