# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The organisation chart: two lists become the desired, with every fault that can be known without the account.

An entry at fault stays in the desired with what was understood of it, so that what only the account can tell about it
is found in the same run. What was not understood whole takes nothing away.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._core.model import CHART_TITLES, Desired, DesiredCredential, DesiredGroup, DesiredUser, Fault, fold
from .._core.names import MAX_TAGS, described, meant, name_fault, path_fault, shown, tag_value_fault
from .._core.tags import EMPLOYEE_ID_TAG, MARK
from .entries import Entry, Value, repeated
from .everyone import in_everyone, name_of, with_everyone
from .names import read_names
from .policies import read_boundary, read_inline_policies, read_managed_policies
from .scalars import read_address, read_boolean, read_choice, read_date, read_path
from .tags import read_tags

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import SubjectKind
    from .entries import Origin

    Origins = t.Sequence[Origin | None]

_DEPARTMENT_KEYS = ("name", "path", "managed_policies", "inline_policies", "description", "console")
_EMPLOYEE_KEYS = (
    "name",
    "email",
    "employee_id",
    "departments",
    "console",
    "credentials_to",
    "access_key",
    "path",
    "tags",
    "boundary",
    "managed_policies",
    "inline_policies",
    "state",
    "starts_on",
    "ends_on",
)
STATES = ("present", "suspended", "absent")


@dataclasses.dataclass(frozen=True)
class ChartSettings:
    """``adopted`` are names of departments outside ``path`` that are managed too.

    ``only`` limits a run to some employees; ``None`` means everybody, an empty set nobody. ``everyone`` is the
    department of all employees as it was written; nothing is none.
    """

    path: str = "/workforce/"
    adopted: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    everyone: object = None

    def adopts(self, department: str) -> bool:
        """Whether a department is ours by name."""
        return fold(department) in self.adopted_keys

    @property
    def sound(self) -> bool:
        """Whether ``path`` is one, so that it can tell what is ours."""
        return path_fault(self.path) is None

    @functools.cached_property
    def adopted_keys(self) -> frozenset[str]:
        """The adopted names as IAM compares them."""
        return frozenset(map(fold, self.adopted))


@dataclasses.dataclass(frozen=True)
class Person:
    """What the list says of an employee and IAM does not keep; ``None`` where it says nothing.

    ``starts_on`` and ``ends_on`` are the first and the last day with access.
    """

    name: str
    email: str | None = None
    employee_id: str | None = None
    console: bool | None = None
    credentials_to: str | None = None
    access_key: bool | None = None
    state: str | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclasses.dataclass(frozen=True)
class Outsider:
    """One whom the lists name and give no access to AWS. Not ``certain`` where another entry names them, too."""

    name: str | None = None
    employee_id: str | None = None
    certain: bool = True


@dataclasses.dataclass(frozen=True)
class Chart:
    """The lists, read. ``people`` are the employees of ``desired``, by key.

    ``listed`` are the keys of every employee in the list; ``None`` when nobody may be called missing from it: the run
    is limited to some employees, or an entry does not say whom it means; ``listed_departments`` likewise. ``doubtful``
    are the keys of those who are listed twice: nobody is cut off by one of two words. ``departments`` and
    ``employees`` count the entries that the run is about, good and bad. ``without_access`` are people whom the
    lists name and give no access to AWS: no user is asked for them, and one that they have is cut off. ``tag_keys``
    are the keys of everybody's own tags.
    """

    desired: Desired
    faults: tuple[Fault, ...]
    people: t.Mapping[str, Person]
    listed: frozenset[str] | None
    departments: int = 0
    employees: int = 0
    doubtful: frozenset[str] = frozenset()
    listed_departments: frozenset[str] | None = None
    without_access: tuple[Outsider, ...] = ()
    tag_keys: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class _Departments:
    """Those that employees may be put into: names as spelled in the list, by key. ``bare`` ones need no password."""

    names: t.Mapping[str, str]
    bare: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class _Row:
    """An entry at its place. ``name`` is as written, ``""`` when there is none; ``valid`` when IAM would take it."""

    place: int
    entry: Entry
    name: str
    valid: bool
    origin: Origin | None = None

    @property
    def key(self) -> str:
        return fold(self.name)

    def tag_keys(self) -> t.Iterable[str]:
        tags = self.entry.values.get("tags")
        return map(str, tags) if isinstance(tags, t.Mapping) else ()


