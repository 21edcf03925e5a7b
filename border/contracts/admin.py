"""Import and export in the admin: django-import-export's pages, with the one engine behind them.

Its own way of importing is not used at all: it ignores misspelt columns, keeps valid rows beside invalid ones
and knows nothing of our rules. Here a resource hands the uploaded bytes to ``load`` and translates the outcome.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ExportForm
from import_export.resources import Resource
from import_export.results import Error, InvalidRow, Result, RowResult
from import_export.tmp_storages import BaseStorage

from border.contracts import outlines
from border.contracts.cells import shown
from border.contracts.declare import Contract
from border.contracts.dump import as_csv, for_spreadsheets, texts
from border.contracts.load import load
from border.contracts.outcome import Change, Fault, Outcome
from border.contracts.read import MOST_BYTES, Given
from border.contracts.tables import BY_MODEL, CONTRACTS

_MOST_ROWS_SHOWN = 500
_MOST_WARNINGS = 20
_DAY = 24 * 60 * 60
_INPUT = "vTextField border border-base-200 rounded-default px-3 py-2 w-full"


class Upload(NamedTuple):
    """The bytes of an uploaded file, untouched; a file without any is still a file."""

    content: bytes

    def __bool__(self) -> bool:
        return True


class ContractFormat(Format):
    """A file as the contract has it: UTF-8, commas, every column."""

    title = "CSV (or GeoJSON for outlines)"

    def __init__(self, encoding: str | None = None) -> None:
        """The pages name an encoding; the bytes are read by the engine, which takes UTF-8 only."""

    def get_title(self) -> str:
        """How the form calls it."""
        return self.title

    def get_content_type(self) -> str:
        """Its media type."""
        return "text/csv; charset=utf-8"

    def get_extension(self) -> str:
        """The end of its name."""
        return "csv"

    def create_dataset(self, in_stream: bytes) -> Upload:
        """The bytes as they are; the engine reads them."""
        return Upload(in_stream)

    def can_import(self) -> bool:
        """It can be loaded again."""
        return True

    def can_export(self) -> bool:
        """Every table is written so."""
        return True


class SpreadsheetFormat(ContractFormat):
    """A CSV to be opened in a spreadsheet: cells that a spreadsheet would run as a formula begin with '."""

    title = "CSV for a spreadsheet (formulas made harmless; not to be loaded again)"

    def can_import(self) -> bool:
        """What was made harmless is no longer what is kept."""
        return False


class Uploads(BaseStorage):
    """Uploaded files between preview and confirmation: private, under names nobody can guess, for a day."""

    def _path(self) -> Path:
        if not re.fullmatch(r"[0-9a-f]{32}", self.name or ""):
            raise FileNotFoundError(self.name)
        return Path(settings.MEDIA_ROOT, "uploads", self.name)

    def save(self, data: bytes) -> None:
        """Keep ``data``, and let go of what is older than a day."""
        self.name = uuid4().hex
        path = self._path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in path.parent.iterdir():
            if old.stat().st_mtime < time.time() - _DAY:
                old.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(data)

    def read(self) -> bytes:
        """The bytes kept. Raises FileNotFoundError when they are gone."""
        return self._path().read_bytes()

    def remove(self) -> None:
        """Let go of them."""
        self._path().unlink(missing_ok=True)


class _Told(Error):
    """A fault without the program's own traceback, which tells a curator nothing."""

    traceback = ""


class _Column(NamedTuple):
    column_name: str


class ContractResource(Resource):
    """What import-export asks of a resource, answered by the contract and the engine."""

    contract: ClassVar[Contract]

    @classmethod
    def get_display_name(cls) -> str:
        """The file by its name."""
        return "outlines (GeoJSON)" if cls.contract.name == "outlines" else f"{cls.contract.name}.csv"

    def get_user_visible_fields(self) -> list[_Column]:
        """The contract's columns."""
        return [_Column(name) for name in self.contract.header]

    def import_data(
        self,
        dataset: Upload,
        dry_run: bool = False,
        *,
        file_name: str = "",
        user: Any = None,
        why: str = "",
        **kwargs: Any,
    ) -> Result:
        """The outcome of loading one uploaded file, all or nothing, as import-export shows it."""
        name = file_name or f"{self.contract.name}.csv"
        file = Given(name, dataset.content, self.contract.name)
        outcome = load([file], by=user, why=why, via="import", dry_run=dry_run)
        return _result(outcome, self.contract)


@cache
def resource_for(model: type[models.Model]) -> type[ContractResource]:
    """The resource of a table."""
    return type(f"{model.__name__}Resource", (ContractResource,), {"contract": BY_MODEL[model]})


def files_of(model: type[models.Model]) -> list[Contract]:
    """The files that a noun's pages import and export: its own, then those of the rows it owns."""
    owned = [each for each in CONTRACTS if each.references.get(each.keys[0]) is model]
    return [BY_MODEL[model], *owned]


def _result(outcome: Outcome, contract: Contract) -> Result:
    result = Result()
    result.outcome = outcome
    by_line: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fault in outcome.faults:
        if fault.line is None:
            result.append_base_error(_Told(str(fault)))
        else:
            by_line[fault.line][fault.column or NON_FIELD_ERRORS].append(_told(fault))
    result.invalid_rows = [
        InvalidRow(f"line {line}", ValidationError(dict(told)), ()) for line, told in by_line.items()
    ]
    if outcome.faults:
        return result
    result.diff_headers = [", ".join(contract.keys), "what it changes"]
    changes = [change for change in outcome.changes if change.new or change.columns]
    for change in changes[:_MOST_ROWS_SHOWN]:
        result.append_row_result(_row(change))
    counts = outcome.counts.get(contract.name, {"new": 0, "changed": 0, "same": 0})
    result.totals |= {
        RowResult.IMPORT_TYPE_NEW: counts["new"],
        RowResult.IMPORT_TYPE_UPDATE: counts["changed"],
        RowResult.IMPORT_TYPE_SKIP: counts["same"],
    }
    result.total_rows = sum(counts.values())
    return result


