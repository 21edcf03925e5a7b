"""The admin's skin, django-unfold: every name of it that the project uses, under names of our own.

Nothing else imports unfold, so that another skin, or Django's own, is a change to this file.
"""

from unfold.admin import ModelAdmin, StackedInline, TabularInline
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
from unfold.widgets import UnfoldAdminDecimalFieldWidget as NumberInput
from unfold.widgets import UnfoldAdminSelectWidget as Select
from unfold.widgets import UnfoldAdminTextareaWidget as TextArea
from unfold.widgets import UnfoldAdminTextInputWidget as TextInput
from unfold.widgets import UnfoldAdminURLInputWidget as URLInput

__all__ = [
    "AdminPasswordChangeForm",
    "AdminSite",
    "ChoiceFilter",
    "DropdownFilter",
    "ExportForm",
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
]
