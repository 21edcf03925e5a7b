"""The admin's skin, django-unfold: every name of it that the project uses, under names of our own.

Nothing else imports unfold, so that another skin, or Django's own, is a change to this file.
"""

from typing import Any, ClassVar

from unfold.admin import ModelAdmin as SkinModelAdmin
from unfold.admin import StackedInline, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter as RelatedFilter
from unfold.contrib.filters.admin import BooleanRadioFilter as YesNoFilter
from unfold.contrib.filters.admin import ChoicesDropdownFilter as ChoiceFilter
from unfold.contrib.filters.admin import DropdownFilter
from unfold.contrib.filters.admin import RangeNumericListFilter as RangeFilter
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.forms import PaginationInlineFormSet as InlineFormSet
from unfold.sites import UnfoldAdminSite as AdminSite
from unfold.templatetags.unfold_list import CHECKBOX_CLASSES, LINK_CLASSES, ROW_CLASSES
from unfold.templatetags.unfold_list import result_headers as headers
from unfold.utils import display_for_field as said_of_field
from unfold.utils import display_for_label as said_as_label
from unfold.utils import display_for_value as said
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminDecimalFieldWidget as NumberInput
from unfold.widgets import UnfoldAdminFileFieldWidget as FileInput
from unfold.widgets import UnfoldAdminSelectWidget as Select
from unfold.widgets import UnfoldAdminTextareaWidget as TextArea
from unfold.widgets import UnfoldAdminTextInputWidget as TextInput
from unfold.widgets import UnfoldAdminURLInputWidget as URLInput

CELL, CHECKBOX, LINK = (" ".join(classes) for classes in (ROW_CLASSES, CHECKBOX_CLASSES, LINK_CLASSES))


class ModelAdmin(SkinModelAdmin):
    """The skin's, with what its templates ask for and it leaves out.

    A template that misses an attribute looks through all that there are: for every row and every field that adds up.
    """

    list_sections: ClassVar[tuple[Any, ...]] = ()
    conditional_fields: ClassVar[dict[str, str]] = {}
    change_form_show_cancel_button = False


__all__ = [
    "CELL",
    "CHECKBOX",
    "LINK",
    "AdminPasswordChangeForm",
    "AdminSite",
    "ChangeList",
    "ChoiceFilter",
    "DropdownFilter",
    "ExportForm",
    "FileInput",
    "ImportForm",
    "InlineFormSet",
    "ModelAdmin",
    "NumberInput",
    "RangeFilter",
    "RelatedFilter",
    "Select",
    "StackedInline",
    "TabularInline",
    "TextArea",
    "TextInput",
    "URLInput",
    "UserChangeForm",
    "UserCreationForm",
    "YesNoFilter",
    "display",
    "headers",
    "said",
    "said_as_label",
    "said_of_field",
]
