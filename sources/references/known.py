"""What the sources that are here already say of a reference: that it is one of them, or who its host is."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from border.kernel.names import keys
from sources.models import Source
from sources.references.address import host, place
from sources.references.reference import Reference

# Of a host, what all its sources agree on is taken for the next one too.
OF_A_HOST = ("publisher", "kind", "language", "standpoint")


def already_here(reference: Reference, sources: QuerySet[Source]) -> list[Source]:
    """Those of ``sources`` that may be the source of ``reference``: same DOI, same address, or same title and date.

    An address is the same however it is written: with or without www., a slash at its end, or the marks of a link
    (``utm_source``). A title is the same whatever its case and accents; where either has no date, the title decides.
    """
    fields = reference.fields
    either = Q()
    if doi := fields.get("doi"):
        either |= Q(doi__iexact=doi)
    if url := fields.get("url"):
        either |= Q(
            url__icontains=url.split("?")[0].split("#")[0].split("://")[-1].removeprefix("www.").rstrip("/")
        )
    if titles := _titles(fields):
        either |= Q(search_keys__overlap=[f"e:{keys(title).exact}" for title in titles])
    if not either:
        return []
    return [source for source in sources.filter(either).order_by("pk") if _same(source, fields, titles)]


def _titles(fields: dict[str, str]) -> list[str]:
    return [fields[name] for name in ("title", "title_original") if fields.get(name)]


def _same(source: Source, fields: dict[str, str], titles: Iterable[str]) -> bool:
    if source.doi and source.doi.lower() == fields.get("doi", "").lower():
        return True
    if source.url and fields.get("url") and place(source.url) == place(fields["url"]):
        return True
    dates = {source.published, fields.get("published", "")} - {""}
    known = {keys(title).exact for title in (source.title, source.title_original) if title}
    return len(dates) < 2 and not known.isdisjoint(keys(title).exact for title in titles)


def completed(reference: Reference, sources: QuerySet[Source]) -> list[str]:
    """The names of the fields that were empty and that ``sources`` of the same host agree on: now they are filled."""
    at = host(reference.fields.get("url", ""))
    if not at:
        return []
    rows = [
        row for row in sources.filter(url__icontains=at).values("url", *OF_A_HOST) if host(row["url"]) == at
    ]
    agreed = {name: {row[name] for row in rows} - {""} for name in OF_A_HOST}
    filled = [name for name in OF_A_HOST if len(agreed[name]) == 1 and not reference.fields.get(name)]
    reference.fields |= {name: agreed[name].pop() for name in filled}
    return filled
