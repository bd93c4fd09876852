# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in files: found, read, joined to the one in the inventory, and what of them cannot be trusted."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings, Outsider
from ansible_collections.workforce.aws.plugins.module_utils._files.lists import Roll, read_lists, read_roll

CSV: t.Final = {"columns": {"employee_id": "No", "departments": "Team"}, "name": "Login"}
WITH_NONE: t.Final = {**CSV, "departments": {"Sales": "sales", "Kitchen": "none"}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder; so that the files have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(**files: str) -> None:
    """Files of the current folder; of the names, the last _ is a dot."""
    for name, text in files.items():
        Path(".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")


def told(roll: Roll) -> list[str]:
    return [str(fault) for fault in roll.faults]


def places(roll: Roll) -> list[tuple[object, str | None]]:
    entries = t.cast("list[object]", roll.entries)
    return [
        (entry, None if origin is None else origin.where) for entry, origin in zip(entries, roll.origins, strict=True)
    ]


def read(files: t.Sequence[str], csv: t.Mapping[str, t.Any] | None = None, employees: object = None) -> Roll:
    return read_roll(employees, files, csv)


def chart(files: t.Sequence[str], csv: t.Mapping[str, t.Any], employees: object = None, **settings: t.Any) -> Chart:
    params = {
        "departments": [{"name": "sales"}],
        "employees": employees,
        "employees_from": files,
        "csv": csv,
        "extra_employees": None,
        "files_may_set": [],
    }
    return read_lists(params, ChartSettings(**settings))


@pytest.mark.parametrize("files", [None, []])
@pytest.mark.parametrize("employees", [None, 7, [{"name": "a"}]])
def test_without_files_the_list_is_what_was_given(files: list[str] | None, employees: object) -> None:
    assert read_roll(employees, files, {"columns": {"x": 1}}) == Roll(employees)


@pytest.mark.usefixtures("folder")
def test_all_lists_are_joined() -> None:
    written(
        a_csv="No;Login;Team\n1;asha;sales\n",
        b_tsv="No\tLogin\tTeam\n2\tli\tsales\n",
        c_TXT="No,Login,Team\n3,wei,sales\n",
        d_json='[\n{"name": "x"}]',
        e_yml="- name: y\n",
        f_YAML="employees:\n- 7\n",
    )
    names = ["a.csv", "b.tsv", "c.TXT", "d.json", "e.yml", "f.YAML"]
    roll = read(names, CSV, ({"name": "first"},))
    assert places(roll) == [
        ({"name": "first"}, None),
        ({"name": "asha", "employee_id": "1", "departments": ["sales"]}, "a.csv line 2"),
        ({"name": "li", "employee_id": "2", "departments": ["sales"]}, "b.tsv line 2"),
        ({"name": "wei", "employee_id": "3", "departments": ["sales"]}, "c.TXT line 2"),
        ({"name": "x"}, "d.json line 2"),
        ({"name": "y"}, "e.yml line 1"),
        (7, "f.YAML line 2"),
    ]
    assert roll.faults == ()
    assert roll.trusted
    assert places(read(["e.yml"], None, None)) == places(read(["e.yml"], None, [])) == [({"name": "y"}, "e.yml line 1")]


@pytest.mark.usefixtures("folder")
def test_a_pattern_names_files_in_their_order_and_each_file_is_read_once(folder: Path) -> None:
    Path("people", "more").mkdir(parents=True)
    for name in ("people/b.yml", "people/a.yml", "people/more/c.yml", "people/.hidden.yml"):
        Path(name).write_text(f"- name: {Path(name).stem}\n", encoding="utf-8")
    assert [where for _entry, where in places(read(["people/*.yml"]))] == ["people/a.yml line 1", "people/b.yml line 1"]
    again = read(["people/b.yml", "people/**/*.yml", "people/?.yml"])
    assert [entry for entry, _where in places(again)] == [{"name": "b"}, {"name": "a"}, {"name": "c"}]
    [(_entry, where)] = places(read([f"{folder}/people/a.*"]))
    assert where == f"{folder}/people/a.yml line 1"


@pytest.mark.usefixtures("folder")
def test_a_name_that_looks_like_a_pattern_is_a_name() -> None:
    Path("people[1].yml").write_text("- name: a\n", encoding="utf-8")
    assert places(read(["people[1].yml"])) == [({"name": "a"}, "people[1].yml line 1")]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("files", "what"),
    [
        (["no/*.yml"], ["no/*.yml: names no file"]),
        (["no.csv"], ["no.csv: does not exist"]),
        (
            ["."],
            [".: cannot be read as a list of people: its name must end in .csv, .tsv, .txt, .json, .yml, .yaml"],
        ),
        (["folder.csv"], ["folder.csv: is not a file"]),
        (
            ["x.xlsx"],
            ["x.xlsx: cannot be read as a list of people: its name must end in .csv, .tsv, .txt, .json, .yml, .yaml"],
        ),
        (["empty.csv"], ["empty.csv: is empty"]),
        (["empty.json"], ["empty.json: is empty"]),
        (["empty.yml"], ["empty.yml: is empty"]),
        (["nobody.json"], ["nobody.json: lists nobody; take it out of employees_from if that is right"]),
        (["nobody.yml"], ["nobody.yml: lists nobody; take it out of employees_from if that is right"]),
        (["header.csv"], ["header.csv: has no row below its header"]),
        (["latin.csv"], ["latin.csv line 2: has the byte 0xfc, which is not UTF-8; save the file as UTF-8"]),
        (["open.csv"], ["open.csv line 2: has a quotation mark that is never closed"]),
        (["other.csv"], ["other.csv line 1: has no column Login; did you mean Logon?"]),
        (["bad.json"], ["bad.json line 2: is not JSON: Expecting value"]),
        (["bad.yml"], ["bad.yml line 2: is not YAML: did not find expected '-' indicator"]),
        (
            ["empty.csv", "nobody.yml", "no?"],
            [
                "no?: names no file",
                "empty.csv: is empty",
                "nobody.yml: lists nobody; take it out of employees_from if that is right",
            ],
        ),
    ],
)
def test_files_that_cannot_be_trusted(files: list[str], what: list[str]) -> None:
    written(
        x_xlsx="PK",
        empty_csv="\ufeff\n",
        empty_json=" \n",
        empty_yml="",
        nobody_json="[]",
        nobody_yml="employees: []",
        header_csv="No,Login,Team\n",
        open_csv='No,Login,Team\n1,"asha,sales\n',
        other_csv="No,Logon,Team\n1,asha,sales\n",
        bad_json="[\n]]"[:2] + "}]",
        bad_yml="- name: a\n name: b",
        good_yml="- name: a\n",
    )
    Path("folder.csv").mkdir()
    Path("latin.csv").write_bytes("No,Login,Team\n1,Jürgen,sales\n".encode("latin-1"))
    roll = read([*files, "good.yml"], CSV)
    assert told(roll) == what
    assert all(fault.stops_cutting for fault in roll.faults)
    assert not roll.trusted
    # What was understood is judged as well, so that all is told at once; nobody may be called missing from it.
    assert places(roll) == [({"name": "a"}, "good.yml line 1")]
    read_chart = chart([*files, "good.yml"], CSV)
    assert [str(fault) for fault in read_chart.faults] == what
    assert read_chart.listed is None


