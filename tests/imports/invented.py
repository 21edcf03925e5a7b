"""Made-up files of ACLED and UCDP in every shape in which they are published; all content is invented."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

ACLED_NOW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
ACLED_BEFORE = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
).split(",")
POPULATION = ["population_1km", "population_2km", "population_5km", "population_best"]
GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")
_NOT_IN_19_1 = {"relid", "code_status", "where_description"} | {
    name for name in GED if name.endswith("_dset_id")
}
GED_19_1 = [name for name in GED if name not in _NOT_IN_19_1]
GED_SYRIA = [name for name in GED_19_1 if name != "active_year"]
GED_HDX = [*GED_19_1, "start_year", "end_year", "iso3"]
ACTORS = (
    "ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NameChange,NewName,NewNameFullMotherTongue,NewNameFullEng,Org,"
    "ConflictId,DyadId,PrimaryParty,OSID,OSCoalition,OSCoalitionID,NSID,NSCoalition,NSCoalitionID,Splinter,NamePrev,"
    "ActorIdPrev,SplitTemp,NameSplitTemp,ActorIdSplitTemp,Alliance,NameAlliance,ActorIdAlliance,JoinGroup,GroupName,"
    "ActorIdGroup,Location,GWNOLoc,Region,Version"
).split(",")
DELETED = ["event_id_cnty", "deleted_timestamp"]

SUB_EVENTS = {
    "Battles": ["Government regains territory", "Non-state actor overtakes territory", "Armed clash"],
    "Protests": ["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Strategic developments": [
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ],
}
INTERS = {
    "1": ["State forces", "State Forces"],
    "2": ["Rebel group", "Rebel Groups", "Rebel Forces"],
    "3": ["Political militia", "Political Militias", "Militia Groups"],
    "4": ["Identity militia", "Identity Militias", "Communal", "Identity Groups"],
    "5": ["Rioters"],
    "6": ["Protesters", "Protestors"],
    "7": ["Civilians"],
    "8": ["External/Other forces", "Foreign", "Others"],
}
# The five spellings of one day in which its parts cannot be confused with each other.
SPELLINGS = ["2019-09-18", "18 September 2019", "18-09-2019", "18-Sep-19", "18/09/2019"]

ACLED_ROW = {
    "data_id": "9000001",
    "event_id_cnty": "SYR900001",
    "event_id_no_cnty": "900001",
    "event_date": "2019-09-18",
    "year": "2019",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2000-2024)",
    "inter1": "State forces",
    "actor2": "Islamic State (Syria)",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "iso": "760",
    "iso3": "SYR",
    "region": "Middle East",
    "country": "Syria",
    "admin1": "Deir ez Zor",
    "admin2": "Abu Kamal",
    "admin3": "Hajin",
    "location": "Tell Invented",
    "latitude": "34.6000",
    "longitude": "40.8000",
    "geo_precision": "1",
    "source": "Invented News; Made-up Agency",
    "source_scale": "Subnational-National",
    "notes": "On 18 September 2019, invented fighters clashed at an invented hill.",
    "fatalities": "3",
    "timestamp": "1658707200",
}
GED_ROW = {
    "id": "900001",
    "relid": "SYR-2019-1-900-1",
    "year": "2019",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_dset_id": "900",
    "conflict_new_id": "900",
    "conflict_name": "Invented: Government",
    "dyad_dset_id": "901",
    "dyad_new_id": "901",
    "dyad_name": "Government of Syria - Invented Front",
    "side_a_dset_id": "118",
    "side_a_new_id": "118",
    "side_a": "Government of Syria",
    "side_b_dset_id": "9090",
    "side_b_new_id": "9091",
    "side_b": "Invented Front",
    "number_of_sources": "2",
    "source_article": '"Invented News,2019-09-19,A clash that never was";"Made-up Agency,2019-09-20,The same"',
    "source_office": "Invented News;Made-up Agency",
    "source_date": "2019-09-19;2019-09-20",
    "source_headline": "A clash that never was;The same",
    "source_original": "nobody",
    "where_prec": "1",
    "where_coordinates": "Tell Invented village",
    "where_description": "near the invented hill",
    "adm_1": "Deir ez Zor governorate",
    "adm_2": "Albu Kamal district",
    "latitude": "34.600000",
    "longitude": "40.800000",
    "geom_wkt": "POINT (40.800000 34.600000)",
    "priogrid_gid": "179002",
    "country": "Syria",
    "country_id": "652",
    "iso3": "SYR",
    "region": "Middle East",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2019-09-18 00:00:00.000",
    "date_end": "2019-09-18 00:00:00.000",
    "start_year": "2019",
    "end_year": "2019",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "5",
    "low": "2",
    "gwnoa": "652",
    "gwnob": "",
}
ACTOR_ROW = {
    "ActorId": "9091",
    "NameData": "Invented Front ",
    "NameOrig": "Invented Front",
    "NameOrigFull": "n/a",
    "NameOrigFullEng": "Front of the Invented",
    "NewName": "New Invented Front",
    "Org": "1",
    "Version": "22.1",
}


def acled(**changes: str) -> dict[str, str]:
    """One made-up ACLED row."""
    return ACLED_ROW | changes


def ged(**changes: str) -> dict[str, str]:
    """One made-up row of UCDP GED; its point follows its coordinates."""
    row = GED_ROW | changes
    if "geom_wkt" not in changes:
        row["geom_wkt"] = f"POINT ({row['longitude']} {row['latitude']})"
    return row


def town(**changes: str) -> dict[str, str]:
    """A row of UCDP GED about a fight in Bukamal on a day of 2015."""
    here = {
        "id": "900001",
        "side_a": "Government of Syria",
        "side_a_new_id": "118",
        "side_b": "IS",
        "side_b_new_id": "234",
        "type_of_violence": "1",
        "where_prec": "1",
        "where_coordinates": "Albu Kamal town",
        "adm_1": "Deir ez Zor governorate",
        "adm_2": "Albu Kamal district",
        "country": "Syria",
        "country_id": "652",
        "latitude": "34.450000",
        "longitude": "40.918611",
        "year": "2015",
        "date_prec": "1",
        "date_start": "2015-03-01",
        "date_end": "2015-03-01",
        "deaths_a": "2",
        "deaths_b": "3",
        "deaths_civilians": "0",
        "deaths_unknown": "0",
        "best": "5",
        "low": "5",
        "high": "7",
    }
    return ged(**here | changes)


def several(
    make: Callable[..., dict[str, str]], count: int, key: str, start: int = 1
) -> list[dict[str, str]]:
    """Rows that differ in their ids."""
    prefix = "SYR" if key == "event_id_cnty" else ""
    return [make(**{key: f"{prefix}{900000 + number}"}) for number in range(start, start + count)]


def text(
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    delimiter: str = ",",
    newline: str = "\n",
    with_header: bool = True,
    hxl: Sequence[str] | None = None,
) -> str:
    """A CSV file; a column that a row lacks is empty."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=newline)
    if with_header:
        writer.writerow(header)
    if hxl:
        writer.writerow(hxl)
    writer.writerows(
        [row.get(name.strip().strip("\ufeff").lower(), row.get(name, "")) for name in header] for row in rows
    )
    return stream.getvalue()


