"""Which dataset release a file is: a source of ours, made where it is not there yet."""

import re
from typing import Any

from django.db.models import Max

from border.imports.formats import Table
from sources.models import Source

# What is to be known of a dataset before any of its releases is here. ACLED's terms of use forbid passing its rows on.
DATASETS: dict[str, dict[str, Any]] = {
    "UCDP GED": {
        "slug": "ucdp-ged",
        "title": "UCDP Georeferenced Event Dataset (GED)",
        "publisher": "Uppsala Conflict Data Program",
        "url": "https://ucdp.uu.se/downloads/",
        "licence": "CC BY 4.0",
        "redistributable": True,
    },
    "UCDP actors": {
        "slug": "ucdp-actor",
        "title": "UCDP Actor Dataset",
        "publisher": "Uppsala Conflict Data Program",
        "url": "https://ucdp.uu.se/downloads/",
        "licence": "CC BY 4.0",
        "redistributable": True,
    },
    "ACLED": {
        "slug": "acled",
        "title": "Armed Conflict Location & Event Data (ACLED)",
        "publisher": "ACLED",
        "url": "https://acleddata.com/",
        "licence": "ACLED terms of use: no redistribution",
        "redistributable": False,
    },
}
# What begins the slug of an event that a dataset tells of.
_PREFIX = {"UCDP GED": "ucdp", "ACLED": "acled"}
# ACLED has no releases: its rows change in place.
ROLLING = frozenset({"ACLED"})
_IN_NAME = re.compile(r"(?:ged|actor)[-_ ]?v?(\d\d)[-_.]?(\d)(?!\d)", re.IGNORECASE)
_VERSION = re.compile(r"\d\d\.(\d\d?|0?1?\.\d\d(\.\d\d)?)").fullmatch


class UnknownRelease(Exception):
    """It is not said, or not to be found, which release a file is."""

    @property
    def problems(self) -> list[str]:
        """What is to be said to whoever brought the file."""
        return [str(self)]


def release_of(table: Table, name: str, said: str) -> Source:
    """The release that ``table`` is: the source of the slug or version ``said``, else of the version in its ``name``.

    A source is made for a version that is not here yet, as a draft. Raises UnknownRelease.
    """
    dataset = table.format.dataset
    if said and (source := Source.objects.filter(slug=said).first()):
        if source.dataset != dataset:
            raise UnknownRelease(
                f"The source {said} is {source.dataset or 'no dataset'}, and the file is {dataset}. Name another release."
            )
        return source
    if dataset in ROLLING:
        version = said
    else:
        version = said or _version_in(name)
        if not _VERSION(version):
            known = _known(dataset)
            raise UnknownRelease(
                (
                    f"There is no source {said}, and it is no version. "
                    if said
                    else f"{name} does not say which release of {dataset} it is. "
                )
                + "Name the release, as a version such as 23.1 or as the slug of a source"
                + (f" ({', '.join(known)})." if known else ".")
            )
    found = Source.objects.filter(dataset=dataset, version=version).order_by("pk").first()
    return found or _made(dataset, version)


def earlier(release: Source) -> list[int]:
    """The ids of all releases of the dataset of ``release``, itself too."""
    return list(Source.objects.filter(dataset=release.dataset).values_list("pk", flat=True))


def before(release: Source) -> list[int]:
    """The ids of the releases of its dataset that came before ``release``, by their versions."""
    found = Source.objects.filter(dataset=release.dataset).values_list("pk", "version")
    return [pk for pk, version in found if version < release.version]


def slug_of(row: str) -> str:
    """SQL of the slug of the event that a staged row tells of; its prefix is looked up once for all rows of the import."""
    prefixes = " ".join(f"WHEN '{dataset}' THEN '{prefix}'" for dataset, prefix in _PREFIX.items())
    return (
        f"(SELECT CASE r.dataset {prefixes} END FROM imports_import i JOIN sources_source r ON r.id = i.release_id"
        f" WHERE i.id = %(of)s) || '-' || lower({row}.key)"
    )


def _known(dataset: str) -> list[str]:
    return list(Source.objects.filter(dataset=dataset).order_by("slug").values_list("slug", flat=True))


def _version_in(name: str) -> str:
    found = _IN_NAME.search(name)
    return f"{found[1]}.{found[2]}" if found else ""


def _made(dataset: str, version: str) -> Source:
    facts = DATASETS[dataset]
    slug = "-".join(filter(None, [facts["slug"], *re.findall(r"[0-9a-z]+", version.lower())]))
    if Source.objects.filter(slug=slug).exists():
        slug = f"{slug}-{Source.objects.aggregate(last=Max('pk'))['last']}"
    title = f"{facts['title']}, version {version}" if version else facts["title"]
    return Source.objects.create(
        **{**facts, "slug": slug, "title": title},
        kind="dataset",
        dataset=dataset,
        version=version,
        language="en",
    )
