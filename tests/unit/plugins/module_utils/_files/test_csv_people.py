# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of a table: each row becomes an entry, or a fault with its file and line."""

from __future__ import annotations

import csv
import datetime
import io
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Origin
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_people import Listed, People, read_people
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_settings import csv_settings
from hypothesis import given
from hypothesis import strategies as st

COLUMNS: t.Final = {
    "employee_id": "No",
    "email": "Mail",
    "departments": "Team",
    "starts_on": "First day",
    "ends_on": "Last day",
    "managed_policies": "Extra",
    "tags": {"Site": "Office", "Cost": "Centre"},
}
SETTINGS: t.Final = {
    "columns": COLUMNS,
    "name": "email",
    "departments": {"Sales": "sales", "Both": ["sales", "it"], "Kitchen": "none", "Garden": "none"},
    "dates": "%d.%m.%Y",
    "separator": "/",
}
TITLES: t.Final = ("No", "Mail", "Team", "First day", "Last day", "Extra", "Office", "Centre")


def people(text: str, **settings: t.Any) -> People:
    read, faults = csv_settings(settings)
    assert faults == ()
    return read_people(text, "hr.csv", read)


def one(row: str, **changed: t.Any) -> Listed:
    """The only person of a table with all columns; the row's cells stand between bars."""
    text = "\n".join([";".join(TITLES), row.replace("|", ";")])
    [listed] = people(text, **{**SETTINGS, **changed}).listed
    return listed


def header_faults(text: str, **settings: t.Any) -> list[str]:
    read = people(text, **settings)
    assert read.listed == ()
    assert all(fault.stops_cutting for fault in read.faults)
    return [str(fault) for fault in read.faults]


def test_a_row_becomes_an_entry_in_our_keys() -> None:
    assert one("0042|asha.rao@example.com|Sales|01.02.2026|31.12.9999|ReadOnlyAccess / Billing|Pune|") == Listed(
        {
            "name": "asha.rao",
            "email": "asha.rao@example.com",
            "employee_id": "0042",
            "departments": ["sales"],
            "starts_on": "2026-02-01",
            "ends_on": "9999-12-31",
            "managed_policies": ["ReadOnlyAccess", "Billing"],
            "tags": {"Site": "Pune"},
        },
        Origin("hr.csv line 2"),
    )


def test_an_empty_cell_says_nothing() -> None:
    assert one("|a@b.c|Sales|||||").entry == {"name": "a", "email": "a@b.c", "departments": ["sales"], "tags": {}}


def test_every_key_that_may_stand_in_a_column() -> None:
    text = (
        "name,email,employee_id,console,credentials_to,access_key,path,boundary,state,"
        "departments,managed_policies,starts_on,ends_on,accounts\n"
        "asha,a@b.c,7,yes,boss@b.c,no,/p/,Edge,suspended,Sales,X,2026-01-31,2026-02-28,production+training\n"
    )
    assert people(text, separator="+").listed[0].entry == {
        "name": "asha",
        "email": "a@b.c",
        "employee_id": "7",
        "console": "yes",
        "credentials_to": "boss@b.c",
        "access_key": "no",
        "path": "/p/",
        "boundary": "Edge",
        "state": "suspended",
        "departments": ["Sales"],
        "accounts": ["production", "training"],
        "managed_policies": ["X"],
        "starts_on": "2026-01-31",
        "ends_on": "2026-02-28",
    }


def test_other_columns_are_passed_over() -> None:
    text = "Salary,Login,Salary,\n90000,asha,1,\n"
    assert people(text, columns={"name": "Login"}).listed == (Listed({"name": "asha"}, Origin("hr.csv line 2")),)


def test_a_name_can_be_a_column_beside_others() -> None:
    text = "Login\tMail\nasha\ta@b.c\n"
    assert people(text, columns={"email": "Mail"}, name="Login").listed[0].entry == {"name": "asha", "email": "a@b.c"}


def test_a_name_is_made_of_our_own_column_of_mail_addresses() -> None:
    assert people("email\na.b@c.d\n", name="email").listed[0].entry == {"name": "a.b", "email": "a.b@c.d"}


def test_letters_of_a_name_are_not_changed() -> None:
    assert one("|Jürgen@b.c|Sales|||||").entry["name"] == "Jürgen"


