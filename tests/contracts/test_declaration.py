"""The contract covers every working table and column, and its documentation names each."""

from pathlib import Path

from django.apps import apps
from django.db import models

from border.contracts.tables import BY_NAME, CONTRACTS

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "csv.md").read_text("utf-8")
# Written by imports, by the site itself, or files rather than rows.
WITHOUT_A_FILE = {"Snapshot", "Batch", "ExternalRecord", "Match"}


def test_every_working_table_has_its_file():
    tables = {
        model.__name__
        for app in ("sources", "territories", "actors", "events")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    assert tables - {contract.model.__name__ for contract in CONTRACTS} == WITHOUT_A_FILE


def test_the_columns_are_all_that_can_be_edited():
    for contract in CONTRACTS:
        editable = {
            field.name
            for field in contract.model._meta.concrete_fields
            if field.editable and not field.primary_key
        }
        assert set(contract.header) == editable, contract.name
        assert len(contract.header) == len(set(contract.header))


def test_no_file_can_publish():
    assert not {"status", "id", "possible", "certain", "search_keys"} & {
        name for contract in CONTRACTS for name in contract.header
    }


def test_the_key_is_what_the_database_holds_unique():
    for contract in CONTRACTS:
        unique = {
            frozenset(rule.fields)
            for rule in contract.model._meta.constraints
            if isinstance(rule, models.UniqueConstraint)
        }
        unique |= {frozenset([field.name]) for field in contract.model._meta.concrete_fields if field.unique}
        assert frozenset(contract.keys) in unique, contract.name
        assert (
            contract.header[: len(contract.keys)] == contract.keys or contract.keys[0] == contract.header[0]
        )


def test_files_are_named_after_their_tables():
    for name, contract in BY_NAME.items():
        assert str(contract.model._meta.verbose_name_plural).replace(" ", "_") == name


def test_the_documentation_names_every_file_and_column():
    sections = dict(section.split("\n", 1) for section in DOCUMENTATION.split("\n### ")[1:])
    for contract in CONTRACTS:
        file = "outlines/*.geojson" if contract.name == "outlines" else f"{contract.name}.csv"
        documented = [line.split("`")[1] for line in sections[file].splitlines() if line.startswith("| `")]
        assert documented == list(contract.header), file
