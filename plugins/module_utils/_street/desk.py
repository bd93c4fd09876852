# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk where first credentials are issued: what must hold before it opens, and who waits while it is closed.

A plan that issues nothing costs nothing here: no call is made, no mail server asked.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._apply.issuer import Issuer
from .._aws.errors import ReadError
from .._core.credential_mark import Mark, tag_of
from .._core.delivery import DeliveryError, SignIn
from .._core.model import TITLES, Fault, Phase, fold
from .._core.suspension import suspension_of
from .._credentials.passwords import PasswordRules, read_password_rules
from .._sign_in.proof import prove_first_sign_in
from .._sign_in.url import sign_in_faults, sign_in_of

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.delivery import Delivery, Recipient
    from .._core.model import Account, Directory, Step, SubjectKind

    Steps = t.Sequence[Step]
    Names = frozenset[str]

NO_DELIVERIES: tuple[Delivery, ...] = ()


@dataclasses.dataclass(frozen=True)
class Ready:
    """What may be applied, by whom what is issued, and who waits for a way to be mended.

    ``close`` is called when all is done.
    """

    steps: tuple[Step, ...]
    postponed: tuple[Fault, ...] = ()
    issuer: Issuer | None = None
    warnings: tuple[str, ...] = ()
    close: t.Callable[[], object] = lambda: None


class Desk:
    """One run's desk. ``recipients`` are asked for once the plan is made, by :func:`fold` of the users' names."""

    def __init__(
        self,
        iam: Client,
        account: Account,
        *,
        deliveries: t.Sequence[Delivery] = NO_DELIVERIES,
        recipients: t.Callable[[], t.Mapping[str, Recipient]],
        sign_in_url: str | None = None,
        expire_after_days: int | None = None,
        titles: t.Mapping[SubjectKind, str] = TITLES,
    ) -> None:
        self._iam = iam
        self._account = account
        self._deliveries = tuple(deliveries)
        self._recipients = recipients
        self._sign_in_url = sign_in_url
        self._expire_after_days = expire_after_days
        self._titles = titles
        self._doubts: tuple[str, ...] = ()

    @functools.cached_property
    def _rules(self) -> PasswordRules:
        return read_password_rules(self._iam)

    def prove(self, steps: Steps, directory: Directory) -> tuple[Fault, ...]:
        """Why those who are to be issued something could not use it. It stops giving alone."""
        if not _awaiting(steps):
            return ()
        faults = tuple(sign_in_faults(self._account, self._sign_in_url))
        try:
            allowed = self._rules.allows_change
        except ReadError as error:
            return (*faults, Fault("the account's password rules", str(error)))
        proved = prove_first_sign_in(
            self._iam, steps, directory, self._account, rules_allow_change=allowed, titles=self._titles
        )
        self._doubts = proved.warnings
        return (*faults, *proved.faults)

    def ready(self, steps: Steps, directory: Directory, check_mode: bool) -> Ready:
        """Try the deliveries before the first write. Whom none can reach waits, and everybody else goes on."""
        steps = tuple(steps)
        if not any(step.issuing for step in steps):
            return Ready(steps)
        if not _awaiting(steps):
            return Ready(steps, issuer=self._issuer(steps, PasswordRules(), SignIn("", self._account.account_id)))
        used = [one for one in self._deliveries if any(one.name in by for by in _ways(steps).values())]
        broken = {one.name: error for one in used for error in _tried(one)}
        warnings = [*self._doubts, *(text for one in used for text in one.warnings())]
        close = functools.partial(_close, used)
        if check_mode:
            # A test bench need not reach the mail server of the real thing.
            close()
            warnings += [_sentence(error) for error in broken.values()]
            return Ready(steps, warnings=tuple(warnings))
        postponed = tuple(self._postponed(steps, broken))
        steps = _without_waiting(steps, directory, _waiting(steps, broken))
        sign_in = sign_in_of(self._account, self._sign_in_url, self._rules, self._expire_after_days)
        return Ready(steps, postponed, self._issuer(steps, self._rules, sign_in), tuple(warnings), close)

    def _issuer(self, steps: Steps, rules: PasswordRules, sign_in: SignIn) -> Issuer:
        return Issuer(
            self._iam,
            rules,
            self._deliveries,
            self._recipients(),
            sign_in,
            awaiting=_awaiting(steps),
            marked=frozenset(fold(step.subject.name) for step in steps if _is_marking(step)),
        )

    def _postponed(self, steps: Steps, broken: t.Mapping[str, DeliveryError]) -> t.Iterator[Fault]:
        """A fault for each way that is gone, with everybody who waits for it."""
        for name, error in broken.items():
            names = [step.subject.name for step in _deliveries(steps) if name in step.params["By"]]
            waits = f"{'waits' if len(names) == 1 else 'wait'} for their credentials: {', '.join(sorted(names))}"
            kind = self._titles["user"] if len(names) == 1 else f"{self._titles['user']}s"
            yield Fault(name, f"{_sentence(error)} {len(names)} {kind} {waits}.")


def _deliveries(steps: Steps) -> list[Step]:
    return [step for step in steps if step.operation == "Deliver"]


def _ways(steps: Steps) -> dict[str, t.Sequence[str]]:
    return {fold(step.subject.name): step.params["By"] for step in _deliveries(steps)}


def _awaiting(steps: Steps) -> Names:
    """Who is to be delivered something."""
    return frozenset(_ways(steps))


def _waiting(steps: Steps, broken: t.Collection[str]) -> Names:
    """Who is to be delivered something by a way that is gone: nobody is issued what reaches them by half."""
    return frozenset(key for key, by in _ways(steps).items() if set(by) & set(broken))


def _without_waiting(steps: Steps, directory: Directory, waiting: Names) -> tuple[Step, ...]:
    """The steps without those who wait: not made and not let in again; of all others, what else is to be done."""
    outside = {key for key in waiting if _is_outside(directory, key)}
    return tuple(
        step
        for step in steps
        if step.subject.kind != "user"
        or (key := fold(step.subject.name)) not in waiting
        or (key not in outside and not _is_of_issuing(step))
    )


def _is_outside(directory: Directory, key: str) -> bool:
    user = directory.user(key)
    return user is None or suspension_of(user) is not None


def _is_of_issuing(step: Step) -> bool:
    return step.phase == Phase.CREDENTIALS or _is_marking(step)


def _is_marking(step: Step) -> bool:
    return step.operation == "TagUser" and step.params["Tags"] == [tag_of(Mark("pending"))]


def _tried(delivery: Delivery) -> t.Iterator[DeliveryError]:
    try:
        delivery.try_out()
    except DeliveryError as error:
        yield error


def _close(deliveries: t.Iterable[Delivery]) -> None:
    for delivery in deliveries:
        delivery.close()


def _sentence(error: DeliveryError) -> str:
    texts = [text.strip() for text in (str(error), error.advice) if text.strip()]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)