def read_chart(departments: object, employees: object, settings: ChartSettings, origins: Origins = ()) -> Chart:
    """The desired and all faults of both lists in one pass.

    ``origins`` stand beside ``employees``: where each entry comes from, ``None`` for one that stands in the variable.
    With ``settings.only`` the other employees' entries and the departments' are not judged: one person's run does not
    wait for another's mistake.
    """
    faults = _setting_faults(settings)
    departments, department_origins = with_everyone(departments, settings.everyone)
    department_rows = _rows("departments", "group", departments, faults, department_origins)
    known = None if department_rows is None else _known(department_rows)
    employee_rows = _rows("employees", "user", employees, faults, origins)
    groups: list[DesiredGroup] = []
    if settings.only is None:
        groups = _groups(department_rows or [], settings, faults)
    read = [(row, _person(row)) for row in employee_rows or []]
    chosen = _chosen(read, settings, faults)
    users = _users(chosen, known, settings, faults)
    shared = _shared_ids(read)
    faults += _shared_id_faults(shared, {row.key for row, _person in chosen})
    complete = settings.only is None and employee_rows is not None and all(row.valid for row in employee_rows)
    twice = repeated([row.key for row, _person in chosen], lambda key: key)
    return Chart(
        desired=Desired(groups=tuple(groups), users=tuple(users)),
        faults=tuple(faults),
        people={row.key: person for row, person in reversed(chosen) if row.valid},
        listed=frozenset(row.key for row, _person in read) if complete else None,
        departments=len(department_rows or ()) if settings.only is None else 0,
        employees=len(chosen),
        listed_departments=_department_keys(department_rows, settings),
        tag_keys=frozenset(key for row in employee_rows or () for key in row.tag_keys()),
        doubtful=frozenset(keys[0] for keys in twice) | {row.key for same in shared for row, _person in same},
    )


def _known(rows: t.Sequence[_Row]) -> _Departments:
    return _Departments(
        names={row.key: row.name for row in reversed(rows) if row.valid},
        bare=frozenset(row.key for row in rows if read_boolean(row.entry, "console") is False),
    )


def _department_keys(rows: t.Sequence[_Row] | None, settings: ChartSettings) -> frozenset[str] | None:
    if rows is None or settings.only is not None or not settings.sound or not all(row.valid for row in rows):
        return None
    return frozenset(row.key for row in rows)


def _setting_faults(settings: ChartSettings) -> list[Fault]:
    fault = path_fault(settings.path)
    return [] if fault is None else [Fault("the departments' path", fault, stops_cutting=True)]


def _rows(
    variable: str, kind: SubjectKind, raw: object, faults: list[Fault], origins: Origins = ()
) -> list[_Row] | None:
    """The list's entries, or None when it is no list."""
    if isinstance(raw, (list, tuple)):
        beside = [*origins, *[None] * (len(raw) - len(origins))]
        return [_row(variable, place, kind, *of_one) for place, of_one in enumerate(zip(raw, beside, strict=True), 1)]
    found = "is not defined" if raw is None else f"is {described(raw)}"
    text = f"{found}; it must be a list of {CHART_TITLES[kind]}s ([] for none)"
    faults.append(Fault(variable, text, stops_cutting=True))
    return None


def _row(variable: str, place: int, kind: SubjectKind, item: object, origin: Origin | None) -> _Row:
    """An entry is known by its name, or else by where it stands."""
    where = f"entry {place} of {variable}" if origin is None else origin.where
    if not isinstance(item, t.Mapping):
        entry = Entry(where, {}, [])
        text = f"is {described(item)}; it must be a mapping with a name"
        entry.faults.append(Fault(where, text, stops_cutting=True))
        return _Row(place, entry, "", valid=False, origin=origin)
    written = item.get("name")
    name = written if isinstance(written, str) else ""
    known_by = f"{CHART_TITLES[kind]} {shown(name)}"
    entry = Entry((known_by if origin is None else f"{known_by} ({where})") if name else where, item, [])
    if origin is not None:
        entry.faults.extend(Fault(entry.who, what, origin.stops_cutting) for what in origin.faults)
    if "name" in item:
        at_fault = entry.fault(name_fault(kind, written))
    else:
        at_fault = bool(entry.faults) or entry.fault("has no name")
    return _Row(place, entry, name, valid=not at_fault, origin=origin)


