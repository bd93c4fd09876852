# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First passwords: what the account accepts, one that it accepts, and the rules in words for its owner."""

from __future__ import annotations

import dataclasses
import secrets
import typing as t

from .._aws.calls import ask
from .._aws.errors import ReadError

if t.TYPE_CHECKING:
    from .._aws.calls import Client

# No 0 O o, 1 l I |: read off a screen or a printed page they are taken for one another.
UPPERCASE = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LOWERCASE = "abcdefghijkmnpqrstuvwxyz"
DIGITS = "23456789"
# IAM counts these as symbols, and mail, CSV, HTML, a shell's history and a spreadsheet leave them alone.
SYMBOLS = "!#%+="
CLASSES = (UPPERCASE, LOWERCASE, DIGITS, SYMBOLS)

LENGTH = 20
LONGEST = 128
IAM_SYMBOLS = "! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"
"""What IAM counts as a symbol; others are allowed in a password and satisfy nothing."""


@dataclasses.dataclass(frozen=True)
class PasswordRules:
    """What an account asks of its users' passwords. ``required`` are kinds of characters, in words.

    Where there is no policy of the account's own, AWS's default one holds: eight characters of three kinds.
    ``allows_change`` says that every user may change their own password without any other permission.
    """

    minimum_length: int = 8
    required: tuple[str, ...] = ()
    of_three_kinds: bool = True
    reuse_prevention: int = 0
    max_age_days: int = 0
    hard_expiry: bool = False
    allows_change: bool = False

    @classmethod
    def of_policy(cls, policy: t.Mapping[str, t.Any] | t.Literal[False]) -> PasswordRules:
        """The rules of a password policy by IAM's names; of AWS's default one where the account has none."""
        if policy is False:
            return cls()
        kinds = {
            "RequireUppercaseCharacters": "uppercase letter",
            "RequireLowercaseCharacters": "lowercase letter",
            "RequireNumbers": "digit",
            "RequireSymbols": "symbol",
        }
        return cls(
            minimum_length=policy.get("MinimumPasswordLength", 6),
            required=tuple(kind for key, kind in kinds.items() if policy.get(key)),
            of_three_kinds=False,
            reuse_prevention=policy.get("PasswordReusePrevention") or 0,
            max_age_days=policy.get("MaxPasswordAge") or 0,
            hard_expiry=bool(policy.get("HardExpiry")),
            allows_change=bool(policy.get("AllowUsersToChangePassword")),
        )

    def generate(self, user_name: str) -> str:
        """A password that the account accepts for this user, and that survives the ways to its owner.

        It has all kinds of characters, begins and ends with a letter or digit, so that no spreadsheet takes it for a
        formula and no sentence's end for a part of it, and does not contain the user's name.
        """
        length = min(max(LENGTH, self.minimum_length), LONGEST)
        while True:
            password = "".join(secrets.choice("".join(CLASSES)) for _place in range(length))
            if _is_good(password, user_name):
                return password

    def sentences(self) -> tuple[str, ...]:
        """The rules for the password that its owner chooses, as sentences for the mail."""
        said = [f"It has at least {self.minimum_length} characters."]
        if self.of_three_kinds:
            said.append(
                "It has characters of at least three of these kinds: "
                f"uppercase letters, lowercase letters, digits, symbols ({IAM_SYMBOLS})."
            )
            said.append("It is not your user name, nor the account's name or e-mail address.")
        if self.required:
            kinds = [f"symbol ({IAM_SYMBOLS})" if kind == "symbol" else kind for kind in self.required]
            said.append(f"It has at least one {_listed(kinds)}.")
        if self.reuse_prevention:
            last = "the last one" if self.reuse_prevention == 1 else f"one of the last {self.reuse_prevention}"
            said.append(f"It is not {last} that you had.")
        if self.max_age_days:
            days = "day" if self.max_age_days == 1 else f"{self.max_age_days} days"
            said.append(f"You have to choose another one every {days}.")
            if self.hard_expiry:
                said.append("Once it has expired, only an administrator can give you a new one.")
        return tuple(said)


def read_password_rules(iam: Client) -> PasswordRules:
    """The account's rules; AWS's default ones where it has none of its own. Raises ReadError."""
    try:
        return PasswordRules.of_policy(ask(iam, "GetAccountPasswordPolicy", {})["PasswordPolicy"])
    except ReadError as error:
        if error.code == "NoSuchEntity":
            return PasswordRules()
        raise


def _is_good(password: str, user_name: str) -> bool:
    return (
        all(set(password) & set(kind) for kind in CLASSES)
        and password[0] not in SYMBOLS
        and password[-1] not in SYMBOLS
        and user_name.casefold() not in password.casefold()
    )


def _listed(kinds: t.Sequence[str]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', one '.join(kinds[:-1])} and one {kinds[-1]}"