@pytest.mark.usefixtures("folder")
def test_by_wrong_settings_no_table_is_read() -> None:
    written(a_csv="No,Login,Team\n", b_yml="- name: b\n")
    roll = read(["a.csv", "b.yml", "no*"], {"columns": {"nam": "Login"}, "name": "Login"})
    assert told(roll) == [
        "no*: names no file",
        "csv.columns: has the unknown key nam; did you mean name?",
    ]
    assert places(roll) == [({"name": "b"}, "b.yml line 1")]
    assert not roll.trusted


@pytest.mark.usefixtures("folder")
def test_what_is_no_list_stays_what_it_is() -> None:
    written(a_yml="- name: a\n")
    assert read(["a.yml", "no"], None, "people").entries == "people"
    assert told(read(["a.yml", "no"], None, "people")) == [
        "no: cannot be read as a list of people: its name must end in .csv, .tsv, .txt, .json, .yml, .yaml"
    ]
    assert [str(fault) for fault in chart(["a.yml"], {}, {"a": 1}).faults] == [
        "employees: is a mapping; it must be a list of employees ([] for none)"
    ]


# at_least


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("at_least", "enough"), [(0, True), (5, True), (6, False)])
def test_an_export_with_too_few_rows_is_broken(at_least: int, enough: bool) -> None:
    # Rows without access count, rows at fault count, blank ones and other lists do not.
    written(
        a_csv="No,Login,Team\n1,asha,Sales\n2,li,Kitchen\n,,\n3,x\n",
        b_csv="No,Login,Team\n4,w,\n5,y,Sales\n",
        c_yml="- name: z\n",
    )
    roll = read(["?.csv", "c.yml"], {**WITH_NONE, "at_least": at_least})
    assert roll.trusted == enough
    what = "csv.at_least: is 6, and the files have 5 rows: probably only a part of the people was exported"
    assert told(roll) == ([] if enough else [what])


