# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First credentials: what is checked before any is issued, and who waits while a delivery does not work.

For a plan that issues nothing, no call is made and no mail server is contacted.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._apply.issuer import Issuer
from .._aws.errors import ReadError
from .._core.credential_mark import Mark, tag_of
from .._core.delivery import DeliveryError, SignIn
from .._core.model import fold
from .._core.steps import Fault, Phase
from .._core.subjects import TITLES
from .._core.suspension import suspension_of
from .._credentials.passwords import PasswordRules, read_password_rules
from .._plan.after import after
from .._plan.known import is_stopped
from .._sign_in.proof import prove_first_sign_in
from .._sign_in.url import sign_in_faults, sign_in_of

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.delivery import Delivery, Recipient
    from .._core.model import Account, Directory
    from .._core.steps import Plan, Step
    from .._core.subjects import SubjectKind

    Steps = t.Sequence[Step]
    Names = frozenset[str]
    Titles = t.Mapping[SubjectKind, str]


@dataclasses.dataclass(frozen=True)
class Issuance:
    """How this run issues credentials. The keys of ``recipients`` are :func:`fold` of the users' names.

    ``sign_in_url`` is where people sign in; None for AWS's own page.
    """

    account: Account
    deliveries: tuple[Delivery, ...] = ()
    recipients: t.Mapping[str, Recipient] = dataclasses.field(default_factory=dict)
    sign_in_url: str | None = None
    expire_after_days: int | None = None
    titles: Titles = dataclasses.field(default_factory=lambda: TITLES)


@dataclasses.dataclass(frozen=True)
class Proof:
    """Faults and warnings about the first sign-in, and the account's password rules, if they were read."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    rules: PasswordRules = dataclasses.field(default_factory=PasswordRules)


@dataclasses.dataclass(frozen=True)
class Ready:
    """The steps to apply, the issuer of credentials, and the people whose delivery does not work now.

    ``close`` is called after the last step.
    """

    steps: tuple[Step, ...]
    postponed: tuple[Fault, ...] = ()
    issuer: Issuer | None = None
    warnings: tuple[str, ...] = ()
    close: t.Callable[[], object] = lambda: None

    def warning(self, *texts: t.Sequence[str]) -> Ready:
        """A copy with these warnings before its own."""
        return dataclasses.replace(self, warnings=(*(text for some in texts for text in some), *self.warnings))


def issues(steps: Steps) -> bool:
    """Whether the issuer must do any of the steps."""
    return any(step.issuing for step in steps)


def prove(iam: Client, steps: Steps, directory: Directory, issuance: Issuance) -> Proof:
    """Check that people could use what they would be issued. Its faults stop only giving."""
    if not _awaiting(steps):
        return Proof()
    faults = tuple(sign_in_faults(issuance.account, issuance.sign_in_url))
    try:
        rules = _password_rules(iam, steps, directory)
    except ReadError as error:
        return Proof((*faults, Fault("the account's password rules", str(error))))
    proved = prove_first_sign_in(
        iam,
        steps,
        directory,
        issuance.account,
        rules_allow_change=rules.allows_change,
        require_mfa=frozenset(key for key, whom in issuance.recipients.items() if whom.require_mfa),
        titles=issuance.titles,
    )
    return Proof((*faults, *proved.faults), proved.warnings, rules)


def _password_rules(iam: Client, steps: Steps, directory: Directory) -> PasswordRules:
    """The rules that hold when the first password is set: the account's settings change before. Raises ReadError."""
    planned = after(directory, [step for step in steps if step.subject.kind == "account"]).settings.password_policy
    return read_password_rules(iam) if planned is None else PasswordRules.of_policy(planned)


def make_ready(
    iam: Client, plan: Plan, directory: Directory, issuance: Issuance, proof: Proof, *, check_mode: bool
) -> Ready:
    """Try the deliveries before the first write. People wait whose delivery fails; all others are served."""
    steps = plan.steps
    if not issues(steps) or is_stopped(plan):
        return Ready(steps)
    if not _awaiting(steps):
        no_sign_in = SignIn("", issuance.account.account_id)
        return Ready(steps, issuer=_issuer(iam, steps, issuance, PasswordRules(), no_sign_in))
    used = [one for one in issuance.deliveries if any(one.name in by for by in _ways(steps).values())]
    broken = {one.name: error for one in used for error in _tried(one)}
    warnings = [*proof.warnings, *(text for one in used for text in one.warnings())]
    close = functools.partial(_close, used)
    if check_mode:
        # A machine for tests may not reach the real mail server: only warn.
        close()
        warnings += [_sentence(error) for error in broken.values()]
        return Ready(steps, warnings=tuple(warnings))
    postponed = tuple(_postponed(steps, broken, issuance.titles["user"]))
    steps = _without_waiting(steps, directory, _waiting(steps, broken))
    sign_in = sign_in_of(issuance.account, issuance.sign_in_url, proof.rules, issuance.expire_after_days)
    return Ready(steps, postponed, _issuer(iam, steps, issuance, proof.rules, sign_in), tuple(warnings), close)


def _issuer(iam: Client, steps: Steps, issuance: Issuance, rules: PasswordRules, sign_in: SignIn) -> Issuer:
    return Issuer(
        iam,
        rules,
        issuance.deliveries,
        issuance.recipients,
        sign_in,
        awaiting=_awaiting(steps),
        marked=frozenset(fold(step.subject.name) for step in steps if _is_marking(step)),
    )


def _postponed(steps: Steps, broken: t.Mapping[str, DeliveryError], person: str) -> t.Iterator[Fault]:
    """A fault for each delivery that fails, with the people who wait for it."""
    for name, error in broken.items():
        names = [step.subject.name for step in _deliveries(steps) if name in step.params["By"]]
        waits = f"{'waits' if len(names) == 1 else 'wait'} for their credentials: {', '.join(sorted(names))}"
        yield Fault(name, f"{_sentence(error)} {len(names)} {person if len(names) == 1 else f'{person}s'} {waits}.")


def _deliveries(steps: Steps) -> list[Step]:
    return [step for step in steps if step.operation == "Deliver"]


def _ways(steps: Steps) -> dict[str, t.Sequence[str]]:
    return {fold(step.subject.name): step.params["By"] for step in _deliveries(steps)}


def _awaiting(steps: Steps) -> Names:
    """The keys of the users to whom something is to be delivered."""
    return frozenset(_ways(steps))


def _waiting(steps: Steps, broken: t.Collection[str]) -> Names:
    """The keys of the users with a delivery that fails. With two deliveries, both must work."""
    return frozenset(key for key, by in _ways(steps).items() if set(by) & set(broken))


def _without_waiting(steps: Steps, directory: Directory, waiting: Names) -> tuple[Step, ...]:
    """The steps without those of users who wait. New and suspended ones get no step, others only lose issuing steps."""
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
