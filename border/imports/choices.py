"""The words of imports."""

from border.kernel.vocabulary import Vocabulary

# The formats of files that are no dataset's: border's own tables, and outlines of others, with P-codes.
TABLES, OUTLINES = "border-csv", "outlines"


class ImportState(Vocabulary):
    """How far an import has come."""

    WAITING = "waiting", "Its file is here, and is not read yet.", "", "Not read yet"
    READ = "read", "Its rows were read and compared; nothing is written yet.", "", "Read"
    WRITTEN = "written", "Its rows are in the working tables, as a batch.", "", "Written"
    GIVEN_UP = "given_up", "Somebody decided against it; its file and its rows are gone.", "", "Given up"


class RowVerdict(Vocabulary):
    """What becomes of a row."""

    NEW = "new", "The dataset did not have it when it was last read.", "", "New"
    CHANGED = "changed", "The dataset says something else of it than before.", "", "Changed"
    SAME = "same", "The dataset says of it what it said before.", "", "Same"
    UNPLACED = "unplaced", "It is kept; its event waits until somebody says where it was.", "", "Unplaced"
    OLDER = "older", "What is here was uploaded later: it stays.", "", "Older"
    REPEATED = "repeated", "It stands in the file already, word for word.", "", "Repeated"
    DELETED = "deleted", "The dataset has it no longer.", "", "Deleted"
    ABSENT = "absent", "The dataset deleted it, and it was never here.", "", "Absent"
    OUTSIDE = "outside", "It lies outside of what was asked for.", "", "Outside"
    REFUSED = "refused", "Something in it cannot be right, and it is left out.", "", "Refused"


class Found(Vocabulary):
    """Whether a name of a dataset is known to be somebody or somewhere of ours."""

    MATCHED = "matched", "By its id or its name, without a doubt, or by a person.", "", "Matched"
    WITHIN = "within", "A person said in which larger territory it lies.", "", "Lies within"
    UNSURE = "unsure", "There are several, or one that is only like it: somebody must choose.", "", "Unsure"
    UNKNOWN = "unknown", "Nothing here is like it.", "", "Unknown"
    NOBODY = "nobody", "A person decided that it is none of ours.", "", "None of ours"


class Answer(Vocabulary):
    """What was so of a name of a dataset, from some moment on."""

    LOOKED_UP = "looked_up", "Nobody decided: what is looked up holds.", "", "Looked up"
    THIS = "this", "A person said who or which it is.", "", "This one"
    WITHIN = "within", "A person said in which larger territory it lies.", "", "Lies within"
    NOBODY = "nobody", "A person said that it is none of ours.", "", "None of ours"
