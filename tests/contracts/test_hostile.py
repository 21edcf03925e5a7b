"""Every hostile file gets its one right message, in the shell and in the admin, and changes nothing."""

import pytest
from django.core.management import CommandError, call_command

from border.contracts.admin import Upload, resource_for
from border.contracts.load import load
from border.contracts.read import Given
from border.contracts.tables import BY_NAME
from tests.contracts.conftest import counts
from tests.contracts.corpus import CASES, Case

IDS = [f"{number}-{case.name}".encode("ascii", "replace").decode() for number, case in enumerate(CASES)]


def test_the_corpus_is_large():
    assert len(CASES) >= 60
    assert len({(case.table, case.content, case.column) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_each_file_gets_its_message_on_both_paths_and_changes_nothing(case: Case, standing_world, db):
    before = counts()
    outcome = load([Given.named(f"{case.table}.csv", case.content)])
    told = [str(fault) for fault in outcome.faults]
    where = [(fault.line, fault.column) for fault in outcome.faults if case.says in fault.message]
    assert where, told
    assert where[0][1] == case.column, told
    if case.line:
        assert where[0][0] == case.line, told
    result = resource_for(BY_NAME[case.table].model)().import_data(
        Upload(case.content), dry_run=False, file_name=f"{case.table}.csv"
    )
    assert admin_messages(result) == shell_messages(outcome)
    assert counts() == before


def shell_messages(outcome):
    return sorted(fault.message for fault in outcome.faults)


def admin_messages(result):
    """The messages of a result, without the value before them and without the place."""
    told = [error.error.partition(".csv: ")[2] for error in result.base_errors]
    for row in result.invalid_rows:
        for errors in row.error_dict.values():
            told += [error.partition('": ')[2] if error.startswith('"') else error for error in errors]
    return sorted(told)


def test_the_command_names_everything_and_fails(small_world, tmp_path):
    case = next(case for case in CASES if case.name == "misspelt column")
    path = tmp_path / "actors.csv"
    path.write_bytes(case.content)
    other = tmp_path / "evnts.csv"
    other.write_bytes(b"")
    with pytest.raises(CommandError) as raised:
        call_command("load", str(tmp_path))
    told = str(raised.value)
    assert f"{path}, line 1, subkind: There is no such column in actors. Perhaps sub_kind?" in told
    assert 'No table is called "evnts"' in told
    assert "Perhaps events.csv?" in told
    assert told.endswith("3 faults; nothing was written.")