# Departments


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Sales", ["sales"]),
        ("Both", ["sales", "it"]),
        ("Sales / Both", ["sales", "it"]),
        ("Sales//", ["sales"]),
        ("Kitchen/Sales", ["sales"]),
    ],
)
def test_titles_stand_for_departments(cell: str, names: list[str]) -> None:
    listed = one(f"|a@b.c|{cell}|||||")
    assert (listed.entry["departments"], listed.origin.faults, listed.access) == (names, (), True)


def test_without_a_map_the_cell_holds_the_departments_name() -> None:
    text = "name,departments\nasha,sales|it|sales\n"
    assert people(text).listed[0].entry["departments"] == ["sales|it|sales"]
    assert people(text, separator="|").listed[0].entry["departments"] == ["sales", "it"]


@pytest.mark.parametrize("cell", ["Kitchen", "Kitchen/Garden"])
def test_no_access_is_no_fault(cell: str) -> None:
    listed = one(f"7|a@b.c|{cell}|bad|bad|||")
    assert listed == Listed({"employee_id": "7", "email": "a@b.c", "name": "a"}, Origin("hr.csv line 2"), access=False)


@pytest.mark.parametrize("mail", ["", "none"])
def test_without_access_nobody_needs_a_name(mail: str) -> None:
    listed = one(f"|{mail}|Kitchen|||||")
    assert (listed.access, listed.entry, listed.origin.faults) == (False, {}, ())


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("", "has a blank Team"),
        ("/", "has a blank Team"),
        ("Salse", "has the unknown Team Salse; did you mean Sales?"),
        ("sales", "has the unknown Team sales; did you mean Sales?"),
        ("Sales/X y", "has the unknown Team 'X y'"),
        ("Kitchen/Salse", "has the unknown Team Salse; did you mean Sales?"),
    ],
)
def test_departments_that_are_not_understood_change_nothing(cell: str, told: str) -> None:
    listed = one(f"|a@b.c|{cell}|||||")
    assert listed == Listed({"name": "a", "email": "a@b.c", "tags": {}}, Origin("hr.csv line 2", (told,)))


def test_every_unknown_title_is_told() -> None:
    assert one("|a@b.c|X1/X2|||||").origin.faults == ("has the unknown Team X1", "has the unknown Team X2")


# Names


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        ("", "has a blank Mail, from which the user's name would be made"),
        ("asha", "has asha for Mail, which is not a mail address: no user name can be made from it"),
        ("@b.c", "has @b.c for Mail, which is not a mail address: no user name can be made from it"),
        ("a b@", "has 'a b@' for Mail, which is not a mail address: no user name can be made from it"),
    ],
)
def test_an_address_of_which_no_name_can_be_made(mail: str, told: str) -> None:
    listed = one(f"7|{mail}|Sales|||||")
    assert listed.entry == {"employee_id": "7", "departments": ["sales"], "tags": {}}
    assert listed.origin == Origin("hr.csv line 2", (told,))


def test_a_blank_name_is_told() -> None:
    text = "Login,departments\n,sales\n"
    [listed] = people(text, columns={"departments": "departments"}, name="Login").listed
    assert listed == Listed(
        {"departments": ["sales"]}, Origin("hr.csv line 2", ("has a blank Login, which would be the user's name",))
    )


# Dates


@pytest.mark.parametrize(
    "cell", ["2026-02-01", "1/2/2026", "30.02.2026", "00.00.0000", "soon", "01.02.26", "1.2.2026 x"]
)
def test_dates_of_another_form_are_told(cell: str) -> None:
    listed = one(f"|a@b.c|Sales|{cell}|{cell}|||")
    shown = repr(cell) if " " in cell else cell
    assert listed.origin.faults == (
        f"has {shown} for First day, which is not a date of the form %d.%m.%Y",
        f"has {shown} for Last day, which is not a date of the form %d.%m.%Y",
    )
    assert not {"starts_on", "ends_on"} & listed.entry.keys()


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y%m%d"]))
def test_dates_are_understood_in_their_form(day: datetime.date, form: str) -> None:
    listed = one(f"|a@b.c|Sales||{day.strftime(form)}|||", dates=form)
    assert (listed.entry["ends_on"], listed.origin.faults) == (day.isoformat(), ())


