# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules: iam_workforce's options other than the two lists, as settings, with their faults. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible.module_utils.parsing.convert_bool import boolean

from .._brakes.brakes import BrakeSettings, limit_faults
from .._chart.everyone import name_of
from .._chart.mark_protection import option_faults
from .._chart.values import ChartSettings, ThisAccount
from .._core.dates import zone_fault
from .._core.model import fold
from .._core.steps import Fault
from .._core.typed_names import NamesError, read_names
from .._credentials.settings import deliveries_of, delivery_faults
from .._files.asked_keys import unknown_keys
from .._identity.beside_settings import modes_of
from .._identity.settings import RosterSettings
from .._roster.first_credentials import CredentialSettings

Params = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Rules:
    """The settings of one run."""

    chart: ChartSettings
    roster: RosterSettings
    brakes: BrakeSettings
    remove_departments: bool
    faults: tuple[Fault, ...] = ()


class Adopt(t.NamedTuple):
    """Whether to adopt, and the keys of the only people to adopt; without keys, everybody."""

    asked: bool = False
    names: frozenset[str] = frozenset()


def rules_of(params: Params, now: datetime.datetime) -> Rules:
    """The settings from a module's parameters. ``now`` has a time zone."""
    brakes = BrakeSettings(
        max_losses=_given(params["max_losses"]),
        max_gains=_given(params["max_gains"]),
        confirm_losses=_given(params["confirm_losses"]),
        confirm_gains=_given(params["confirm_gains"]),
        account=params["account"],
        plan=params["plan"],
    )
    zone = zone_fault(params["timezone"])
    adopt, adopt_faults = adopt_of(params["adopt"])
    faults = [
        *limit_faults(brakes),
        *adopt_faults,
        *modes_of(params["beside"])[1],
        *_contradictions(params),
        *_empty_names(params),
        *option_faults(params["everyone"]),
        *unknown_keys(params["files_may_set"]),
    ]
    if zone is not None:
        faults.append(Fault("timezone", zone, stops_cutting=True))
    return Rules(
        chart=chart_settings(params),
        roster=_roster_settings(params, now, "UTC" if zone is not None else params["timezone"], adopt),
        brakes=brakes,
        remove_departments=params["unlisted_departments"] == "remove",
        faults=tuple(faults),
    )


def _given(value: t.Any) -> t.Any:
    """A blank field of a form counts as left out."""
    return None if isinstance(value, str) and not value.strip() else value


def chart_settings(params: Params) -> ChartSettings:
    """The options that say what is managed, and to whom this run is limited."""
    return ChartSettings(
        path=params["path"],
        adopted=frozenset(params["adopted_departments"]),
        only=None if params["only"] is None else _names(params["only"]),
        everyone=_everyone(params),
        account=this_account(params),
    )


def this_account(params: Params) -> ThisAccount:
    """Which account the run is in, for entries that name accounts."""
    known = map(str.strip, params["known_accounts"] or ())
    return ThisAccount(
        label=(params["account"] or "").strip() or None,
        account_id=(params["account_id"] or "").strip() or None,
        known=frozenset(filter(None, known)),
    )


def _everyone(params: Params) -> Params | None:
    return {"name": "everyone", **params["everyone"]} if params["everyone"] else None


def credential_settings(params: Params, tag_keys: t.Collection[str]) -> tuple[CredentialSettings, tuple[Fault, ...]]:
    """The settings of first credentials. ``tag_keys`` are those of the employees: a mail's text may name them."""
    options = params["credentials"] or {}
    found = delivery_faults(options, {"starts_on", "ends_on", *tag_keys})
    settings = CredentialSettings(
        deliveries=() if found else deliveries_of(options),
        expire_after_days=None if found else options.get("expire_after_days"),
        # The deliveries have faults themselves: do not report every name in `reissue` as well.
        reissue=frozenset() if found else _names(params["reissue"]),
        issue=None if found else (params["issue"] or "").strip() or None,
        everyone=name_of(_everyone(params)),
        sign_in_url=options.get("sign_in_url"),
        mail_domains=_mail_domains(options),
    )
    return settings, tuple(dataclasses.replace(fault, who=f"credentials.{fault.who}") for fault in found)


def _mail_domains(options: Params) -> tuple[str, ...] | None:
    domains = (options.get("mail") or {}).get("domains")
    return None if domains is None else tuple(domains)


def adopt_of(written: object) -> tuple[Adopt, tuple[Fault, ...]]:
    """Whether to adopt, and whom: from true or false, or the names of those to adopt alone, however they are typed."""
    if isinstance(written, str) and _is_boolean(written.strip()):
        written = boolean(written.strip())
    if isinstance(written, bool):
        return Adopt(written), ()
    try:
        names = read_names(written)
    except NamesError as error:
        return Adopt(), (Fault("adopt", f"{error}; or write true or false"),)
    keys = frozenset(fold(name) for name in names or () if name)
    return Adopt(bool(keys), keys), ()


def _is_boolean(text: str) -> bool:
    try:
        boolean(text)
    except TypeError:
        return False
    return True


def _roster_settings(params: Params, now: datetime.datetime, timezone: str, adopt: Adopt) -> RosterSettings:
    return RosterSettings(
        now=now,
        timezone=timezone,
        unlisted=params["unlisted"],
        remove_after_days=params["remove_after_days"],
        readmit=_names(params["readmit"]),
        readmit_keys=params["readmit_keys"],
        adopt=adopt.asked,
        adopt_named=adopt.names,
        confirm_renames=params["confirm_renames"],
        account=params["account"],
        release=params["release"],
        protected=tuple(params["protected"]),
        beside=modes_of(params["beside"])[0],
    )


def _contradictions(params: Params) -> t.Iterator[Fault]:
    if adopt_of(params["adopt"])[0].asked and params["release"]:
        yield Fault("release", "is asked for together with adopt; do one after the other", stops_cutting=True)
    days = params["remove_after_days"]
    if days is not None and days < 0:
        yield Fault("remove_after_days", f"is {days}; write a number of days, 0 or more", stops_cutting=True)


def _empty_names(params: Params) -> t.Iterator[Fault]:
    """Faults of empty names, such as an empty field in a form: the author may have meant nobody or everybody."""
    if params["only"] is not None:
        if _has_empty_name(params["only"]):
            text = (
                "has an empty name, so nothing is done; write the names of employees, [] for nobody, "
                "or leave only (onboard_only in the role) out for everybody"
            )
            yield Fault("only", text, stops_cutting=True)
        # With `only`, empty names in other options do not stop the run.
        return
    for option in ("readmit", "reissue"):
        if _has_empty_name(params[option]):
            yield Fault(option, "has an empty name; write a name or an employee id in its place, or take it out")


def _has_empty_name(names: t.Iterable[str]) -> bool:
    return any(not name.strip() for name in names)


def _names(names: t.Iterable[str]) -> frozenset[str]:
    """The names without empty ones, which are reported as faults."""
    return frozenset(name for name in names if name.strip())
