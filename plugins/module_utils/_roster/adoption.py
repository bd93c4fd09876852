# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is listed, exists in the account and is not ours: told, and taken over only on request. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.credential_mark import mark_of
from .._core.desired import Desired, DesiredUser
from .._core.model import Credentials, fold
from .._core.names import meant, shown
from .._core.steps import Fault
from .._core.tags import EMPLOYEE_ID_TAG, MARK, employee_id_of
from .._core.wording import folded
from .._identity.marks import our_departments

if t.TYPE_CHECKING:
    import datetime

    from .._chart.values import Chart, ChartSettings
    from .._core.model import Directory, Group, User
    from .._identity.settings import RosterSettings


def foreign_departments(desired: Desired, directory: Directory, settings: ChartSettings) -> list[Group]:
    """Departments listed or joined that are not ours; to join one that is not ours would change it as well.

    Looks up every department that is listed or joined.
    """
    names = [group.name for group in desired.groups] + [name for user in desired.users for name in user.groups or ()]
    found = {name: directory.group(name) for name in {fold(name): name for name in names}.values()}
    return [
        # As the list spells it: that is where whoever reads this looks for it.
        dataclasses.replace(group, name=name)
        for name, group in found.items()
        if group is not None and not group.path.startswith(settings.path) and not settings.adopts(name)
    ]


def unmanaged_faults(
    people: t.Sequence[str], departments: t.Sequence[Group], beyond: t.Mapping[str, t.Sequence[str]], *, alone: bool
) -> list[Fault]:
    """One fault for all the people and one for all the departments, with what leads on.

    ``alone`` is whether the people are few among those who are managed: everybody else is served then.
    """
    faults = []
    if people:
        verb = "exists in the account and is" if len(people) == 1 else "exist in the account and are"
        them = "it" if len(people) == 1 else "them"
        few = ",".join(people[:3])
        done = f"Nothing was given to {them}" if alone else "Nothing was changed"
        advice = (
            f"To take {them} over: -e onboard_adopt=true. "
            f"To try a few first: -e onboard_adopt=true -e onboard_only={few}"
        )
        text = f"{verb} not managed. {done}. {advice}{_beyond_told(people, beyond)}"
        faults.append(Fault(_all("employee", people), text, stops_giving=not alone))
    if departments:
        one = len(departments) == 1
        verb = "exists in the account and is" if one else "exist in the account and are"
        advice = f"name {'it' if one else 'them'} in onboard_adopted_departments, or choose another name"
        told = [f"{group.name} (at {group.path})" for group in departments]
        faults.append(Fault(_all("department", told), f"{verb} not managed; {advice}"))
    return faults


def _beyond_told(people: t.Sequence[str], beyond: t.Mapping[str, t.Sequence[str]]) -> str:
    """Who has more than the list gives: to adopt somebody takes none of it away."""
    told = [f"{name}: {', '.join(beyond[name])}" for name in people if beyond.get(name)]
    return f". Look at who has more than the list gives first: {folded(told, separator='; ')}" if told else ""


def is_chosen(name: str, settings: RosterSettings) -> bool:
    """Whether this run may adopt a user of this name."""
    return settings.adopt and (not settings.adopt_named or fold(name) in settings.adopt_named)


def refused_fault(users: t.Sequence[User], beyond: t.Mapping[str, t.Sequence[str]]) -> list[Fault]:
    """One fault for all whose password or keys somebody must have looked at before they are adopted."""
    if not users:
        return []
    told = "; ".join(possessions_line(user, beyond.get(user.name, ())) for user in users)
    names = [user.name for user in users]
    text = (
        f"not adopted, because somebody can sign in as {'them' if len(users) > 1 else 'it'} already: {told}. "
        "Whoever made these keeps them after the adoption. If they are the person's own, name whom to adopt: "
        f"-e onboard_adopt={','.join(names)}"
    )
    return [Fault(_all("employee", names), text, stops_giving=False)]


def adopted_faults(chart: Chart, settings: RosterSettings) -> t.Iterator[Fault]:
    """A name to adopt that the list does not have is a mistake."""
    names = {key: person.name for key, person in chart.everybody.items()}
    for key in sorted(settings.adopt_named - set(names)):
        if chart.is_elsewhere(key):
            continue
        yield Fault(f"employee {shown(key)}", f"is to be adopted and is not in employees{meant(key, names.values())}")