def _repeats(rows: t.Sequence[_Row], kind: SubjectKind) -> list[Fault]:
    """Names that IAM cannot tell apart."""
    faults = []
    for same in repeated([row for row in rows if row.name], lambda row: row.key):
        places = _places(same, kind)
        spellings = list(dict.fromkeys(shown(row.name) for row in same))
        if len(spellings) == 1:
            faults.append(Fault(f"{CHART_TITLES[kind]} {spellings[0]}", f"is listed more than once ({places})"))
        else:
            what = f"are one name to IAM, which compares without case ({places})"
            faults.append(Fault(f"{CHART_TITLES[kind]}s {' and '.join(spellings)}", what))
    return faults


def _places(rows: t.Sequence[_Row], kind: SubjectKind) -> str:
    """Where entries stand: ``entries 2 and 7``, or with the files that they come from."""
    if not any(row.origin for row in rows):
        return f"entries {' and '.join(str(row.place) for row in rows)}"
    return " and ".join(
        row.origin.where if row.origin else f"entry {row.place} of {CHART_TITLES[kind]}s" for row in rows
    )


def _firsts(rows: t.Iterable[_Row]) -> set[int]:
    """The places of the valid rows that are the first of their name."""
    return set({row.key: row.place for row in reversed(list(rows)) if row.valid}.values())


def _groups(rows: list[_Row], settings: ChartSettings, faults: list[Fault]) -> list[DesiredGroup]:
    desired = [(row, _department(row, settings)) for row in rows]
    for row in rows:
        faults += row.entry.faults
    faults += _repeats(rows, "group")
    firsts = _firsts(rows)
    return [group for row, group in desired if row.place in firsts]


def _department(row: _Row, settings: ChartSettings) -> DesiredGroup:
    entry = row.entry
    entry.check_keys(_DEPARTMENT_KEYS)
    policies, inline = read_managed_policies(entry), read_inline_policies(entry)
    return DesiredGroup(
        name=row.name,
        path=_department_path(entry, settings, adopted=settings.adopts(row.name)),
        policies=policies.read,
        purge_policies=policies.exact,
        inline=inline.read,
        purge_inline=inline.exact,
    )


def _department_path(entry: Entry, settings: ChartSettings, adopted: bool) -> str | None:
    if "path" not in entry.values:
        return None if adopted else settings.path
    path = read_path(entry)
    if path is not None and not adopted and not path.startswith(settings.path):
        entry.fault(f"has the path {path}, which is not under {settings.path}, where the managed departments lie")
        return None
    return path


def _chosen(read: list[tuple[_Row, Person]], settings: ChartSettings, faults: list[Fault]) -> list[tuple[_Row, Person]]:
    """Everybody, or those that the run is limited to."""
    if settings.only is None:
        return read
    listed = {row.key: row.name for row, _person in read if row.name}
    wanted = {fold(name): name for name in sorted(settings.only)}
    for key, name in wanted.items():
        if key not in listed:
            faults.append(Fault(f"employee {shown(name)}", f"is not in employees{meant(name, listed.values())}"))
    return [(row, person) for row, person in read if row.key in wanted]


def _users(
    chosen: list[tuple[_Row, Person]],
    known: _Departments | None,
    settings: ChartSettings,
    faults: list[Fault],
) -> list[DesiredUser]:
    desired = [(row, _employee(row, person, known, settings)) for row, person in chosen]
    rows = [row for row, _person in chosen]
    for row in rows:
        faults += row.entry.faults
    faults += _repeats(rows, "user")
    firsts = _firsts(rows)
    return [user for row, user in desired if row.place in firsts]


