"""The words of a name are found by index, also those that are only begun; so are the words of a source's prose."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations

from border.kernel.finding import Words
from border.kernel.migrating import together

# Each word by the skeleton of its consonants (t:), as the keys have it, and as it is folded (w:); Abu and its kin also
# together with what follows, as in border/kernel/names.py. Costly, so that the planner looks at the index first.
WORDS = r"""
CREATE FUNCTION border_words(keys text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
RETURN array_to_tsvector(ARRAY(
    SELECT key FROM unnest(keys) key WHERE key LIKE 't:_%'
    UNION
    SELECT 'w:' || said FROM unnest(keys) key
    CROSS JOIN LATERAL (
        SELECT word, lead(word) OVER (ORDER BY place) AS next
        FROM string_to_table(substr(key, 3), ' ') WITH ORDINALITY AS split(word, place)
    ) spoken
    CROSS JOIN LATERAL (
        VALUES (word), (CASE WHEN word ~ '^([ae]?b[iouwy]+|ا?ب[وي]+)$' THEN word || next END)
    ) AS told(said)
    WHERE key LIKE 'f:_%' AND said <> ''
));
COMMENT ON FUNCTION border_words(text[]) IS
    'The words of a name, from its search keys: each by its consonants (t:) and as it is folded (w:).';
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_triggers")]

    operations = together(
        migrations.RunSQL(WORDS, "DROP FUNCTION border_words(text[]);"),
        migrations.AddIndex(
            "source",
            GinIndex(Words("search_keys"), name="source_words"),
        ),
        migrations.AddIndex(
            "source",
            GinIndex(
                SearchVector("title", "title_original", "authors", "publisher", config="simple"),
                name="source_prose",
            ),
        ),
    )
