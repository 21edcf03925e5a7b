"""Reading what ACLED and UCDP publish, as it is: tables recognised by their header, rows understood, nothing dropped."""

from border.imports.formats.actor_names import bare_name
from border.imports.formats.headers import Format
from border.imports.formats.records import Happening, NotReadable, Party, Recognise, Row, Spot, Toll
from border.imports.formats.table import Table, open_table
from border.imports.formats.writing import write_table

__all__ = [
    "Format",
    "Happening",
    "NotReadable",
    "Party",
    "Recognise",
    "Row",
    "Spot",
    "Table",
    "Toll",
    "bare_name",
    "open_table",
    "write_table",
]
