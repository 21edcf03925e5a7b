"""Vocabularies of territories, containments and crossings."""

from border.kernel.vocabulary import Vocabulary


class TerritoryKind(Vocabulary):
    """What sort of place a territory is."""

    REGION = "region", "A part of the world with no government of its own.", "GeoNames: RGN", "Region"
    COUNTRY = "country", "A state's territory.", "COD-AB: ADM0", "Country"
    GOVERNORATE = "governorate", "First administrative level (muhafaza).", "COD-AB: ADM1", "Governorate"
    DISTRICT = "district", "Second administrative level (mintaqa, qada).", "COD-AB: ADM2", "District"
    SUBDISTRICT = "subdistrict", "Third administrative level (nahiya).", "COD-AB: ADM3", "Subdistrict"
    TOWN = "town", "A city, town or village.", "GeoNames: PPL", "Town"
    NEIGHBOURHOOD = "neighbourhood", "A part of a town.", "GeoNames: PPLX", "Neighbourhood"
    CROSSING = "crossing", "A place where a border is crossed.", "OSM: barrier=border_control", "Crossing"
    BASE = "base", "A military base, camp or outpost.", "GeoNames: MILB", "Base"
    FIELD = "field", "An oil or gas field.", "GeoNames: OILF, GASF", "Field"
    RIVER = "river", "A river.", "GeoNames: STM", "River"
    BORDER = "border", "A boundary line between states.", "", "Border"
    BORDER_AREA = "border_area", "Land on both sides of a border, taken together.", "", "Border area"
    DECLARED_PROVINCE = (
        "declared_province",
        "A unit declared by an authority that states do not recognise.",
        "wilaya",
        "Declared province",
    )


class Basis(Vocabulary):
    """In what sense one territory lies in another."""

    DE_JURE = "de_jure", "By the law of a recognised state.", "", "De jure"
    DECLARED = "declared", "By the declaration of an authority that states do not recognise.", "", "Declared"
    DE_FACTO = "de_facto", "As it was run in practice.", "", "De facto"
    GEOGRAPHIC = "geographic", "By its place on the ground.", "", "Geographic"
    ANALYTIC = "analytic", "By an analyst's grouping.", "", "Analytic"


class CrossingState(Vocabulary):
    """Whether and for whom a crossing is passable."""

    OPEN = "open", "Open to those entitled to pass.", "", "Open"
    CLOSED = "closed", "Closed on both sides.", "", "Closed"
    CLOSED_ONE_SIDE = "closed_one_side", "Closed by one side.", "", "Closed on one side"
    RESTRICTED = "restricted", "Open to few, or for some purposes only.", "", "Restricted"
    SEIZED = "seized", "Taken over, on one side or both, by somebody new.", "", "Seized"
    INFORMAL = "informal", "Passed outside any state's control.", "", "Informal"
    ABOLISHED = "abolished", "Declared to be no border at all.", "", "Abolished"
    PLANNED = "planned", "Announced for a later day.", "", "Planned"


class Mode(Vocabulary):
    """Whether something holds by law and office, in fact only, or both at once."""

    FORMAL = "formal", "By law, office or treaty.", "", "Formal"
    INFORMAL = "informal", "In fact, without law or office.", "", "Informal"
    HYBRID = "hybrid", "By office and outside it at once.", "", "Hybrid"
    UNCLEAR = "unclear", "The source leaves it open.", "", "Unclear"