@pytest.mark.usefixtures("folder")
def test_too_few_rows_are_not_told_of_a_file_that_was_not_read() -> None:
    assert told(read(["no.csv"], {**CSV, "at_least": 1})) == ["no.csv: does not exist"]


# Without access


@pytest.mark.usefixtures("folder")
def test_people_without_access_are_counted_and_no_fault() -> None:
    written(a_csv="No,Login,Team\n1,asha,Sales\n2,li,Kitchen\n,,Kitchen\n")
    roll = read(["a.csv"], WITH_NONE)
    assert [entry for entry, _where in places(roll)] == [{"name": "asha", "employee_id": "1", "departments": ["sales"]}]
    assert [(one.entry, one.origin.where) for one in roll.without_access] == [
        ({"name": "li", "employee_id": "2"}, "a.csv line 3"),
        ({}, "a.csv line 4"),
    ]
    read_chart = chart(["a.csv"], WITH_NONE)
    assert read_chart.faults == ()
    assert read_chart.without_access == (Outsider("li", "2"), Outsider())
    assert read_chart.listed == frozenset({"asha"})
    assert read_chart.employees == 1


@pytest.mark.usefixtures("folder")
def test_one_person_with_and_without_access_is_told_with_both_lines() -> None:
    written(
        a_csv="No,Login,Team\n1,asha,Sales\n1,asha,Kitchen\n2,li,Kitchen\n2,wei,Sales\n3,Kim,Kitchen\n4,kim,Kitchen\n5,x,Kitchen\n",
        b_json=json.dumps([{"name": "y", "employee_id": 5}]),
    )
    roll = read(["a.csv", "b.json"], WITH_NONE, [{"name": "LI"}, 7, {"name": ["x"]}])
    twice, kept = "is listed more than once, and without access to AWS", "; this takes no access away"
    assert told(roll) == [
        f"employee_id 1: {twice} (a.csv line 2 and a.csv line 3){kept}",
        f"employee_id 2: {twice} (a.csv line 4 and a.csv line 5){kept}",
        f"employee_id 5: {twice} (a.csv line 8 and b.json line 1){kept}",
        f"name LI: {twice} (entry 1 of employees and a.csv line 4){kept}",
        f"name Kim: {twice} (a.csv line 6 and a.csv line 7){kept}",
    ]
    # Who is in the list is known all the same.
    assert roll.trusted


@pytest.mark.usefixtures("folder")
def test_who_is_named_by_another_entry_too_is_not_certainly_without_access() -> None:
    written(
        a_csv="No,Login,Team\n1,asha,Sales\n1,asha,Kitchen\n2,li,Kitchen\n3,Kim,Kitchen\n4,wei,Kitchen\n4,,Kitchen\n"
    )
    assert chart(["a.csv"], WITH_NONE, [{"name": "KIM"}]).without_access == (
        Outsider("asha", "1", certain=False),
        Outsider("li", "2"),
        Outsider("Kim", "3", certain=False),
        Outsider("wei", "4", certain=False),
        Outsider(None, "4", certain=False),
    )


