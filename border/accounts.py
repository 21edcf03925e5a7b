"""Who may do what: four groups, and the rights of each, derived from the models."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from border.kernel.records import Reviewed

NOUNS = ("sources", "territories", "actors", "events")
PEOPLE = ("auth.user", "auth.group")
# Evidence and raw rows are written by imports or once; nobody edits them.
READ_ONLY = ("sources.batch", "events.externalrecord")
# All that one of these has changed can be taken back at once.
WHOLESALE = ("sources.batch", "auth.user")


def working_models() -> Iterator[type[Model]]:
    """The tables that curators work on, without those of the history."""
    for app in NOUNS:
        for model in apps.get_app_config(app).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                yield model


def rights() -> dict[str, set[str]]:
    """What each group may do, as ``app.permission``.

    A curator writes and deletes what is not public, a reviewer publishes too (never their own work, which the
    database refuses) and takes back what a person or an import has changed, an importer brings in files, an admin
    does all this, makes and withdraws releases, looks after people and after everybody's jobs and tokens. All four comment, look at imports of datasets, decide who
    and where is meant by their names, and ask for jobs of what they may do; importers and admins bring the files and decide
    what becomes of them.
    Who may only view can neither import nor export. Tokens of their own have all staff, by no right.
    """
    work = list(working_models())
    edited = [model for model in work if model._meta.label_lower not in READ_ONLY]
    reviewed = [model for model in work if issubclass(model, Reviewed)]
    view = set(_named("view", work))
    # What goes on as what is read with the records; whoever writes them may take back that two differ.
    sameness = {"curation.view_merge", "curation.view_different", "curation.delete_different"}
    write = view | sameness | set(_named("add", edited)) | set(_named("change", edited))
    delete = set(_named("delete", edited))
    export = set(_named("export", reviewed))
    publish = {"publication.publish", "publication.withdraw"}
    undo = set(_named("undo", [apps.get_model(label) for label in WHOLESALE]))
    record = set(_named("view", apps.get_app_config("publication").get_models()))
    said = [apps.get_model(f"curation.{name}") for name in ("comment", "assignment", "acceptance")]
    talk = {*_named("view", said), "curation.add_comment", "jobs.add_job"}
    talk |= {"imports.view_import", "imports.add_decision"}
    people = set(_named("view add change delete".split(), [apps.get_model(label) for label in PEOPLE]))
    people |= {"jobs.view_job", "jobs.change_job", "tokens.view_token", "tokens.change_token"}
    people |= {"releases.make"}
    curator = write | delete | export | record | talk
    importer = write | export | record | talk | set(_named("import", reviewed)) | {"imports.add_import"}
    return {
        "curator": curator,
        "reviewer": curator | publish | undo,
        "importer": importer,
        "admin": curator | importer | publish | undo | people,
    }


def _named(actions: str | list[str], models: Iterable[type[Model]]) -> Iterator[str]:
    models = list(models)
    for action in [actions] if isinstance(actions, str) else actions:
        for model in models:
            yield f"{model._meta.app_label}.{action}_{model._meta.model_name}"


@transaction.atomic
def grant() -> None:
    """Make the four groups, with exactly the rights of `rights`; run again, it changes nothing."""
    for model in working_models():
        if issubclass(model, Reviewed):
            for action in ("import", "export"):
                Permission.objects.get_or_create(
                    content_type=ContentType.objects.get_for_model(model),
                    codename=f"{action}_{model._meta.model_name}",
                    defaults={"name": f"Can {action} {model._meta.verbose_name}"},
                )
    for label in WHOLESALE:
        model = apps.get_model(label)
        Permission.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model),
            codename=f"undo_{model._meta.model_name}",
            defaults={"name": f"Can take back the changes of a {model._meta.verbose_name}"},
        )
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, names in rights().items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(known[right] for right in names)
