"""The admin as it is served: every noun's pages, and those of people."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest

import border.curation.merge_admin  # noqa: F401 -- merges and judgements have pages of their own
import events.admin  # noqa: F401 -- the nouns below it come along; all are registered before they are dressed
from border.admin_base import RecordAdmin
from border.admin_entry import Cited, Entry
from border.admin_history import Histories
from border.admin_linked import Linked
from border.admin_pasting import Pasting
from border.admin_similar import Similar
from border.admin_skin import (
    AdminPasswordChangeForm,
    ExportForm,
    ImportForm,
    ModelAdmin,
    UserChangeForm,
    UserCreationForm,
)
from border.admin_together import Together
from border.admin_wholesale import UndoingBatches, UndoingPeople
from border.contracts.admin import ContractImportMixin
from border.curation.batch_admin import BatchReviewing
from border.curation.review_admin import Reviewing
from border.curation.sameness_admin import Sameness
from border.curation.saved_lists import SavedLists
from border.curation.together_admin import ChangingTogether
from events.models import Event
from sources.admin import BatchAdmin
from sources.models import Batch, Source

admin.site.unregister([User, Group])
# The queue is looked after by the workers; people see their jobs.
admin.site.unregister(filter(admin.site.is_registered, apps.get_app_config("procrastinate").get_models()))


@admin.register(User)
class PeopleAdmin(UndoingPeople, UserAdmin, ModelAdmin):
    """People and their groups. Only a superuser makes superusers."""

    list_display = ["username", "email", "is_active", "is_staff", "last_login"]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody raises themselves above their groups."""
        fields = [*super().get_readonly_fields(request, obj)]
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser is changed by superusers only."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser is deleted by superusers only."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Group)
class GroupsAdmin(GroupAdmin, ModelAdmin):
    """Groups and their rights."""


class Exchange(ContractImportMixin, admin.ModelAdmin):
    """Import and export in the skin of the other pages."""

    import_form_class = ImportForm
    export_form_class = ExportForm


# What the form of one noun only gains.
OWN: dict[type[Model], tuple[type[RecordAdmin], ...]] = {Event: (Similar, Linked), Source: (Pasting, Cited)}

# Reviewed nouns gain here their history, their way to readers, their files, quick ways, and forms that several may fill
# in: the nouns themselves know nothing of these. Together comes first: it decides whether a form is saved at all.
FACES = (SavedLists, ChangingTogether, Sameness, Histories, Entry, Reviewing)
for model, registered in list(admin.site._registry.items()):
    if isinstance(registered, RecordAdmin):
        admin.site.unregister(model)
        faces: tuple[type, ...] = (Together, *OWN.get(model, ()), *FACES, type(registered), Exchange)
        admin.site.register(model, type(type(registered).__name__, faces, {}))

admin.site.unregister(Batch)
admin.site.register(Batch, type("BatchAdmin", (BatchReviewing, UndoingBatches, BatchAdmin), {}))
