"""The admin as it is served: every noun's pages, and those of people."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

import events.admin  # noqa: F401 -- the nouns below it come along; all are registered before they are dressed
from border.admin_base import RecordAdmin
from border.admin_desk import Awaited
from border.admin_skin import (
    AdminPasswordChangeForm,
    ExportForm,
    ImportForm,
    ModelAdmin,
    UserChangeForm,
    UserCreationForm,
)
from border.contracts.admin import ContractImportMixin
from border.publication.admin import Publishing

admin.site.unregister([User, Group])


@admin.register(User)
class PeopleAdmin(UserAdmin, ModelAdmin):
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


# Reviewed nouns gain their way to readers and their files here: the nouns themselves know nothing of either.
for model, registered in list(admin.site._registry.items()):
    if isinstance(registered, RecordAdmin):
        admin.site.unregister(model)
        admin.site.register(
            model, type(type(registered).__name__, (Publishing, Awaited, type(registered), Exchange), {})
        )