def can_sign_in(user: User) -> bool:
    """Whether the user has a console password or an active access key, as far as that was read."""
    return bool(user.login_profile) or (user.credentials is not None and any(user.credentials.access_keys.values()))


def possessions_line(user: User, beyond: t.Sequence[str] = ()) -> str:
    """What a user to be adopted has to sign in with, and beyond the list, in a line for people."""
    made = "" if user.create_date is None else f"made on {user.create_date:%Y-%m-%d}, "
    credentials = user.credentials or Credentials()
    has = [_password(user)] if user.login_profile else []
    has += [_key(key, active, credentials.keys_made.get(key)) for key, active in credentials.access_keys.items()]
    mfa = f"MFA: {', '.join(credentials.mfa_devices)}" if credentials.mfa_devices else "no MFA"
    more = f"; has more than the list gives: {', '.join(beyond)}" if beyond else ""
    return f"{user.name} ({made}{', '.join(has) or 'no password and no access key'}, {mfa}{more})"


def possessions_data(user: User, beyond: t.Sequence[str] = ()) -> dict[str, t.Any]:
    """The same for machines."""
    credentials = user.credentials or Credentials()
    return {
        "name": user.name,
        "created": None if user.create_date is None else user.create_date.isoformat(),
        "console": bool(user.login_profile),
        "access_keys": [
            {"id": key, "active": active, "created": made.isoformat() if made else None}
            for key, active in credentials.access_keys.items()
            for made in [credentials.keys_made.get(key)]
        ],
        "mfa_devices": list(credentials.mfa_devices),
        "beyond_list": list(beyond),
    }


def is_first_gift(wanted: DesiredUser, user: User, directory: Directory, settings: ChartSettings) -> bool:
    """Whether the user was adopted and is to join its first department since: nothing of it was ever issued by us.

    An adopted user carries the mark and nothing else of ours.
    """
    current = directory.groups_of(user.name)
    if mark_of(user) is not None or all(fold(name) in current for name in wanted.groups or ()):
        return False
    lacks_id = EMPLOYEE_ID_TAG in (wanted.tags or {}) and employee_id_of(user) is None
    return lacks_id or not our_departments(user, directory, settings)


def first_gift(wanted: DesiredUser, user: User, directory: Directory, settings: ChartSettings) -> list[str]:
    """The warning that somebody who was adopted with a password or a key is given departments now."""
    if not can_sign_in(user) or not is_first_gift(wanted, user, directory, settings):
        return []
    made = [] if not user.login_profile else [f"a password{_since(user.login_profile.create_date)}"]
    credentials = user.credentials or Credentials()
    active = sorted(key for key, is_active in credentials.access_keys.items() if is_active)
    made += [f"the access key {key}{_since(credentials.keys_made.get(key))}" for key in active]
    text = (
        f"{user.name} was adopted with {' and '.join(made)}, and joins {', '.join(wanted.groups or ())} now: "
        "whoever knows these has that access, too"
    )
    return [text]


def _since(moment: datetime.datetime | None) -> str:
    return "" if moment is None else f" made on {moment:%Y-%m-%d}"


def _password(user: User) -> str:
    return f"a console password{_since(user.login_profile.create_date if user.login_profile else None)}"


def _key(key: str, active: bool, made: datetime.datetime | None) -> str:
    return f"{'an active' if active else 'an inactive'} access key {key}{_since(made)}"


def adoption(name: str) -> DesiredUser:
    """What adopting does to a user: the mark, and nothing else."""
    return DesiredUser(name, tags=MARK, purge_tags=False, create=False)


def without_departments(desired: Desired, departments: t.Iterable[Group]) -> Desired:
    """The desired with these departments left as they are: not changed, not joined."""
    keys = {fold(group.name) for group in departments}
    return Desired(
        groups=tuple(group for group in desired.groups if fold(group.name) not in keys),
        users=tuple(
            user
            if user.groups is None
            else dataclasses.replace(user, groups=tuple(name for name in user.groups if fold(name) not in keys))
            for user in desired.users
        ),
    )


def adopted_line(departments: t.Iterable[Group], settings: ChartSettings) -> str:
    """The line for the settings that takes these departments over, beside those taken over before."""
    names = sorted({*settings.adopted, *(group.name for group in departments)})
    return f"onboard_adopted_departments: [{', '.join(names)}]"


def _all(noun: str, names: t.Sequence[str]) -> str:
    return f"{noun}{'s' if len(names) > 1 else ''} {', '.join(names)}"
