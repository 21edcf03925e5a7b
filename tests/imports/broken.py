"""Files that are not as they should be, and the one right thing to say of each."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from tests.imports import invented
from tests.imports.invented import ACLED_BEFORE, ACLED_NOW, ACTORS, DELETED, GED, GED_HDX, acled, ged, several


class Broken(NamedTuple):
    """A file by its name, how it is made, and what is said of it."""

    name: str
    make: Callable[[], bytes]
    said: str


def _acled(**changes: str) -> Callable[[], bytes]:
    return lambda: invented.file(ACLED_NOW, [acled(), acled(event_id_cnty="SYR900002", **changes)])


def _ged(**changes: str) -> Callable[[], bytes]:
    return lambda: invented.file(GED, [ged(), ged(id="900002", **changes)])


def _acled_without(*names: str) -> Callable[[], bytes]:
    return lambda: invented.file([name for name in ACLED_NOW if name not in names], [acled()])


def _header(names: str) -> Callable[[], bytes]:
    return f"{names}\n{'1,' * names.count(',')}1\n".encode


def _dates(*dates: str) -> Callable[[], bytes]:
    rows = several(acled, len(dates), "event_id_cnty")
    return lambda: invented.file(
        ACLED_NOW, [row | {"event_date": date} for row, date in zip(rows, dates, strict=True)]
    )


def _ged_dates(*dates: str) -> Callable[[], bytes]:
    rows = several(ged, len(dates), "id")
    return lambda: invented.file(
        GED, [row | {"date_start": date, "date_end": date} for row, date in zip(rows, dates, strict=True)]
    )


def _text(change: Callable[[str], str]) -> Callable[[], bytes]:
    return lambda: change(invented.text(ACLED_NOW, several(acled, 3, "event_id_cnty"))).encode()


def _encoded(codec: str, **changes: str) -> Callable[[], bytes]:
    return lambda: invented.text(ACLED_NOW, [acled(**changes)]).encode(codec)


def _in_zip(**members: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: invented.packed(**{name: make() for name, make in members.items()})


def _good() -> bytes:
    return invented.file(ACLED_NOW, [acled()])


def _good_ged() -> bytes:
    return invented.file(GED, [ged()])


def _in_sheet(header: list[str], *rows: dict[str, object]) -> Callable[[], bytes]:
    return lambda: invented.sheet(("Data", header, rows))


def _changed_sheet(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    workbook = invented.sheet(("Data", ACLED_NOW, [acled()]))
    return lambda: invented.changed(workbook, "sheet1", change)


def _encrypted() -> bytes:
    """An archive that says of its file that it is encrypted."""
    archive = bytearray(invented.packed(acled__csv=_good()))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(archive)


def _damaged_inside() -> bytes:
    """An archive of which a byte in the middle has changed."""
    rows = several(acled, 2_000, "event_id_cnty")
    archive = bytearray(invented.packed(acled__csv=invented.file(ACLED_NOW, rows)))
    archive[len(archive) // 2] ^= 0xFF
    return bytes(archive)


def _packed_otherwise() -> bytes:
    """An archive that says of its file that it is packed by Deflate64, as Windows packs large ones."""
    archive = bytearray(invented.packed(acled__csv=_good()))
    archive[8] = archive[archive.index(b"PK\x01\x02") + 10] = 9
    return bytes(archive)


def _bomb(name: str, inside: dict[str, bytes] | None = None) -> bytes:
    """An archive with one file that unpacks to forty megabytes of one letter."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in (inside or {}).items():
            archive.writestr(member, content)
        with archive.open(name, "w") as member_stream:
            for _ in range(40):
                member_stream.write(b"a" * 1024**2)
    return stream.getvalue()


