"""Vocabularies of sources and citations."""

from border.kernel.vocabulary import Vocabulary


class SourceKind(Vocabulary):
    """What sort of document a source is."""

    REPORT = "report", "A report or policy paper of a body that studies or monitors.", "CSL: report", "Report"
    PAPER = "paper", "A scholarly article or chapter.", "CSL: article-journal", "Scholarly paper"
    BOOK = "book", "A book.", "CSL: book", "Book"
    NEWS = "news", "News by an agency, paper, broadcaster or news site.", "CSL: article-newspaper", "News"
    ANALYSIS = (
        "analysis",
        "Comment or analysis, in the press or by a think tank.",
        "CSL: article-magazine",
        "Analysis",
    )
    OFFICIAL = (
        "official_record",
        "A statement, list, law or release of a state, army or international body.",
        "CSL: legislation",
        "Official record",
    )
    DATASET = "dataset", "One release of a dataset.", "CSL: dataset", "Dataset"
    GAZETTEER = "gazetteer", "A list of places or names with their spellings.", "", "Gazetteer"
    ENCYCLOPEDIA = (
        "encyclopedia",
        "A tertiary account, such as Wikipedia.",
        "CSL: entry-encyclopedia",
        "Encyclopedia",
    )
    INTERVIEW = "interview", "Somebody asked and quoted.", "CSL: interview", "Interview"
    SOCIAL_MEDIA = "social_media", "A post, forum thread or blog.", "CSL: post", "Social media"
    IMAGERY = "imagery", "A satellite or other image.", "CSL: graphic", "Imagery"
    MAP = "map", "A map.", "CSL: map", "Map"
    OWN_KNOWLEDGE = (
        "own_knowledge",
        "A curator's own knowledge or inference, said to be that.",
        "",
        "Own knowledge",
    )


class Sensitivity(Vocabulary):
    """Who may know that a source exists and what it says."""

    PUBLIC = "public", "Anybody.", "", "Public"
    RESTRICTED = "restricted", "Readers may know that there is a source, not which.", "", "Restricted"
    CONFIDENTIAL = "confidential", "Readers may not even know that there is one.", "", "Confidential"


class Reliability(Vocabulary):
    """How far the source itself can be trusted, as a rule. F is not worse than E: it cannot be judged."""

    A = (
        "A",
        "No doubt about authenticity, trustworthiness or competency.",
        "NATO AJP-2.1: A",
        "A – Completely reliable",
    )
    B = "B", "Minor doubts.", "NATO AJP-2.1: B", "B – Usually reliable"
    C = "C", "Doubts.", "NATO AJP-2.1: C", "C – Fairly reliable"
    D = "D", "Significant doubts.", "NATO AJP-2.1: D", "D – Not usually reliable"
    E = "E", "Lacks authenticity, trustworthiness or competency.", "NATO AJP-2.1: E", "E – Unreliable"
    F = "F", "Cannot be judged; not the worst grade.", "NATO AJP-2.1: F", "F – Cannot be judged"


class Credibility(Vocabulary):
    """How believable this one passage is. 6 is not worse than 5: it cannot be judged."""

    ONE = "1", "Confirmed by independent sources.", "NATO AJP-2.1: 1", "1 – Confirmed"
    TWO = "2", "Not confirmed, logical, fits other information.", "NATO AJP-2.1: 2", "2 – Probably true"
    THREE = (
        "3",
        "Not confirmed, reasonably logical, agrees with some information.",
        "NATO AJP-2.1: 3",
        "3 – Possibly true",
    )
    FOUR = "4", "Not confirmed, not illogical, no other information.", "NATO AJP-2.1: 4", "4 – Doubtful"
    FIVE = "5", "Contradicted by other information, or illogical.", "NATO AJP-2.1: 5", "5 – Improbable"
    SIX = "6", "Cannot be judged; not the worst grade.", "NATO AJP-2.1: 6", "6 – Cannot be judged"


class Stance(Vocabulary):
    """How a passage bears on the record."""

    SUPPORTS = "supports", "The passage says the same.", "CiTO: supports", "Supports"
    DISPUTES = "disputes", "The passage says something else.", "CiTO: disputes", "Disputes"
    MENTIONS = "mentions", "The passage speaks of it and takes no side.", "CiTO: discusses", "Mentions"


class BatchState(Vocabulary):
    """How far an import has come."""

    APPLIED = "applied", "Its rows are in the working tables.", "", "Applied"
    UNDONE = "undone", "Its rows were taken back.", "", "Undone"