def file(header: Sequence[str], rows: Iterable[Mapping[str, str]], **shape: object) -> bytes:
    """The same in UTF-8."""
    return text(header, rows, **shape).encode()  # type: ignore[arg-type]


def hxl_tags(header: Sequence[str]) -> list[str]:
    """A row of HXL tags, as HDX puts it below a header: some columns have none."""
    known = {
        "year": "#date+year",
        "country": "#country+name",
        "latitude": "#geo+lat",
        "best": "#affected+killed",
    }
    known |= {
        "event_id_cnty": "#event+code",
        "event_date": "#date+occurred",
        "fatalities": "#affected+killed",
    }
    return [known.get(name.lower(), "") for name in header]


def sheet(*sheets: tuple[str, Sequence[str], Iterable[Mapping[str, object]]]) -> bytes:
    """An XLSX workbook of sheets: title, header, rows."""
    book = Workbook()
    book.remove(book.active)
    for title, header, rows in sheets:
        page = book.create_sheet(title)
        page.append(list(header))
        for row in rows:
            page.append([row.get(name) for name in header])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def excel_sheet(
    header: Sequence[str], row: Mapping[str, str], *, dates: Mapping[str, float], since_1904: bool = False
) -> bytes:
    """A workbook as Excel itself writes it: texts in a list of their own, with reading aids, and days as numbers."""
    listed: list[str] = []

    def cell(place: int, line: int, name: str, value: str) -> str:
        address = f"{get_column_letter(place)}{line}"
        if line > 1 and name in dates:
            return f'<c r="{address}" s="1"><v>{dates[name]}</v></c>'
        if not value:
            return f'<c r="{address}"/>'
        listed.append(value)
        return f'<c r="{address}" t="s"><v>{len(listed) - 1}</v></c>'

    lines = [
        f'<row r="{line}">{"".join(cell(place, line, name, values[name]) for place, name in enumerate(header, 1))}</row>'
        for line, values in (
            (1, {name: name for name in header}),
            (3, {name: row.get(name, "") for name in header}),
        )
    ]
    texts = "".join(
        f"<si><r><t>{escape(text[:3])}</t></r><r><t xml:space='preserve'>{escape(text[3:])}</t></r><rPh><t>aid</t></rPh></si>"
        for text in listed
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        **{
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": (
                f'<workbook {main} xmlns:r="{relations}"><workbookPr date1904="{int(since_1904)}"/>'
                '<sheets><sheet name="Export" sheetId="1" r:id="rId7"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships><Relationship Id="rId7" Type="{relations}/worksheet" Target="worksheets/sheet9.xml"/>'
                "</Relationships>"
            ).encode(),
            "xl/styles.xml": (
                f'<styleSheet {main}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs>'
                '<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>'
            ).encode(),
            "xl/sharedStrings.xml": f"<sst {main}>{texts}</sst>".encode(),
            "xl/worksheets/sheet9.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>".encode(),
        }
    )