# Rows and columns


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert one("||Salse|soon|never|||").origin.faults == (
        "has the unknown Team Salse; did you mean Sales?",
        "has a blank Mail, from which the user's name would be made",
        "has soon for First day, which is not a date of the form %d.%m.%Y",
        "has never for Last day, which is not a date of the form %d.%m.%Y",
    )


@pytest.mark.parametrize(
    ("row", "told"), [("asha", "has 1 cell, the header has 2"), ("asha,sales,x", "has 3 cells, the header has 2")]
)
def test_a_row_of_another_width_stops_cutting(row: str, told: str) -> None:
    read = people(f'name,departments\n"li",sales\n{row}\n')
    assert read.listed[1] == Listed({}, Origin("hr.csv line 3", (told,), stops_cutting=True))
    assert read.faults == ()


def test_a_table_without_rows_is_told() -> None:
    assert header_faults("name,email\n\n") == ["hr.csv: has no row below its header"]


def test_columns_that_are_missing_are_told_with_the_nearest() -> None:
    text = "\nNo.;Login;Office\n1;asha;Pune\n"
    columns = {"employee_id": "No", "name": "login", "email": "Zzz", "tags": {"Site": "Offices"}}
    assert header_faults(text, columns=columns) == [
        "hr.csv line 2: has no column No; did you mean No.?",
        "hr.csv line 2: has no column login; did you mean Login?",
        "hr.csv line 2: has no column Zzz",
        "hr.csv line 2: has no column Offices; did you mean Office?",
    ]


def test_a_column_that_is_there_twice_is_told() -> None:
    assert header_faults("Login,Login,X,X\na,b,c,d\n", columns={"name": "Login"}) == [
        "hr.csv line 1: has the column Login twice"
    ]


def test_titles_that_are_to_be_our_keys_must_be() -> None:
    assert header_faults("name,departement,Salary\na,b,c\n") == [
        "hr.csv line 1: has the unknown column departement; did you mean departments?",
        "hr.csv line 1: has the unknown column Salary (csv.columns says what is in the columns of a file)",
    ]
    assert header_faults("Name,Salary\na,b\n") == ["hr.csv line 1: has no column name; did you mean Name?"]
    assert header_faults("name,name\na,b\n") == ["hr.csv line 1: has the column name twice"]
    assert header_faults("name\na\n", name="email") == ["hr.csv line 1: has no column email"]


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[0-9]{1,8}", fullmatch=True),
            st.from_regex(r"[a-zA-Z.+=_-]{1,20}", fullmatch=True),
            st.sampled_from(["Sales", "Both", "Kitchen"]),
            st.dates(min_value=datetime.date(1950, 1, 1)) | st.none(),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.permutations(["No", "Mail", "Team", "Last day", "Remark"]),
    st.text(alphabet=',;\t"\r\n ä', max_size=8),
)
def test_what_was_written_of_people_is_read_of_them(
    written: list[tuple[str, str, str, datetime.date | None]], delimiter: str, order: list[str], remark: str
) -> None:
    rows = [
        {
            "No": number,
            "Mail": f"{name}@example.com",
            "Team": team,
            "Last day": last.strftime("%d.%m.%Y") if last else "",
            "Remark": remark,
        }
        for number, name, team, last in written
    ]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, order, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    columns = {"employee_id": "No", "email": "Mail", "departments": "Team", "ends_on": "Last day"}
    read = people(file.getvalue(), **{**SETTINGS, "columns": columns})
    assert read.faults == ()
    assert all(listed.origin.faults == () for listed in read.listed)
    assert [(listed.access, listed.entry) for listed in read.listed] == [
        (team != "Kitchen", expected(number, name, team, last)) for number, name, team, last in written
    ]


def expected(number: str, name: str, team: str, last: datetime.date | None) -> dict[str, object]:
    entry: dict[str, object] = {"employee_id": number, "email": f"{name}@example.com", "name": name}
    if team == "Kitchen":
        return entry
    ends = {"ends_on": last.isoformat()} if last else {}
    return {**entry, "departments": {"Sales": ["sales"], "Both": ["sales", "it"]}[team], **ends}
