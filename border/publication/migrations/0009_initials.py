"""Who is asked for by initials, such as SDF, is found by index."""

from django.db import migrations, models
from django.db.models import F, Func, Q

# As border/kernel/readings.py has them.
INITIALS = r"""
CREATE FUNCTION border_initials(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
RETURN (
    SELECT string_agg(left(word, 1), '' ORDER BY place)
    FROM regexp_split_to_table(
        lower(regexp_replace(normalize(name, NFD), '[^A-Za-z0-9 /-]+', '', 'g') COLLATE "C"), '[ /-]+'
    ) WITH ORDINALITY AS split(word, place)
    WHERE word <> '' AND word <> ALL (
        '{al,el,ul,the,of,and,for,in,to,on,a,an,de,la,le,du,des,et,wa,w,fi,li,bi,ar,as,ad,at,az,ash}'
    )
    HAVING count(*) BETWEEN 2 AND 8
);
COMMENT ON FUNCTION border_initials(text) IS
    'The first letters of the words of a name, articles and the like left out; null for one word or many.';
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_places_in_order")]

    operations = [
        migrations.RunSQL(INITIALS, "DROP FUNCTION border_initials(text);"),
        migrations.AddIndex(
            "publishedname",
            models.Index(
                Func(F("text"), function="border_initials"),
                name="published_name_initials",
                condition=Q(endpoint="actors", known__upper_inf=True),
            ),
        ),
    ]