def _laughs() -> bytes:
    """A sheet whose one cell is a billion words, by nine definitions."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><worksheet><sheetData><row>'
        '<c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    ).encode()


def _unclosed() -> bytes:
    """A quote that opens in the first row, and no other quote in megabytes of rows."""
    rows = [row | {"notes": "Invented."} for row in several(acled, 5_000, "event_id_cnty")]
    return invented.text(ACLED_NOW, rows).replace("Invented.", '"Invented.', 1).encode()


CORPUS = [
    # Nothing in it, or something else
    Broken(
        "empty.csv",
        lambda: b"",
        "empty.csv: The file is empty. Give the export with its header and rows.",
    ),
    Broken(
        "only-a-bom.csv",
        lambda: b"\xef\xbb\xbf\r\n",
        "only-a-bom.csv: The file is empty. Give the export with its header and rows.",
    ),
    Broken(
        "header-only.csv",
        lambda: invented.file(ACLED_NOW, []),
        "header-only.csv, line 1: The file has a header and no rows. Fetch it once more, with the events.",
    ),
    Broken(
        "header-only-ged.csv",
        lambda: invented.file(GED, []),
        "header-only-ged.csv, line 1: The file has a header and no rows. Fetch it once more, with the "
        "events.",
    ),
    Broken(
        "header-and-tags.csv",
        lambda: invented.file(GED_HDX, [], hxl=invented.hxl_tags(GED_HDX)),
        "header-and-tags.csv, line 1: The file has a header and no rows. Fetch it once more, with the "
        "events.",
    ),
    Broken(
        "answer.json.csv",
        lambda: json.dumps({"status": 200, "data": [acled()]}).encode(),
        "answer.json.csv, line 1: This is JSON, no table of rows. Ask for CSV: ACLED's API answers with "
        "it for _format=csv.",
    ),
    Broken(
        "login.csv",
        lambda: b"<!DOCTYPE html><html><body>Log in</body></html>",
        "login.csv, line 1: This is HTML or XML, no table of rows. Perhaps it is a page that asks to log "
        "in. Give the file itself as CSV.",
    ),
    Broken(
        "codebook.pdf",
        lambda: b"%PDF-1.7\n%\xe2\xe3",
        "codebook.pdf: This is a PDF, no table of rows. Give the table itself.",
    ),
    Broken(
        "old.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        "old.xls: This is an old Excel workbook, or one with a password, no table of rows. Save it as "
        ".xlsx without one, or as CSV UTF-8.",
    ),
    Broken(
        "acled.csv.gz",
        lambda: gzip.compress(_good()),
        "acled.csv.gz: This is a gzip archive, no table of rows. Unpack it first, or pack it as ZIP.",
    ),
    Broken(
        "ged.rds",
        lambda: gzip.compress(b"X\n\0\0\0\3"),
        "ged.rds: This is a gzip archive, no table of rows. Unpack it first, or pack it as ZIP.",
    ),
    Broken(
        "ged.RData",
        lambda: b"RDX3\nX\n\0\0\0\3",
        "ged.RData: This is a file of R, no table of rows. Write it with write.csv and give that.",
    ),
    Broken(
        "ged.dta",
        lambda: b"<stata_dta><header><release>118</release>",
        "ged.dta: This is a file of Stata, no table of rows. Write it with export delimited and give that.",
    ),
    Broken(
        "acled.parquet",
        lambda: b"PAR1\x15\x04\x15",
        "acled.parquet: This is a Parquet file, no table of rows. Give the table as CSV.",
    ),
    Broken(
        "letter.csv",
        lambda: b"Dear colleague, here is the file you asked for.\nRegards\n",
        "letter.csv, line 1: The first line is the header of no table that is read: UCDP GED events, UCDP"
        " actors, ACLED events, ACLED deletions, tables of border's own. It begins: Dear colleague, here is "
        "the file you asked for.",
    ),
    # Relations
    Broken(
        "hdx.csv",
        _header("Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities"),
        "hdx.csv, line 1: This is an aggregated file: each line counts the events of a place and a time, "
        "and none is told by itself. Give the event export, with a line for each event_id_cnty.",
    ),
    Broken(
        "aggregated.csv",
        _header("WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,DISORDER_TYPE,ID"),
        "aggregated.csv, line 1: This is an aggregated file: each line counts the events of a place and a"
        " time, and none is told by itself. Give the event export, with a line for each event_id_cnty.",
    ),
    Broken(
        "hdx.xlsx",
        _in_sheet("Country Admin1 ISO3 Month Year Events Fatalities".split(), {"Events": 3}),
        "hdx.xlsx: Data, row 1: This is an aggregated file: each line counts the events of a place and a "
        "time, and none is told by itself. Give the event export, with a line for each event_id_cnty.",
    ),
    Broken(
        "cast.csv",
        _header("country,admin1,month,year,total_forecast,battles_forecast"),
        "cast.csv, line 1: This is ACLED's forecast (CAST): it holds no events. Give the event export, "
        "with a line for each event_id_cnty.",
    ),
    Broken(
        "monadic.csv",
        _acled_without("actor2", "assoc_actor_2", "inter2", "interaction"),
        "monadic.csv, line 1: This is ACLED with a line for each actor (monadic): one event stands on "
        "several lines. Give the export with a line for each event, which has actor1 and actor2.",
    ),
    Broken(
        "long.csv",
        _header(
            "event_id_cnty,event_date,time_precision,event_type,sub_event_type,type_of_actor,actor,inter_type,inter"
        ),
        "long.csv, line 1: This is ACLED with a line for each actor (monadic): one event stands on "
        "several lines. Give the export with a line for each event, which has actor1 and actor2.",
    ),
    Broken(
        "battle-deaths.csv",
        _header("conflict_id,dyad_id,location_inc,side_a,side_b,year,bd_best,bd_low,bd_high"),
        "battle-deaths.csv, line 1: These are UCDP battle-related deaths: sums by conflict and year, no "
        "events. Give the UCDP GED file of the release.",
    ),
    Broken(
        "dyadic.csv",
        _header("dyad_id,conflict_id,location,side_a,side_a_id,side_b,side_b_id,year,intensity_level"),
        "dyadic.csv, line 1: This is UCDP's dyadic dataset: a line for each dyad and year, no events. "
        "Give the UCDP GED file of the release.",
    ),
    Broken(
        "prio.csv",
        _header("conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,start_date"),
        "prio.csv, line 1: This is the UCDP/PRIO list of armed conflicts: a line for each conflict and "
        "year, no events. Give the UCDP GED file of the release.",
    ),
    Broken(
        "one-sided.csv",
        _header("conflict_id,dyad_id,actor_id,actor_name,year,best_fatality_estimate"),
        "one-sided.csv, line 1: This is UCDP's list of non-state conflicts or one-sided violence: sums by"
        " year, no events. Give the UCDP GED file of the release.",
    ),
    Broken(
        "country-years.csv",
        _header("country_cy,country_id_cy,year_cy,region_cy,sb_total_deaths_best_cy"),
        "country-years.csv, line 1: This is UCDP's organised violence by country and year: sums, no "
        "events. Give the UCDP GED file of the release.",
    ),
    Broken(
        "per-source.csv",
        _header("id,year,conflict_name,side_a,side_b,source_article,latitude,longitude,country,best"),
        "per-source.csv, line 1: This is nearest to UCDP GED events, and lacks columns: type_of_violence,"
        " where_prec, where_coordinates, date_prec, date_start, date_end, high, low. Give the file as "
        "UCDP publishes it.",
    ),
    # Headers
    Broken(
        "no-coordinates.csv",
        _acled_without("latitude", "longitude"),
        "no-coordinates.csv, line 1: This is nearest to ACLED events, and lacks columns: latitude, "
        "longitude. Give the file as ACLED publishes it.",
    ),
    Broken(
        "no-precision.csv",
        _acled_without("time_precision", "geo_precision"),
        "no-precision.csv, line 1: This is nearest to ACLED events, and lacks columns: time_precision, "
        "geo_precision. Give the file as ACLED publishes it.",
    ),
    Broken(
        "misspelt.csv",
        lambda: invented.file([{"event_date": "event_dat"}.get(name, name) for name in ACLED_NOW], [acled()]),
        "misspelt.csv, line 1: This is nearest to ACLED events, and lacks the column: event_date (perhaps"
        " event_dat). Not known to it: event_dat. Give the file as ACLED publishes it.",
    ),
    Broken(
        "no-id.csv",
        lambda: invented.file([name for name in GED if name != "id"], [ged()]),
        "no-id.csv, line 1: This is nearest to UCDP GED events, and lacks the column: id. Give the file "
        "as UCDP publishes it.",
    ),
    Broken(
        "twice.csv",
        lambda: invented.file([*ACLED_NOW, "Country"], [acled()]),
        "twice.csv, line 1: The column country stands in the header twice. Delete the one that is wrong.",
    ),
    Broken(
        "headless-48.csv",
        lambda: invented.file(GED[:-1], [ged()], with_header=False),
        "headless-48.csv, line 1: The file has no header, and 48 columns: without one only UCDP GED is "
        "read, which has 49. Give the file with its header.",
    ),
    Broken(
        "headless-acled.csv",
        lambda: invented.file(ACLED_NOW, [acled()], with_header=False),
        "headless-acled.csv, line 1: The file has no header, and 31 columns: without one only UCDP GED is"
        " read, which has 49. Give the file with its header.",
    ),
    Broken(
        "title-above.csv",
        lambda: b"ACLED export of 2022\n" + _good(),
        "title-above.csv, line 1: The header stands only below this, on line 2. Delete what is above it.",
    ),
    Broken(
        "actors-without-names.csv",
        lambda: invented.file([name for name in ACTORS if name != "NameData"], [{"ActorId": "1"}]),
        "actors-without-names.csv, line 1: This is nearest to UCDP actors, and lacks the column: "
        "namedata. Give the file as UCDP publishes it.",
    ),
    # Encodings
    Broken(
        "utf-16-le.csv",
        lambda: b"\xff\xfe" + _good().decode().encode("utf-16-le"),
        "utf-16-le.csv, line 1: The file is in UTF-16 little-endian. Save the file as UTF-8 (in Excel: "
        "CSV UTF-8).",
    ),
    Broken(
        "utf-16-be.csv",
        lambda: b"\xfe\xff" + _good().decode().encode("utf-16-be"),
        "utf-16-be.csv, line 1: The file is in UTF-16 big-endian. Save the file as UTF-8 (in Excel: CSV "
        "UTF-8).",
    ),
    Broken(
        "utf-16-bare.csv",
        lambda: _good().decode().encode("utf-16-le"),
        "utf-16-bare.csv, line 1: The file is in UTF-16. Save the file as UTF-8 (in Excel: CSV UTF-8).",
    ),
    Broken(
        "latin-1.csv",
        _encoded("cp1252", location="Tell Café"),
        'latin-1.csv, line 2: The file is not UTF-8. It may be Latin-1 (Windows-1252), and the cell "Tell'
        ' Café". Save the file as UTF-8 (in Excel: CSV UTF-8).',
    ),
    Broken(
        "arabic.csv",
        _encoded("cp1256", location="البوكمال"),
        "arabic.csv, line 2: The file is not UTF-8. It may be Windows-1256 (Arabic), and the cell "
        '"البوكمال". Save the file as UTF-8 (in Excel: CSV UTF-8).',
    ),
    Broken(
        "cut-in-a-letter.csv",
        lambda: invented.file(ACLED_NOW, [acled()]).rstrip() + "é".encode()[:1],
        "cut-in-a-letter.csv, line 2: The file ends within a letter: it was cut off.",
    ),
    Broken(
        "nul.csv",
        _text(lambda text: text.replace("Tell", "Te\0ll", 2)),
        "nul.csv, line 2: The line holds a NUL (U+0000). Delete it; it belongs in no text.",
    ),
    # Rows that fall apart
    Broken(
        "cut-off.csv",
        _text(lambda text: text[: text.rindex("clashed")]),
        "cut-off.csv, line 4: A double quote in the row that begins here is never closed: the rest of the"
        " file is in it. Close it, and double a quote within a cell; or give the whole file, if it was "
        "cut off.",
    ),
    Broken(
        "cut-off-at-a-cell.csv",
        _text(lambda text: text[: text.rindex(",SYR") if ",SYR" in text else text.rindex(",3,,1")]),
        "cut-off-at-a-cell.csv, line 4: The row has 28 cells, fewer than the header's 31. Put a cell that"
        " holds the sign between columns or a line break in double quotes.",
    ),
    Broken(
        "too-many-cells.csv",
        _text(lambda text: text.replace("Tell Invented", "Tell, Invented", 1)),
        "too-many-cells.csv, line 2: The row has 32 cells, more than the header's 31. Put a cell that "
        "holds the sign between columns or a line break in double quotes.",
    ),
    Broken(
        "too-few-cells.csv",
        _text(lambda text: text.replace("Deir ez Zor,", "", 1)),
        "too-few-cells.csv, line 2: The row has 30 cells, fewer than the header's 31. Put a cell that "
        "holds the sign between columns or a line break in double quotes.",
    ),
    Broken(
        "quote-in-quotes.csv",
        _text(lambda text: text.replace('"On 18', '"On "18', 1)),
        "quote-in-quotes.csv, line 2: After a closing double quote comes neither the end of the cell nor "
        "that of the line. Double a quote within a cell.",
    ),
    Broken(
        "decimal-commas.csv",
        lambda: invented.file(ACLED_NOW, [acled(latitude="34,6", longitude="40,8")], delimiter=";"),
        'decimal-commas.csv, line 2, latitude "34,6": This is no number of degrees. Write it like '
        "34.4522, with a point.",
    ),
    # Ids
    Broken(
        "no-such-id.csv",
        lambda: invented.file(ACLED_NOW, [acled(event_id_cnty="900001")]),
        'no-such-id.csv, line 2, event_id_cnty "900001": The id of an ACLED event is three capital '
        "letters and a number. Write it like SYR101018.",
    ),
    Broken(
        "id-empty.csv",
        lambda: invented.file(GED, [ged(id="")]),
        "id-empty.csv, line 2, id: The id of a UCDP row is a whole number. Write it like 114064.",
    ),
    Broken(
        "id-as-float.csv",
        lambda: invented.file(GED, [ged(id="900001.0")]),
        'id-as-float.csv, line 2, id "900001.0": The id of a UCDP row is a whole number. Write it like '
        "114064.",
    ),
    Broken(
        "same-id.csv",
        lambda: invented.file(ACLED_NOW, [acled(), acled(fatalities="4")]),
        'same-id.csv, line 3, event_id_cnty "SYR900001": This id stands on line 2 already, with another '
        "content. Give the file with one line for each id.",
    ),
    Broken(
        "same-id-ged.csv",
        lambda: invented.file(GED, [ged(), ged(best="4", deaths_b="3")]),
        'same-id-ged.csv, line 3, id "900001": This id stands on line 2 already, with another content. '
        "Give the file with one line for each id.",
    ),
    Broken(
        "actor-without-name.csv",
        lambda: invented.file(ACTORS, [{"ActorId": "1", "NameData": " "}]),
        'actor-without-name.csv, line 2, NameData " ": An actor needs its name.',
    ),
    # Dates
    Broken(
        "no-date.csv",
        _acled(event_date=""),
        "no-date.csv, line 3, event_date: A row needs its date. Write it like 2014-06-22.",
    ),
    Broken(
        "thirtieth-of-february.csv",
        _acled(event_date="2019-02-30"),
        'thirtieth-of-february.csv, line 3, event_date "2019-02-30": There is no such day in the '
        "calendar. Write it like 2014-06-22.",
    ),
    Broken(
        "thirteenth-month.csv",
        _acled(event_date="2019-13-01"),
        'thirteenth-month.csv, line 3, event_date "2019-13-01": There is no such day in the calendar. '
        "Write it like 2014-06-22.",
    ),
    Broken(
        "year-25.csv",
        _acled(event_date="0025-05-09"),
        'year-25.csv, line 3, event_date "0025-05-09": The year 0025 was made from two digits by some '
        "program. Write 2025-05-09 if that is meant.",
    ),
    Broken(
        "year-1066.csv",
        _acled(event_date="1066-10-14"),
        'year-1066.csv, line 3, event_date "1066-10-14": The year 1066 lies outside 1900 to 2100. Write '
        "the date like 2014-06-22.",
    ),
    Broken(
        "date-in-words.csv",
        _acled(event_date="last Tuesday"),
        'date-in-words.csv, line 3, event_date "last Tuesday": This is no date that can be read. Write it'
        " like 2014-06-22.",
    ),
    Broken(
        "month-in-french.csv",
        _acled(event_date="9 juillet 2019"),
        'month-in-french.csv, line 3, event_date "9 juillet 2019": juillet is no month in English. Write '
        "the date like 2014-06-22.",
    ),
    Broken(
        "excel-number.csv",
        _acled(event_date="43726"),
        'excel-number.csv, line 3, event_date "43726": This is Excel\'s number of a day, perhaps '
        "2019-09-18. Format the column as 2014-06-22.",
    ),
    Broken(
        "time-of-day.csv",
        _ged(date_start="2019-09-18T22:00:00Z", date_end="2019-09-18T22:00:00Z"),
        'time-of-day.csv, line 3, date_start "2019-09-18T22:00:00Z": This has a time of day, which may '
        "belong to another day elsewhere. Write the day alone.",
    ),
    Broken(
        "ends-before.csv",
        _ged(date_start="2019-09-18", date_end="2019-09-17"),
        'ends-before.csv, line 3, date_end "2019-09-17": The end lies before the start, 2019-09-18.',
    ),
    Broken(
        "end-missing.csv",
        _ged(date_end=""),
        "end-missing.csv, line 3, date_end: A row needs its date. Write it like 2014-06-22.",
    ),
    Broken(
        "mixed-orders.csv",
        _dates("13-05-2019", "04-05-2019", "05-13-2019"),
        'mixed-orders.csv, line 4, event_date "05-13-2019": The date has the month first, and line 2 '
        "(13-05-2019) the day. Write all dates of the file like 2014-06-22.",
    ),
    Broken(
        "mixed-signs.csv",
        _dates("13-05-2019", "05/04/2019"),
        'mixed-signs.csv, line 3, event_date "05/04/2019": The date is written with /, and line 2 '
        "(13-05-2019) with -, as when a program changed some of them. Write all dates of the file like "
        "2014-06-22.",
    ),
    Broken(
        "no-order.csv",
        _dates("04-05-2019", "05-06-2019"),
        'no-order.csv, line 2, event_date "04-05-2019": The day or the month may come first, here and in '
        "every other date of the file. Write dates like 2014-06-22.",
    ),
    Broken(
        "no-order-ged.csv",
        _ged_dates("2019-05-04", "04/05/2019"),
        'no-order-ged.csv, line 3, date_start "04/05/2019": The day or the month may come first, here and'
        " in every other date of the file. Write dates like 2014-06-22.",
    ),
    # Codes and figures
    Broken(
        "time-precision.csv",
        _acled(time_precision="4"),
        'time-precision.csv, line 3, time_precision "4": The precision of a date is 1, 2 or 3.',
    ),
    Broken(
        "geo-precision.csv",
        _acled(geo_precision=""),
        "geo-precision.csv, line 3, geo_precision: The precision of a place is 1, 2 or 3.",
    ),
    Broken(
        "event-type.csv",
        _acled(event_type="Battle"),
        'event-type.csv, line 3, event_type "Battle": ACLED has no such event type. Perhaps battles?',
    ),
    Broken(
        "deaths-some.csv",
        _acled(fatalities="several"),
        'deaths-some.csv, line 3, fatalities "several": This is not a whole number in plain digits. Write'
        " it like 12.",
    ),
    Broken(
        "deaths-below-none.csv",
        _acled(fatalities="-3"),
        'deaths-below-none.csv, line 3, fatalities "-3": A count is never below 0.',
    ),
    Broken(
        "deaths-half.csv",
        _acled(fatalities="2.5"),
        'deaths-half.csv, line 3, fatalities "2.5": This is not a whole number in plain digits. Write it '
        "like 12.",
    ),
    Broken(
        "deaths-empty.csv",
        _acled(fatalities=""),
        "deaths-empty.csv, line 3, fatalities: A count is missing. Write 0 where there is none or none is"
        " known.",
    ),
    Broken(
        "type-of-violence.csv",
        _ged(type_of_violence="4"),
        'type-of-violence.csv, line 3, type_of_violence "4": The type of violence is 1, 2 or 3.',
    ),
    Broken(
        "where-prec.csv",
        _ged(where_prec="0"),
        'where-prec.csv, line 3, where_prec "0": The precision of a place is a number from 1 to 7.',
    ),
    Broken(
        "date-prec.csv",
        _ged(date_prec="six"),
        'date-prec.csv, line 3, date_prec "six": The precision of a date is a number from 1 to 5.',
    ),
    Broken(
        "best-empty.csv",
        _ged(best=""),
        "best-empty.csv, line 3, best: A count is missing. Write 0 where there is none or none is known.",
    ),
    Broken(
        "deaths-of-a-side.csv",
        _ged(deaths_a="-1", deaths_b="3"),
        'deaths-of-a-side.csv, line 3, deaths_a "-1": A count is never below 0.',
    ),
    # Coordinates
    Broken(
        "swapped.csv",
        _acled(latitude="40.8", longitude="34.6"),
        'swapped.csv, line 3, latitude "40.8": Latitude and longitude are swapped: as they stand, the '
        "place lies outside its country.",
    ),
    Broken(
        "swapped-far.csv",
        _acled(latitude="109.5", longitude="12.3", country="Vietnam", iso="704"),
        'swapped-far.csv, line 3, latitude "109.5": A latitude lies between -90 and 90. Perhaps latitude '
        "and longitude are swapped.",
    ),
    Broken(
        "swapped-by-point.csv",
        _ged(latitude="40.8", longitude="34.6", geom_wkt="POINT (40.8 34.6)"),
        'swapped-by-point.csv, line 3, latitude "40.8": Latitude and longitude are swapped: geom_wkt has '
        "them the other way.",
    ),
    Broken(
        "latitude-95.csv",
        _acled(latitude="95.0", longitude="140.0"),
        'latitude-95.csv, line 3, latitude "95.0": A latitude lies between -90 and 90. Look it up in the '
        "original.",
    ),
    Broken(
        "longitude-200.csv",
        _acled(longitude="200"),
        'longitude-200.csv, line 3, longitude "200": A longitude lies between -180 and 180. Look it up in'
        " the original.",
    ),
    Broken(
        "atlantic.csv",
        _acled(latitude="0", longitude="0.0"),
        'atlantic.csv, line 3, latitude "0": 0 and 0 is a point in the Atlantic that stands for no '
        "coordinates. Leave both empty.",
    ),
    Broken(
        "decimal-comma.csv",
        _acled(latitude="34,6"),
        'decimal-comma.csv, line 3, latitude "34,6": This is no number of degrees. Write it like 34.4522,'
        " with a point.",
    ),
    Broken(
        "half-a-point.csv",
        _acled(latitude=""),
        "half-a-point.csv, line 3, latitude: This is no number of degrees. Write it like 34.4522, with a "
        "point.",
    ),
    Broken(
        "not-a-number.csv",
        _acled(latitude="NaN"),
        'not-a-number.csv, line 3, latitude "NaN": This is no number of degrees. Write it like 34.4522, '
        "with a point.",
    ),
    # Deletions
    Broken(
        "deleted-when.csv",
        lambda: invented.file(DELETED, [{"event_id_cnty": "SYR1", "deleted_timestamp": "yesterday"}]),
        'deleted-when.csv, line 2, deleted_timestamp "yesterday": This is no number of seconds since '
        "1970. Write it like 1658707200.",
    ),
    Broken(
        "deleted-milliseconds.csv",
        lambda: invented.file(DELETED, [{"event_id_cnty": "SYR1", "deleted_timestamp": "1658707200000"}]),
        'deleted-milliseconds.csv, line 2, deleted_timestamp "1658707200000": This is no number of '
        "seconds since 1970. Write it like 1658707200.",
    ),
    Broken(
        "deleted-what.csv",
        lambda: invented.file(DELETED, [{"event_id_cnty": "Syria", "deleted_timestamp": "1658707200"}]),
        'deleted-what.csv, line 2, event_id_cnty "Syria": The id of an ACLED event is three capital '
        "letters and a number. Write it like SYR101018.",
    ),
    # Workbooks
    Broken(
        "formula.xlsx",
        _in_sheet(ACLED_NOW, acled(fatalities="=1+2")),
        'formula.xlsx: Data, row 2, fatalities "=1+2": The cell AC2 holds a formula. Put its value there:'
        " copy the column, and paste the values.",
    ),
    Broken(
        "formula-in-header.xlsx",
        _in_sheet([*ACLED_NOW, "=A1"], acled()),
        'formula-in-header.xlsx: Data, row 1, AF "=A1": The cell AF1 holds a formula. Put its value '
        "there: copy the column, and paste the values.",
    ),
    Broken(
        "two-sheets.xlsx",
        lambda: invented.sheet(("This year", ACLED_NOW, [acled()]), ("Last year", ACLED_NOW, [acled()])),
        "two-sheets.xlsx: More than one sheet is a table: This year and Last year. Leave one of them in "
        "the workbook.",
    ),
    Broken(
        "no-table.xlsx",
        _in_sheet(["Name", "Telephone"], {"Name": "Nobody"}),
        "no-table.xlsx: Data, row 1: The first line is the header of no table that is read: UCDP GED "
        "events, UCDP actors, ACLED events, ACLED deletions, tables of border's own. It begins: Name, Telephone.",
    ),
    Broken(
        "damaged.xlsx",
        _changed_sheet(lambda sheet: sheet[:700]),
        "damaged.xlsx: Data: The workbook is damaged, or was made by no spreadsheet. Save the sheet as "
        "CSV UTF-8 and give that.",
    ),
    Broken(
        "laughs.xlsx",
        _changed_sheet(lambda _: _laughs()),
        "laughs.xlsx: Data: The workbook is damaged, or was made by no spreadsheet. Save the sheet as CSV UTF-8"
        " and give that.",
    ),
    Broken(
        "far-row.xlsx",
        _changed_sheet(lambda sheet: sheet.replace(b"</sheetData>", b'<row r="9999999999"/></sheetData>')),
        "far-row.xlsx: Data: The workbook is damaged, or was made by no spreadsheet. Save the sheet as "
        "CSV UTF-8 and give that.",
    ),
    Broken(
        "header.xlsx",
        _in_sheet(ACLED_NOW),
        "header.xlsx: Data, row 1: The file has a header and no rows. Fetch it once more, with the events.",
    ),
    Broken(
        "binary.xlsx",
        _in_zip(
            **{
                "[Content_Types].xml": lambda: b"<Types/>",
                "xl/workbook.bin": lambda: b"\x83\x01",
                "xl/sheet1.bin": bytes,
            }
        ),
        "binary.xlsx: The workbook holds no sheet that is read. Save the sheet as CSV UTF-8 and give that.",
    ),
    # Archives
    Broken(
        "empty.zip",
        _in_zip(),
        "empty.zip: The archive holds no table: no file in it ends in .csv, .tsv, .txt or .xlsx.",
    ),
    Broken(
        "no-table.zip",
        _in_zip(codebook__pdf=lambda: b"%PDF", letter__docx=lambda: b"PK"),
        "no-table.zip: The archive holds no table: no file in it ends in .csv, .tsv, .txt or .xlsx.",
    ),
    Broken(
        "two-tables.zip",
        _in_zip(acled__csv=_good, ged__csv=_good_ged),
        "two-tables.zip: In the archive, acled.csv is a table of ACLED events, ged.csv of UCDP GED "
        "events. Give them one by one.",
    ),
    Broken(
        "two-shapes.zip",
        _in_zip(a__csv=_good, b__csv=lambda: invented.file(ACLED_BEFORE, [acled()])),
        "two-shapes.zip: In the archive, a.csv and b.csv do not have the same columns. Give them one by one.",
    ),
    Broken(
        "same-id.zip",
        _in_zip(a__csv=_good, b__csv=lambda: invented.file(ACLED_NOW, [acled(fatalities="9")])),
        'same-id.zip: b.csv, line 2, event_id_cnty "SYR900001": This id stands on line 2 of same-id.zip: '
        "a.csv already, with another content. Give the file with one line for each id.",
    ),
    Broken(
        "broken-inside.zip",
        _in_zip(acled__csv=_acled(fatalities="many")),
        'broken-inside.zip: acled.csv, line 3, fatalities "many": This is not a whole number in plain '
        "digits. Write it like 12.",
    ),
    Broken(
        "cut-off.zip",
        lambda: invented.packed(acled__csv=_good())[:-60],
        "cut-off.zip: The archive is damaged, or cut off. Fetch it once more.",
    ),
    Broken(
        "damaged-inside.zip",
        _damaged_inside,
        "damaged-inside.zip: acled.csv: The file is damaged: it cannot be read to its end. Fetch it once more.",
    ),
    Broken(
        "packed-otherwise.zip",
        _packed_otherwise,
        "packed-otherwise.zip: acled.csv in the archive is packed in a way that is not read. Pack it as an ordinary ZIP,"
        " or give it unpacked.",
    ),
    Broken(
        "workbook-inside.zip",
        lambda: invented.packed(acled__csv=invented.sheet(("Data", ACLED_NOW, [acled()]))),
        "workbook-inside.zip: acled.csv: This is an archive or a workbook under another name, no table of rows."
        " Give it by itself, as .zip or .xlsx.",
    ),
    Broken(
        "encrypted.zip",
        _encrypted,
        "encrypted.zip: acled.csv in the archive is encrypted. Give it without a password.",
    ),
    Broken(
        "spreadsheet.ods",
        _in_zip(mimetype=lambda: b"application/vnd.oasis", content__xml=lambda: b"<x/>"),
        "spreadsheet.ods: This is an OpenDocument spreadsheet. Save it as .xlsx or as CSV UTF-8.",
    ),
]

# Too large to be held: read in another process, whose memory is measured.
LARGE = [
    Broken(
        "one-line.csv",
        lambda: b"event_id_cnty," + b"a" * 16 * 1024**2,
        "one-line.csv, line 1: The line is longer than 1 MB: this is no table of events.",
    ),
    Broken(
        "one-line-of-commas.csv",
        lambda: b"," * 16 * 1024**2,
        "one-line-of-commas.csv, line 1: The line is longer than 1 MB: this is no table of events.",
    ),
    Broken(
        "one-line-below.csv",
        lambda: _good() + b"a" * 16 * 1024**2,
        "one-line-below.csv, line 3: The line is longer than 1 MB: this is no table of events.",
    ),
    Broken(
        "never-closed.csv",
        _unclosed,
        "never-closed.csv, line 2: A cell of the row that begins here has more than 131,072 characters: "
        "most likely a double quote is never closed.",
    ),
    Broken(
        "bomb.zip",
        lambda: _bomb("acled.csv"),
        "bomb.zip: acled.csv in the archive unpacks to more than 200 times its size: no table does. Give "
        "the table unpacked.",
    ),
    Broken(
        "bomb-of-texts.xlsx",
        lambda: _bomb("xl/sharedStrings.xml", {"[Content_Types].xml": b"<Types/>"}),
        "bomb-of-texts.xlsx: xl/sharedStrings.xml in the workbook unpacks to 40 MB, more than the 20 MB "
        "that are read. Save the sheet as CSV UTF-8 and give that.",
    ),
    Broken(
        "row-without-end.xlsx",
        _changed_sheet(
            lambda sheet: sheet.replace(
                b"</sheetData>", b"<row>" + b"<c/>" * 5_000_000 + b"</row></sheetData>"
            )
        ),
        "row-without-end.xlsx: Data: The workbook is damaged, or was made by no spreadsheet. Save the "
        "sheet as CSV UTF-8 and give that.",
    ),
    Broken(
        "bomb-of-styles.xlsx",
        lambda: _bomb("xl/styles.xml", {"[Content_Types].xml": b"<Types/>"}),
        "bomb-of-styles.xlsx: xl/styles.xml in the workbook unpacks to 40 MB, more than the 4 MB that "
        "are read. Save the sheet as CSV UTF-8 and give that.",
    ),
    Broken(
        "many-lines.csv",
        lambda: _good() + b"\n" * 5_300_000,
        "many-lines.csv: The file has more than 5,000,000 lines. Give it in parts, by country or year.",
    ),
]