def _employee(row: _Row, person: Person, known: _Departments | None, settings: ChartSettings) -> DesiredUser:
    entry = row.entry
    entry.check_keys(_EMPLOYEE_KEYS)
    tags, policies, inline = read_tags(entry), read_managed_policies(entry), read_inline_policies(entry)
    departments = _departments_of(entry, None if known is None else known.names)
    marks = {**MARK, **({EMPLOYEE_ID_TAG: person.employee_id} if person.employee_id is not None else {})}
    all_tags = {**(tags.read or {}), **marks}
    if len(tags.read or {}) <= MAX_TAGS < len(all_tags):
        entry.fault(f"has {len(tags.read or {})} tags, and {len(marks)} of ours come to them; IAM allows {MAX_TAGS}")
    console = _has_console(person, departments.read or (), known)
    user = DesiredUser(
        name=row.name,
        path=read_path(entry),
        tags=all_tags,
        purge_tags=tags.exact,
        boundary=read_boundary(entry),
        policies=policies.read,
        purge_policies=policies.exact,
        inline=inline.read,
        purge_inline=inline.exact,
        groups=departments.read,
        purge_groups=departments.exact and settings.sound,
        purge_path=settings.path,
        purge_names=settings.adopted_keys,
        credential=DesiredCredential(console=console, access_key=bool(person.access_key)),
    )
    return in_everyone(user, name_of(settings.everyone))


def _has_console(person: Person, departments: t.Collection[str], known: _Departments | None) -> bool:
    """Whether a password is wanted: the employee's own word, or else any of the departments'."""
    if person.console is not None:
        return person.console
    bare: frozenset[str] = frozenset() if known is None else known.bare
    return not departments or any(fold(name) not in bare for name in departments)


def _departments_of(entry: Entry, known: t.Mapping[str, str] | None) -> Value[tuple[str, ...]]:
    """The employee's departments in the spelling of the list of departments."""
    names = read_names(entry, "departments")
    written = entry.values.get("departments")
    if names.read is None or not isinstance(written, (list, tuple)):
        return names
    for same in repeated([name for name in written if isinstance(name, str)], fold):
        entry.fault(f"is put into the department {shown(same[0])} more than once")
    if known is None:
        return names
    unknown = [name for name in names.read if fold(name) not in known]
    for name in unknown:
        entry.fault(f"is in the unknown department {name}{meant(name, known.values())}")
    found = tuple(known[fold(name)] for name in names.read if fold(name) in known)
    return Value(found, whole=names.whole and not unknown)


def _person(row: _Row) -> Person:
    entry = row.entry
    starts_on, ends_on = read_date(entry, "starts_on"), read_date(entry, "ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        entry.fault(f"ends on {ends_on}, before the start on {starts_on}")
        starts_on = ends_on = None
    return Person(
        name=row.name,
        email=read_address(entry, "email"),
        employee_id=_employee_id(entry),
        console=read_boolean(entry, "console"),
        credentials_to=read_address(entry, "credentials_to"),
        access_key=read_boolean(entry, "access_key"),
        state=read_choice(entry, "state", STATES),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _employee_id(entry: Entry) -> str | None:
    """The id as a string: YAML reads an unquoted 1042 as a number."""
    if "employee_id" not in entry.values:
        return None
    value = entry.values["employee_id"]
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        entry.fault(f"has {described(value)} for employee_id: put it in quotes")
        return None
    if not str(value).strip():
        entry.fault("has a blank employee_id")
        return None
    return None if entry.fault(tag_value_fault(EMPLOYEE_ID_TAG, str(value))) else str(value)


def _shared_ids(read: list[tuple[_Row, Person]]) -> list[list[tuple[_Row, Person]]]:
    """Two people of one id are one person under two names, or a mistake."""
    with_id = [(row, person) for row, person in read if person.employee_id is not None and row.name]
    first_of_key = {row.key: (row, person) for row, person in reversed(with_id)}
    return repeated(list(reversed(first_of_key.values())), lambda one: one[1].employee_id)


def _shared_id_faults(shared: list[list[tuple[_Row, Person]]], chosen: set[str]) -> list[Fault]:
    faults = []
    for same in shared:
        rows = [row for row, _person in same]
        if any(row.key in chosen for row in rows):
            names = " and ".join(shown(row.name) for row in rows)
            places = f" ({_places(rows, 'user')})" if any(row.origin for row in rows) else ""
            what = f"have the same employee_id {shown(same[0][1].employee_id)}{places}"
            faults.append(Fault(f"employees {names}", what))
    return faults