def packed(**members: bytes) -> bytes:
    """A ZIP archive; in the names of its members two underscores stand for a full stop."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def changed(archive: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP archive or workbook of which the members with ``part`` in their name are changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as whole,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for member in whole.infolist():
            content = whole.read(member)
            other.writestr(member.filename, change(content) if part in member.filename else content)
    return stream.getvalue()


def every_acled(generation: str) -> Iterator[dict[str, str]]:
    """A row for each sub-event type, kind of actor in each spelling, precision and trap, of one generation."""
    number = 0

    def row(**changes: str) -> dict[str, str]:
        nonlocal number
        number += 1
        return acled(event_id_cnty=f"SYR{910000 + number}", data_id=str(number), **changes)

    for event_type, sub_event_types in SUB_EVENTS.items():
        for sub_event_type in sub_event_types:
            yield row(event_type=event_type, sub_event_type=sub_event_type)
    for code, spellings in INTERS.items():
        for spelling in spellings:
            yield row(inter1=spelling, inter2=code, interaction=f"{min(code, '7')}{max(code, '7')}")
    yield row(actor2="", inter2="0", interaction="10")
    yield row(actor2="", inter2="", interaction="State forces only")
    yield row(interaction="External/Other forces-Civilians")
    yield row(interaction="State forces – Rebel group")
    for precision in "123":
        yield row(time_precision=precision)
        yield row(geo_precision=precision)
    yield row(disorder_type="Political violence; Demonstrations")
    yield row(disorder_type="Demostrations")
    yield row(civilian_targeting="Civilian targeting")
    yield row(civilian_targeting="Civilians targeted")
    yield row(
        assoc_actor_1="QSD: Syrian Democratic Forces; Baggara Tribal Militia (Syria)",
        assoc_actor_2="Civilians (Syria)",
    )
    yield row(source_scale="Local partner-New media")
    yield row(notes='A "quoted" word,\na comma and a line more.\r\nAnd another.')
    yield row(fatalities="0", tags="crowd size=about 100; women targeted: politicians", timestamp="")
    yield row(admin2="", admin3="")
    if generation == "before 2023":
        yield row(iso="", iso3="SYR")
