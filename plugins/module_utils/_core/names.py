# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's rules for names, paths, tags and policy references, checked before the first write.

Every rule returns None, or the fault as a text that follows the subject's name ("has a name of 65 characters; …").
"""

from __future__ import annotations

import difflib
import functools
import re
import typing as t
import unicodedata

from .tags import OUR_TAG_PREFIX

if t.TYPE_CHECKING:
    from .subjects import SubjectKind

MAX_TAGS = 50
MAX_TAG_KEY = 128
MAX_TAG_VALUE = 256

# In AWS's patterns \w is ASCII. Use fullmatch: match with $ would allow a newline at the end.
_NAME = re.compile(r"[\w+=,.@-]+", re.ASCII)
_NOT_NAME = re.compile(r"[^\w+=,.@-]", re.ASCII)
_PATH = re.compile(r"/|/[!-~]+/")
_POLICY_ARN = re.compile(
    r"arn:(?P<partition>aws(-[a-z]+)*):iam::(aws|[0-9]{12}):policy/([A-Za-z0-9.,+@=_-]+/)*[\w+=,.@-]{1,128}", re.ASCII
)
_POLICY_REFERENCE = re.compile(r"/?([A-Za-z0-9.,+@=_-]+/)*[\w+=,.@-]{1,128}", re.ASCII)
# Letters that Unicode does not decompose into an ASCII letter and an accent. (\u0131 is the i without a dot.)
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
# As German, Danish, Norwegian, and Swedish names are written where these letters cannot be; others leave the dots out.
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_NAME_LIMITS: dict[str, int] = {"user": 64, "group": 128, "role": 64, "policy": 128}
_EXISTING_LIMIT = 128
_MAX_PATH = 512
_SHOWN = 140


def kind_of(value: object) -> str:
    """The type of a value in the words of a person who writes YAML."""
    if value is None:
        return "null"
    for types, word in (
        (bool, "a boolean"),
        ((int, float), "a number"),
        (str, "a string"),
        ((list, tuple), "a list"),
        (t.Mapping, "a mapping"),
    ):
        if isinstance(value, types):
            return word
    return f"a {type(value).__name__}"


def shown(value: object) -> str:
    """A value for a message: on one line, with invisible characters made visible."""
    text = str(value)
    if not text or not text.isprintable() or " " in text:
        text = repr(text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def described(value: object) -> str:
    """A value of the wrong type, for a message. The content of a list or mapping is not shown: it may be a secret."""
    plain = value is not None and isinstance(value, (bool, int, float, str))
    return f"{kind_of(value)} ({shown(value)})" if plain else kind_of(value)


def nearest(word: str, words: t.Iterable[str]) -> str | None:
    """The word that was probably meant, or None."""
    return _nearest(word, tuple(words))


# Cached: thousands of employees may name the same department that was renamed yesterday.
@functools.lru_cache(maxsize=256)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    spellings = {candidate.lower(): candidate for candidate in words}
    found = difflib.get_close_matches(word.lower(), spellings, n=1)
    return spellings[found[0]] if found else None


def meant(word: str, words: t.Iterable[str]) -> str:
    """The end of a message about an unknown word: the word that was probably meant, or nothing."""
    found = nearest(word, words)
    return f"; did you mean {found}?" if found else ""


def name_fault(kind: SubjectKind, name: object) -> str | None:
    """Why IAM would not create a user or group of that name, with a similar name that it allows if there is one."""
    fault = _name_fault(name, _NAME_LIMITS[kind])
    spellings = _spellings(name) if fault and isinstance(name, str) else ()
    proposed = [spelling for spelling in spellings if not _name_fault(spelling, _NAME_LIMITS[kind])]
    return f"{fault}; {' or '.join(proposed)} would do" if proposed else fault


def _spellings(name: str) -> tuple[str, ...]:
    """A name in the letters that IAM allows. It is only proposed, never used: another name is another user."""
    return tuple(dict.fromkeys((_spelled(name, {**_SPELLED, **_TWO_LETTERS}), _spelled(name, _SPELLED))))


def _spelled(name: str, table: t.Mapping[str, str]) -> str:
    composed = unicodedata.normalize("NFC", ".".join(name.split()))
    letters = unicodedata.normalize("NFKD", "".join(_in_ascii(letter, table) for letter in composed))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _in_ascii(letter: str, table: t.Mapping[str, str]) -> str:
    plain = table.get(letter.lower(), letter)
    return plain.capitalize() if letter.isupper() else plain


def existing_name_fault(name: object) -> str | None:
    """Why no user or group can have that name. IAM allows longer names in reads than when it creates a user."""
    return _name_fault(name, _EXISTING_LIMIT)


def policy_name_fault(name: object) -> str | None:
    """Why IAM would refuse this name of an inline policy."""
    return _name_fault(name, _EXISTING_LIMIT)


def _name_fault(name: object, limit: int) -> str | None:
    if not isinstance(name, str):
        quotes = ": put it in quotes" if isinstance(name, (int, float)) else ""
        return f"has {described(name)} for a name{quotes}"
    if not name:
        return "has an empty name"
    if len(name) > limit:
        return f"has a name of {len(name)} characters; IAM allows {limit}"
    if not _NAME.fullmatch(name):
        wrong = ", ".join(dict.fromkeys(repr(letter) for letter in _NOT_NAME.findall(name)))
        return f"has {wrong} in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"
    return None


def path_fault(path: object) -> str | None:
    """Why IAM would refuse this path."""
    if not isinstance(path, str):
        return f"has {described(path)} for a path"
    if len(path) > _MAX_PATH:
        return f"has a path of {len(path)} characters; IAM allows {_MAX_PATH}"
    if not _PATH.fullmatch(path):
        return (
            f"has the path {shown(path)}; a path is / or begins and ends with /, "
            "with printable ASCII letters and no spaces between"
        )
    return None


def is_arn(ref: str) -> bool:
    """Whether this is an ARN, not a friendly name."""
    return ref.startswith("arn:")


def policy_reference_fault(ref: object) -> str | None:
    """Why this cannot be the ARN or the name of a managed policy in any account."""
    if not isinstance(ref, str):
        return f"has {described(ref)} where a policy's name or ARN belongs"
    if is_arn(ref):
        return None if _POLICY_ARN.fullmatch(ref) else f"names {shown(ref)}, which is not the ARN of a managed policy"
    if not _POLICY_REFERENCE.fullmatch(ref):
        return f"names {shown(ref)}, which cannot be the name of a managed policy"
    return None


def policy_arn_fault(ref: object, partition: str) -> str | None:
    """Why this is not the ARN of a managed policy in this partition."""
    match = _POLICY_ARN.fullmatch(ref) if isinstance(ref, str) else None
    if match is None:
        return f"names {shown(ref)}, which is not the ARN of a managed policy"
    if match["partition"] != partition:
        return f"names {ref}, which is of partition {match['partition']}; this account is in {partition}"
    return None


def tag_faults(tags: object) -> list[str]:
    """Why IAM would refuse these tags of a user."""
    if not isinstance(tags, t.Mapping):
        return [f"has {described(tags)} for tags; a mapping of keys to values belongs there"]
    faults = [
        fault for key, value in tags.items() for fault in (_tag_key_fault(key), tag_value_fault(key, value)) if fault
    ]
    if len(tags) > MAX_TAGS:
        faults.append(f"has {len(tags)} tags; IAM allows {MAX_TAGS}")
    spellings: dict[str, list[str]] = {}
    for key in tags:
        spellings.setdefault(str(key).lower(), []).append(str(key))
    faults += [
        f"has the tags {' and '.join(same)}, which are one key to IAM: it compares them without case"
        for same in spellings.values()
        if len(same) > 1
    ]
    return faults


def _tag_key_fault(key: object) -> str | None:
    if not isinstance(key, str):
        return f"has {described(key)} for a tag's key: put it in quotes"
    if not key.strip():
        return "has a tag with a blank key"
    if key.lower().startswith("aws:"):
        return f"has the tag {shown(key)}; keys that begin with aws: are AWS's own"
    if len(key) > MAX_TAG_KEY:
        return f"has a tag whose key has {len(key)} characters ({shown(key)}); IAM allows {MAX_TAG_KEY}"
    return _letters_fault(f"in the key of the tag {shown(key)}", key)


def tag_value_fault(key: object, value: object) -> str | None:
    """Why IAM would refuse this value of a tag. Numbers and booleans are allowed: :func:`tag_text` makes them text."""
    where = f"the tag {shown(key)}"
    if not isinstance(value, (str, int, float)):
        return f"has {kind_of(value)} for the value of {where}; a string belongs there"
    text = tag_text(value)
    if len(text) > MAX_TAG_VALUE:
        return f"has a value of {len(text)} characters for {where}; IAM allows {MAX_TAG_VALUE}"
    return _letters_fault(f"in the value of {where}", text)


def tag_text(value: object) -> str:
    """A tag's value as IAM stores it. ``true`` becomes ``True``, as with amazon.aws."""
    return str(value)


def _letters_fault(where: str, text: str) -> str | None:
    wrong = [letter for letter in text if letter not in "_.:/=+-@" and unicodedata.category(letter)[0] not in "LNZ"]
    if not wrong:
        return None
    listed = ", ".join(dict.fromkeys(repr(letter) for letter in wrong))
    return f"has {listed} {where}; IAM allows letters, digits, spaces and _ . : / = + - @"


def own_tag_faults(tags: object) -> list[str]:
    """A fault for each tag that only the collection may write."""
    if not isinstance(tags, t.Mapping):
        return []
    return [
        f"has the tag {shown(key)}; keys that begin with {OUR_TAG_PREFIX} are the collection's own marks"
        for key in tags
        if str(key).lower().startswith(OUR_TAG_PREFIX)
    ]
