"""The forms of imports of datasets: a file and what it is, and why it is written or taken back."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from border.admin_skin import FileInput, TextArea
from border.history.undo import LONGEST_REASON
from border.imports.area import Area, UnknownArea
from border.imports.asking import MOST_BYTES
from border.imports.staging import plain
from border.kernel.writing import refuse

LONGEST_NAME = 255


class AgainForm(forms.Form):
    """Which release a file is, and to what area it is narrowed."""

    release = forms.CharField(
        label="Release",
        required=False,
        max_length=200,
        help_text="A version such as 23.1, or a source from the list. Empty where the name of the file says it, for ACLED, and for"
        " border's own tables. Of outlines with P-codes: the source that drew them.",
        widget=forms.TextInput(attrs={"list": "known-releases", "dir": "auto"}),
    )
    within = forms.CharField(
        label="Only within",
        required=False,
        max_length=200,
        help_text="The slug of a territory with an outline, or a box west,south,east,north. Empty for everything.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_release(self) -> str:
        """A line that may be kept."""
        return _kept(self.cleaned_data["release"])

    def clean_within(self) -> str:
        """An area that there is."""
        said = _kept(self.cleaned_data["within"])
        try:
            Area(said)
        except UnknownArea as error:
            raise forms.ValidationError(str(error)) from error
        return said


class BringForm(AgainForm):
    """A file to be taken in."""

    file = forms.FileField(
        label="File",
        help_text="Of UCDP (GED, or its list of actors) or ACLED, as it is published, or tables of border's own: CSV, XLSX, or several in a ZIP. Outlines with"
        " P-codes: GeoJSON.",
        # The skin writes the name of a chosen file into the next text input, which must be its own.
        widget=FileInput,
    )
    field_order = ("file", "release", "within")

    def clean_file(self) -> UploadedFile:
        """A file that is not too large, under a name that may be kept."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MOST_BYTES // 1024**2} MB: pack it as ZIP, or take it in with manage.py load."
            )
        file.name = plain(file.name or "")[-LONGEST_NAME:] or "file"
        return file


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        error_messages={"required": "Give a reason: those who come after will ask for it."},
        widget=TextArea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean_reason(self) -> str:
        """A text that may be kept."""
        return _kept(self.cleaned_data["reason"], multiline=True)


class WriteForm(ReasonForm):
    """Why an import is written, and whether without the rows that are refused."""

    without = forms.BooleanField(
        label="Leave out the refused rows",
        error_messages={"required": "Rows are refused: say that they are left out, or mend the file."},
    )

    def __init__(self, *args: Any, refused: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not refused:
            del self.fields["without"]


def _kept(text: str, *, multiline: bool = False) -> str:
    if fault := refuse(text, multiline=multiline):
        raise forms.ValidationError(fault)
    return text