def _told(fault: Fault) -> str:
    return f'"{shown(fault.value)}": {fault.message}' if fault.value else fault.message


def _row(change: Change) -> RowResult:
    row = RowResult()
    row.import_type = RowResult.IMPORT_TYPE_NEW if change.new else RowResult.IMPORT_TYPE_UPDATE
    row.object_id, row.object_repr = change.pk, " ".join(change.key)
    row.diff = [" ".join(change.key), format_html_join("", "<div>{}: {}</div>", _differences(change))]
    return row


def _differences(change: Change) -> Iterator[tuple[str, SafeString]]:
    """Each column that changes, with what it says before and after; of a new row what it says."""
    for name in change.columns:
        after = change.after[name] or "–"
        if change.before is None:
            yield name, format_html('<bdi dir="auto">{}</bdi>', after)
        else:
            before = change.before[name] or "–"
            yield name, format_html('<del dir="auto">{}</del> → <ins dir="auto">{}</ins>', before, after)


class ConfirmForm(ConfirmImportForm):
    """The confirmation of an import, with its reason."""

    why = forms.CharField(
        label="Reason for this import",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto", "class": _INPUT}),
        help_text="Kept in the history of every row beside what was changed.",
    )


class ContractImportMixin(ImportExportMixin):
    """Import and export for a noun's admin: its own file and those of the rows it owns.

    The permissions ``import_<model>`` and ``export_<model>`` of the noun are asked for. A skin may bring its own
    ``import_form_class`` and ``export_form_class``.
    """

    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = Uploads
    skip_admin_log = True  # the history has every row, with the batch that it came in

    def get_resource_classes(self, request: HttpRequest) -> list[type[ContractResource]]:
        """One for each file."""
        return [resource_for(contract.model) for contract in files_of(self.model)]

    def get_import_formats(self) -> list[type[Format]]:
        """The contract's own, and no other."""
        return [ContractFormat]

    def get_export_formats(self) -> list[type[Format]]:
        """The contract's own, and one for people with spreadsheets."""
        return [ContractFormat, SpreadsheetFormat]

    def create_import_form(self, request: HttpRequest) -> Any:
        """As import-export's; the engine itself says what is wrong with an empty file."""
        form = super().create_import_form(request)
        form.fields["import_file"].allow_empty_file = True
        form.fields["import_file"].validators.append(_not_too_large)
        return form

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The reason that was given."""
        form = kwargs.pop("form", None)
        return {"why": getattr(form, "cleaned_data", {}).get("why", "")}

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """As import-export's; what looks odd is said above the preview."""
        response = super().import_action(request, **kwargs)
        result = (getattr(response, "context_data", None) or {}).get("result")
        for warning in result.outcome.warnings[:_MOST_WARNINGS] if result else ():
            messages.warning(request, str(warning))
        if result and len(result.rows) == _MOST_ROWS_SHOWN:
            messages.info(
                request, f"The preview shows the first {_MOST_ROWS_SHOWN} rows that are new or change."
            )
        return response

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """As import-export's; an upload that is gone is a message."""
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.error(
                request,
                "This upload is no longer kept: it was confirmed already, or is a day old. Upload it again.",
            )
            return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """The list with a word of success; or the faults, where the database has changed since the preview."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        form = self.create_import_form(request)
        context = self.admin_site.each_context(request) | {
            "title": "Import",
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            "result": result,
            "import_error_display": self.import_error_display,
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        """How many rows, and which batch."""
        new, changed = result.totals[RowResult.IMPORT_TYPE_NEW], result.totals[RowResult.IMPORT_TYPE_UPDATE]
        if result.outcome.batch is None:
            messages.success(request, "Nothing to change: the database says all this already.")
        else:
            messages.success(request, f"Batch {result.outcome.batch}: {new} new, {changed} changed.")

    def get_valid_export_item_pks(self, request: HttpRequest) -> Any:
        """The records that may be chosen for export one by one."""
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_export_data(
        self, file_format: Format, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> bytes:
        """The rows of the records listed, as the bytes of their file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        resource = self.choose_export_resource_class(kwargs.get("export_form"), request)
        contract = resource.contract
        chosen = queryset.order_by().values("pk")
        owner = "pk" if contract.model is self.model else contract.keys[0]
        rows = list(texts(contract, contract.model._default_manager.filter(**{f"{owner}__in": chosen})))
        if contract.name == "outlines":
            return outlines.together(rows)
        return as_csv(
            contract, for_spreadsheets(rows) if isinstance(file_format, SpreadsheetFormat) else rows
        )

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Format) -> str:
        """The name that says the table, so that the file can be loaded as it is."""
        index = request.POST.get("resource", "0")
        files = files_of(self.model)
        contract = files[int(index)] if index.isdecimal() and int(index) < len(files) else files[0]
        return f"{contract.name}.geojson" if contract.name == "outlines" else f"{contract.name}.csv"


def _not_too_large(upload: Any) -> None:
    if upload.size > MOST_BYTES:
        raise ValidationError(f"The file is larger than {MOST_BYTES >> 20} MB. Split it.")