@pytest.mark.usefixtures("folder")
def test_one_person_in_two_rows_is_told_by_the_chart() -> None:
    written(a_csv="No,Login,Team\n1,asha,sales\n1,asha,sales\n2,li,sales\n2,wei,sales\n")
    assert [str(fault) for fault in chart(["a.csv"], CSV, [{"name": "Li"}]).faults] == [
        "employees Li and li: are one name to IAM, which compares without case (entry 1 of employees and a.csv line 4)",
        "employee asha: is listed more than once (a.csv line 2 and a.csv line 3)",
        "employees li and wei: have the same employee_id 2 (a.csv line 4 and a.csv line 5)",
    ]


@pytest.mark.usefixtures("folder")
def test_a_limited_run_waits_for_the_file_and_not_for_other_people() -> None:
    written(a_csv="No,Login,Team\n1,asha,Sales\n2,li,\n3\n4,x,Sales\n4,x,Kitchen\n")
    only = frozenset({"asha"})
    assert len(chart(["a.csv"], WITH_NONE).faults) == 3
    assert chart(["a.csv"], WITH_NONE, only=only).faults == ()
    assert [str(fault) for fault in chart(["a.csv", "no.csv"], WITH_NONE, only=only).faults] == [
        "no.csv: does not exist"
    ]


@pytest.mark.usefixtures("folder")
def test_a_row_that_cannot_be_read_leaves_nobody_missing_and_stops_cutting() -> None:
    written(a_csv="No,Login,Team\n1,asha,sales\n3\n")
    read_chart = chart(["a.csv"], CSV)
    assert [(str(fault), fault.stops_cutting) for fault in read_chart.faults] == [
        ("a.csv line 3: has 1 cell, the header has 3", True)
    ]
    assert read_chart.listed is None


@pytest.mark.usefixtures("folder")
def test_a_persons_fault_is_told_with_name_file_and_line_and_leaves_the_person_listed() -> None:
    written(a_csv="No,Login,Team\n1,asha,\n2,li,sales\n")
    read_chart = chart(["a.csv"], CSV)
    assert [(str(fault), fault.stops_cutting) for fault in read_chart.faults] == [
        ("employee asha (a.csv line 2): has a blank Team", False),
    ]
    assert read_chart.listed == frozenset({"asha", "li"})
    assert [(user.name, user.groups, user.purge_groups) for user in read_chart.desired.users] == [
        ("asha", None, False),
        ("li", ("sales",), True),
    ]


@pytest.mark.usefixtures("folder")
def test_another_spelling_of_a_name_is_proposed() -> None:
    written(a_csv="Login,Mail\n1,jürgen@example.com\n")
    csv = {"columns": {"email": "Mail"}, "name": "email"}
    assert [str(fault) for fault in chart(["a.csv"], csv).faults] == [
        "employee jürgen (a.csv line 2): has 'ü' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -; "
        "juergen or jurgen would do"
    ]


@pytest.mark.parametrize(
    "text", ['[{"name": "asha", "employee_id": "007"}]', " \n- name: asha\n  employee_id: '007'\n", "[]"]
)
def test_the_list_itself_may_be_text_as_a_surveys_answer_is(text: str) -> None:
    expected = [] if text == "[]" else [{"name": "asha", "employee_id": "007"}]
    assert read_roll(text, None, None) == Roll(expected)
    joined = read_roll(text, None, None, extra='[{"name": "ben"}]')
    assert joined.entries == [*expected, {"name": "ben"}]


@pytest.mark.parametrize("where", ["employees", "onboard_extra_employees"])
def test_text_that_is_broken_stops_everything_and_shows_the_form(where: str) -> None:
    broken = '[{"name": "asha"'
    roll = read_roll(broken, None, None) if where == "employees" else read_roll([], None, None, extra=broken)
    (fault,) = roll.faults
    assert (fault.who, fault.stops_cutting, roll.trusted) == (where, True, False)
    assert fault.what.startswith("is not YAML: ")
    assert fault.what.endswith('(line 2); write a list such as [{"name": "asha.rao", "departments": ["sales"]}]')


def test_text_that_begins_no_list_is_judged_as_it_is() -> None:
    assert read_roll("asha", None, None) == Roll("asha")
