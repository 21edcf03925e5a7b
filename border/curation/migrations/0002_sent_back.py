"""Nothing is published while a reviewer's word that sends it back is open, whichever door it comes by."""

from django.db import migrations

INSTALL = """
CREATE FUNCTION border_sent_back_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held record;
BEGIN
    SELECT n.endpoint, n.slug INTO held FROM new_reviews n JOIN curation_comment c USING (endpoint, slug)
        WHERE n.change IN ('added', 'changed') AND c.sends_back AND c.resolved_at IS NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_nothing_sent_back', TABLE = TG_TABLE_NAME,
            MESSAGE = 'review_nothing_sent_back: ' || held.endpoint || '/' || held.slug
                || ' was sent back: resolve the comment that says why before it is published.';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION border_sent_back_guard() IS 'Nothing is published while a comment that sends it back is open.';
CREATE TRIGGER nothing_sent_back AFTER INSERT ON publication_review
    REFERENCING NEW TABLE AS new_reviews FOR EACH STATEMENT EXECUTE FUNCTION border_sent_back_guard();
"""
REMOVE = """
DROP TRIGGER nothing_sent_back ON publication_review;
DROP FUNCTION border_sent_back_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("curation", "0001_tables")]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
