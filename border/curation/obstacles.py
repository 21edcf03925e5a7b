"""What curators say to each other that keeps a record from its readers, whichever door it is published by."""

from collections.abc import Iterator

from border.curation.models import Comment
from border.publication.review import Records, obstacle


@obstacle
def sent_back(grouped: Records) -> Iterator[str]:
    """Records that a reviewer sent back, with an answer still due. The database refuses their review too."""
    open_words = Comment.objects.sending_back().select_related("author").order_by("slug", "pk")
    for endpoint, ids in grouped.items():
        words = list(open_words.filter(endpoint=endpoint.name))
        if not words:
            continue
        held = endpoint.model._base_manager.filter(slug__in={word.slug for word in words})
        keys, chosen = dict(held.values_list("slug", "pk")), set(ids)
        for word in words:
            if keys.get(word.slug) in chosen:
                what = f"the field {word.field}" if word.field else "the whole"
                yield (
                    f"{endpoint.name}/{word.slug} was sent back by {word.author}, {what}: “{word.text}” "
                    "Change it or answer, then resolve the comment."
                )
