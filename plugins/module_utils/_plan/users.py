# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of one user."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.credential_mark import Mark, tag_of
from .._core.issuing import is_issued
from .._core.model import User, fold, read_part
from .._core.steps import Phase, Step
from .._core.subjects import Subject
from .._core.suspension import kept_boundary
from .._core.tags import OUR_TAG_PREFIX
from .after import after
from .credentials import issuing_steps, joining_steps, marking_steps
from .policies import attachment, give_then_take, inline_deletion, membership, policy_steps
from .suspension import lifting_steps
from .tags import tag_changes, tag_list, under_prefix

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser
    from .._core.model import Credentials, Directory


def user_steps(wanted: DesiredUser, directory: Directory, quotas: t.Mapping[str, int]) -> list[Step]:
    """Create or change one user: identity first, then policies, groups, and the password last.

    A user who is due credentials is marked as pending early, so that an interrupted run is finished by the next one: by
    its creation, or before it is let in again.
    """
    steps = _rename_steps(wanted, directory)
    directory = after(directory, steps)
    existing = directory.user(wanted.name)
    is_new = existing is None
    if existing is None:
        steps = [_creation(wanted)]
        existing = User(name=wanted.name, attached={}, inline={}, login_profile=False)
    else:
        steps += [*_path_steps(wanted, existing), *_tag_steps(wanted, existing), *_boundary_steps(wanted, existing)]
    steps += policy_steps(wanted, existing, Phase.USERS, quotas)
    steps += _membership_steps(wanted, existing, directory, quotas, is_new)
    steps += _password_steps(wanted, existing)
    if is_new:
        return steps + joining_steps(wanted)
    issuing = issuing_steps(wanted, existing)
    steps += marking_steps(existing, issuing)
    if wanted.lift:
        steps += lifting_steps(existing, wanted.lift_keys, wanted.boundary)
    return steps + issuing


def _step(user: str, operation: str, line: str, params: t.Mapping[str, t.Any] | None = None, **marks: t.Any) -> Step:
    return Step(Subject("user", user), operation, {"UserName": user, **(params or {})}, line, Phase.USERS, **marks)


def _creation(wanted: DesiredUser) -> Step:
    params: dict[str, t.Any] = {}
    if wanted.path is not None:
        params["Path"] = wanted.path
    tags = tag_list(wanted.tags or {})
    if is_issued(wanted):
        tags.append(tag_of(Mark("pending")))
    if tags:
        params["Tags"] = tags
    if wanted.boundary:
        params["PermissionsBoundary"] = wanted.boundary
    return _step(wanted.name, "CreateUser", "new", params)


def _rename_steps(wanted: DesiredUser, directory: Directory) -> list[Step]:
    """Rename and move with one call. The user keeps its id, groups, policies and password."""
    if wanted.rename_from is None:
        return []
    old = directory.user(wanted.rename_from)
    if old is None:
        return []
    params = {"UserName": old.name, "NewUserName": wanted.name}
    line = f"is renamed from {old.name}"
    if wanted.path is not None and wanted.path != old.path:
        params["NewPath"] = wanted.path
        line += f", moves to path {wanted.path}"
    return [Step(Subject("user", wanted.name), "UpdateUser", params, line, Phase.USERS)]


def _path_steps(wanted: DesiredUser, existing: User) -> t.Iterator[Step]:
    if wanted.path is not None and wanted.path != existing.path:
        yield _step(existing.name, "UpdateUser", f"moves to path {wanted.path}", {"NewPath": wanted.path})


def _tag_steps(wanted: DesiredUser, existing: User) -> t.Iterator[Step]:
    if wanted.release:
        ours = sorted(key for key in read_part(existing.tags, existing.name) if fold(key).startswith(OUR_TAG_PREFIX))
        if ours:
            yield _step(existing.name, "UntagUser", "loses our marks", {"TagKeys": ours})
    if wanted.purge_tag_prefix is not None:
        tags = read_part(existing.tags, existing.name)
        excess = under_prefix(tags, wanted.purge_tag_prefix, wanted.tags or {})
        if excess:
            # These tags carry rights, so that their removal takes access away.
            line = f"loses tags {', '.join(excess)}"
            yield _step(existing.name, "UntagUser", line, {"TagKeys": excess}, cutting=True)
    for operation, line, params in tag_changes(existing, wanted.tags, purge=wanted.purge_tags):
        yield _step(existing.name, operation, line, params)


def _boundary_steps(wanted: DesiredUser, existing: User) -> t.Iterator[Step]:
    if wanted.boundary is None or wanted.boundary == (existing.boundary or ""):
        return
    if kept_boundary(existing):
        # This boundary suspends the user. It is removed when the user is let in again.
        return
    if wanted.boundary:
        params = {"PermissionsBoundary": wanted.boundary}
        yield _step(existing.name, "PutUserPermissionsBoundary", f"gets boundary {wanted.boundary}", params)
    else:
        yield _step(existing.name, "DeleteUserPermissionsBoundary", "loses its boundary")


