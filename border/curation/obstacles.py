"""What curators say to each other that keeps a record from its readers, whichever door it is published by."""

from collections.abc import Iterator

from border.curation.models import Comment
from border.publication.endpoints import ENDPOINTS
from border.publication.review import Records, obstacle


@obstacle
def sent_back(grouped: Records) -> Iterator[str]:
    """Records that a reviewer sent back, with an answer still due. The database refuses their review too."""
    names = [endpoint.name for endpoint in grouped]
    words = list(
        Comment.objects.sending_back()
        .filter(endpoint__in=names)
        .select_related("author")
        .order_by("slug", "pk")
    )
    for endpoint in dict.fromkeys(ENDPOINTS[word.endpoint] for word in words):
        slugs = {word.slug for word in words if word.endpoint == endpoint.name}
        keys = dict(endpoint.model._base_manager.filter(slug__in=slugs).values_list("slug", "pk"))
        chosen = set(grouped[endpoint])
        for word in words:
            if word.endpoint == endpoint.name and keys.get(word.slug) in chosen:
                what = f"the field {word.field}" if word.field else "the whole"
                yield (
                    f"{endpoint.name}/{word.slug} was sent back by {word.author}, {what}: “{word.text}” "
                    "Change it or answer, then resolve the comment."
                )