def _membership_steps(
    wanted: DesiredUser, user: User, directory: Directory, quotas: t.Mapping[str, int], is_new: bool
) -> list[Step]:
    current = directory.groups_of(user.name)
    gives = []
    for key, name in {fold(name): name for name in wanted.groups or ()}.items():
        group = directory.group(name)
        if key not in current or is_new:
            needs = () if group else (Subject("group", name),)
            gives.append(membership("Add", user.name, group.name if group else name, Phase.USERS, needs))
    takes = [
        membership("Remove", user.name, directory.groups[key].name, Phase.USERS)
        for key in sorted(_excess_groups(wanted, current, directory))
    ]
    return give_then_take(gives, takes, len(current), quotas.get("GroupsPerUserQuota"))


def _excess_groups(wanted: DesiredUser, current: frozenset[str], directory: Directory) -> set[str]:
    excess = {fold(name) for name in wanted.groups_absent} & current
    if wanted.purge_groups and wanted.groups is not None:
        keep = {fold(name) for name in wanted.groups}
        excess |= {key for key in current - keep if _purgeable(wanted, key, directory)}
    return excess


def _purgeable(wanted: DesiredUser, key: str, directory: Directory) -> bool:
    if wanted.purge_path is None or key in wanted.purge_names:
        return True
    return directory.groups[key].path.startswith(wanted.purge_path)


def _password_steps(wanted: DesiredUser, existing: User) -> t.Iterator[Step]:
    if wanted.remove_password and read_part(existing.login_profile, existing.name):
        yield _step(existing.name, "DeleteLoginProfile", "loses the console password", cutting=True)
    password = wanted.password
    if password is None:
        return
    profile = read_part(existing.login_profile, existing.name)
    params = {"PasswordResetRequired": password.reset_required}
    secrets = {"Password": password.value}
    if not profile:
        yield _step(existing.name, "CreateLoginProfile", "gets a console password", params, secrets=secrets)
    elif password.update == "always":
        yield _step(existing.name, "UpdateLoginProfile", "gets another console password", params, secrets=secrets)


def teardown_steps(wanted: DesiredUser, directory: Directory) -> list[Step]:
    """Remove all that DeleteUser requires, in the order of its documentation, then the user.

    Credentials go first: even if a later step fails, nobody can sign in any more.
    """
    user = directory.user(wanted.name)
    if user is None:
        return []
    subject = Subject("user", user.name)
    steps = list(_credential_steps(user))
    steps += [inline_deletion(subject, name, Phase.LEAVERS) for name in sorted(read_part(user.inline, user.name))]
    steps += [attachment("Detach", subject, arn, Phase.LEAVERS) for arn in sorted(read_part(user.attached, user.name))]
    groups = sorted(directory.groups[key].name for key in directory.groups_of(user.name))
    steps += [membership("Remove", user.name, name, Phase.LEAVERS) for name in groups]
    # A run that is stopped before their sessions are ended must find them again.
    deletion = _leaver_step(user.name, "DeleteUser", "deleted", closing=True)
    return [*steps, dataclasses.replace(deletion, phase=Phase.REMOVED_USERS)]


def _leaver_step(
    user: str, operation: str, line: str, params: t.Mapping[str, t.Any] | None = None, **marks: t.Any
) -> Step:
    return dataclasses.replace(_step(user, operation, line, params, cutting=True, **marks), phase=Phase.LEAVERS)


def _credential_steps(user: User) -> t.Iterator[Step]:
    credentials = read_part(user.credentials, user.name)
    if not credentials.whole:
        raise KeyError(f"only the access keys of {user.name} were read")

    def cut(operation: str, line: str, **params: str) -> Step:
        return _leaver_step(user.name, operation, line, params)

    if read_part(user.login_profile, user.name):
        yield cut("DeleteLoginProfile", "loses the console password")
    for key in credentials.access_keys:
        yield cut("DeleteAccessKey", f"loses access key {key}", AccessKeyId=key)
    for certificate in credentials.signing_certificates:
        yield cut("DeleteSigningCertificate", f"loses signing certificate {certificate}", CertificateId=certificate)
    for key in credentials.ssh_public_keys:
        yield cut("DeleteSSHPublicKey", f"loses SSH public key {key}", SSHPublicKeyId=key)
    for credential in credentials.service_specific_credentials:
        line = f"loses service-specific credential {credential}"
        yield cut("DeleteServiceSpecificCredential", line, ServiceSpecificCredentialId=credential)
    yield from _mfa_steps(user.name, credentials)


def _mfa_steps(user: str, credentials: Credentials) -> t.Iterator[Step]:
    for serial in credentials.mfa_devices:
        yield _leaver_step(user, "DeactivateMFADevice", f"loses MFA device {serial}", {"SerialNumber": serial})
        if ":mfa/" in serial:
            yield _virtual_mfa_deletion(user, serial)
    for serial in credentials.left_mfa_devices:
        yield _virtual_mfa_deletion(user, serial)


def _virtual_mfa_deletion(user: str, serial: str) -> Step:
    # An unassigned virtual device blocks its name for a later user (IAM user guide, troubleshooting).
    line = f"loses virtual MFA device {serial}"
    params = {"SerialNumber": serial}
    return Step(Subject("user", user), "DeleteVirtualMFADevice", params, line, Phase.LEAVERS, cutting=True)
