"""Which country a row of ACLED or UCDP means: their numbers and names, and the ISO 3166-1 code of two letters."""

from decimal import Decimal
from functools import lru_cache

# Two letters, three letters, number: all of ISO 3166-1.
_ISO = """
AF/AFG/4 AL/ALB/8 DZ/DZA/12 AS/ASM/16 AD/AND/20 AO/AGO/24 AI/AIA/660 AQ/ATA/10 AG/ATG/28 AR/ARG/32
AM/ARM/51 AW/ABW/533 AU/AUS/36 AT/AUT/40 AZ/AZE/31 BS/BHS/44 BH/BHR/48 BD/BGD/50 BB/BRB/52 BY/BLR/112
BE/BEL/56 BZ/BLZ/84 BJ/BEN/204 BM/BMU/60 BT/BTN/64 BO/BOL/68 BQ/BES/535 BA/BIH/70 BW/BWA/72 BV/BVT/74
BR/BRA/76 IO/IOT/86 BN/BRN/96 BG/BGR/100 BF/BFA/854 BI/BDI/108 CV/CPV/132 KH/KHM/116 CM/CMR/120
CA/CAN/124 KY/CYM/136 CF/CAF/140 TD/TCD/148 CL/CHL/152 CN/CHN/156 CX/CXR/162 CC/CCK/166 CO/COL/170
KM/COM/174 CD/COD/180 CG/COG/178 CK/COK/184 CR/CRI/188 HR/HRV/191 CU/CUB/192 CW/CUW/531 CY/CYP/196
CZ/CZE/203 CI/CIV/384 DK/DNK/208 DJ/DJI/262 DM/DMA/212 DO/DOM/214 EC/ECU/218 EG/EGY/818 SV/SLV/222
GQ/GNQ/226 ER/ERI/232 EE/EST/233 SZ/SWZ/748 ET/ETH/231 FK/FLK/238 FO/FRO/234 FJ/FJI/242 FI/FIN/246
FR/FRA/250 GF/GUF/254 PF/PYF/258 TF/ATF/260 GA/GAB/266 GM/GMB/270 GE/GEO/268 DE/DEU/276 GH/GHA/288
GI/GIB/292 GR/GRC/300 GL/GRL/304 GD/GRD/308 GP/GLP/312 GU/GUM/316 GT/GTM/320 GG/GGY/831 GN/GIN/324
GW/GNB/624 GY/GUY/328 HT/HTI/332 HM/HMD/334 VA/VAT/336 HN/HND/340 HK/HKG/344 HU/HUN/348 IS/ISL/352
IN/IND/356 ID/IDN/360 IR/IRN/364 IQ/IRQ/368 IE/IRL/372 IM/IMN/833 IL/ISR/376 IT/ITA/380 JM/JAM/388
JP/JPN/392 JE/JEY/832 JO/JOR/400 KZ/KAZ/398 KE/KEN/404 KI/KIR/296 KP/PRK/408 KR/KOR/410 KW/KWT/414
KG/KGZ/417 LA/LAO/418 LV/LVA/428 LB/LBN/422 LS/LSO/426 LR/LBR/430 LY/LBY/434 LI/LIE/438 LT/LTU/440
LU/LUX/442 MO/MAC/446 MG/MDG/450 MW/MWI/454 MY/MYS/458 MV/MDV/462 ML/MLI/466 MT/MLT/470 MH/MHL/584
MQ/MTQ/474 MR/MRT/478 MU/MUS/480 YT/MYT/175 MX/MEX/484 FM/FSM/583 MD/MDA/498 MC/MCO/492 MN/MNG/496
ME/MNE/499 MS/MSR/500 MA/MAR/504 MZ/MOZ/508 MM/MMR/104 NA/NAM/516 NR/NRU/520 NP/NPL/524 NL/NLD/528
NC/NCL/540 NZ/NZL/554 NI/NIC/558 NE/NER/562 NG/NGA/566 NU/NIU/570 NF/NFK/574 MK/MKD/807 MP/MNP/580
NO/NOR/578 OM/OMN/512 PK/PAK/586 PW/PLW/585 PS/PSE/275 PA/PAN/591 PG/PNG/598 PY/PRY/600 PE/PER/604
PH/PHL/608 PN/PCN/612 PL/POL/616 PT/PRT/620 PR/PRI/630 QA/QAT/634 RO/ROU/642 RU/RUS/643 RW/RWA/646
RE/REU/638 BL/BLM/652 SH/SHN/654 KN/KNA/659 LC/LCA/662 MF/MAF/663 PM/SPM/666 VC/VCT/670 WS/WSM/882
SM/SMR/674 ST/STP/678 SA/SAU/682 SN/SEN/686 RS/SRB/688 SC/SYC/690 SL/SLE/694 SG/SGP/702 SX/SXM/534
SK/SVK/703 SI/SVN/705 SB/SLB/90 SO/SOM/706 ZA/ZAF/710 GS/SGS/239 SS/SSD/728 ES/ESP/724 LK/LKA/144
SD/SDN/729 SR/SUR/740 SJ/SJM/744 SE/SWE/752 CH/CHE/756 SY/SYR/760 TW/TWN/158 TJ/TJK/762 TZ/TZA/834
TH/THA/764 TL/TLS/626 TG/TGO/768 TK/TKL/772 TO/TON/776 TT/TTO/780 TN/TUN/788 TR/TUR/792 TM/TKM/795
TC/TCA/796 TV/TUV/798 UG/UGA/800 UA/UKR/804 AE/ARE/784 GB/GBR/826 UM/UMI/581 US/USA/840 UY/URY/858
UZ/UZB/860 VU/VUT/548 VE/VEN/862 VN/VNM/704 VG/VGB/92 VI/VIR/850 WF/WLF/876 EH/ESH/732 YE/YEM/887
ZM/ZMB/894 ZW/ZWE/716 AX/ALA/248
"""

# The numbers of Gleditsch and Ward, by which UCDP names states; 345 is Yugoslavia and Serbia after it.
_GLEDITSCH_WARD = """
2/US 20/CA 31/BS 40/CU 41/HT 42/DO 51/JM 52/TT 53/BB 54/DM 55/GD 56/LC 57/VC 58/AG 60/KN 70/MX 80/BZ
90/GT 91/HN 92/SV 93/NI 94/CR 95/PA 100/CO 101/VE 110/GY 115/SR 130/EC 135/PE 140/BR 145/BO 150/PY
155/CL 160/AR 165/UY 200/GB 205/IE 210/NL 211/BE 212/LU 220/FR 221/MC 223/LI 225/CH 230/ES 232/AD 235/PT
260/DE 290/PL 305/AT 310/HU 316/CZ 317/SK 325/IT 331/SM 338/MT 339/AL 340/RS 341/ME 343/MK 344/HR 345/RS
346/BA 349/SI 350/GR 352/CY 355/BG 359/MD 360/RO 365/RU 366/EE 367/LV 368/LT 369/UA 370/BY 371/AM 372/GE
373/AZ 375/FI 380/SE 385/NO 390/DK 395/IS 402/CV 403/ST 404/GW 411/GQ 420/GM 432/ML 433/SN 434/BJ 435/MR
436/NE 437/CI 438/GN 439/BF 450/LR 451/SL 452/GH 461/TG 471/CM 475/NG 481/GA 482/CF 483/TD 484/CG 490/CD
500/UG 501/KE 510/TZ 516/BI 517/RW 520/SO 522/DJ 530/ET 531/ER 540/AO 541/MZ 551/ZM 552/ZW 553/MW 560/ZA
565/NA 570/LS 571/BW 572/SZ 580/MG 581/KM 590/MU 591/SC 600/MA 615/DZ 616/TN 620/LY 625/SD 626/SS 630/IR
640/TR 645/IQ 651/EG 652/SY 660/LB 663/JO 666/IL 670/SA 678/YE 690/KW 692/BH 694/QA 696/AE 698/OM 700/AF
701/TM 702/TJ 703/KG 704/UZ 705/KZ 710/CN 712/MN 713/TW 731/KP 732/KR 740/JP 750/IN 760/BT 770/PK 771/BD
775/MM 780/LK 781/MV 790/NP 800/TH 811/KH 812/LA 816/VN 820/MY 830/SG 835/BN 840/PH 850/ID 860/TL 900/AU
910/PG 920/NZ 935/VU 940/SB 950/FJ 970/KI 971/NR 972/TO 973/TV 983/MH 986/PW 987/FM 990/WS
"""

# As the two datasets write them.
_NAMES = """
AF Afghanistan; AL Albania; DZ Algeria; AD Andorra; AO Angola; AG Antigua and Barbuda; AR Argentina;
AM Armenia; AU Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH Bahrain; BD Bangladesh;
BB Barbados; BY Belarus; BE Belgium; BZ Belize; BJ Benin; BT Bhutan; BO Bolivia;
BA Bosnia and Herzegovina; BA Bosnia-Herzegovina; BW Botswana; BR Brazil; BN Brunei; BG Bulgaria;
BF Burkina Faso; BI Burundi; CV Cabo Verde; CV Cape Verde; KH Cambodia; KH Cambodia (Kampuchea);
CM Cameroon; CA Canada; CF Central African Republic; TD Chad; CL Chile; CN China; CO Colombia;
KM Comoros; CD Democratic Republic of Congo; CD DR Congo; CD DR Congo (Zaire); CG Congo;
CG Republic of Congo; CR Costa Rica; HR Croatia; CU Cuba; CY Cyprus; CZ Czech Republic; CZ Czechia;
CI Ivory Coast; CI Côte d'Ivoire; DK Denmark; DJ Djibouti; DM Dominica; DO Dominican Republic;
EC Ecuador; EG Egypt; SV El Salvador; GQ Equatorial Guinea; ER Eritrea; EE Estonia; SZ eSwatini;
SZ Kingdom of eSwatini (Swaziland); ET Ethiopia; FJ Fiji; FI Finland; FR France; GA Gabon; GM Gambia;
GE Georgia; DE Germany; GH Ghana; GR Greece; GD Grenada; GT Guatemala; GN Guinea; GW Guinea-Bissau;
GY Guyana; HT Haiti; HN Honduras; HU Hungary; IS Iceland; IN India; ID Indonesia; IR Iran; IQ Iraq;
IE Ireland; IL Israel; IT Italy; JM Jamaica; JP Japan; JO Jordan; KZ Kazakhstan; KE Kenya; KI Kiribati;
KP North Korea; KR South Korea; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon; LS Lesotho;
LR Liberia; LY Libya; LI Liechtenstein; LT Lithuania; LU Luxembourg; MG Madagascar;
MG Madagascar (Malagasy); MW Malawi; MY Malaysia; MV Maldives; ML Mali; MT Malta; MH Marshall Islands;
MR Mauritania; MU Mauritius; MX Mexico; FM Micronesia; MD Moldova; MC Monaco; MN Mongolia;
ME Montenegro; MA Morocco; MZ Mozambique; MM Myanmar; MM Myanmar (Burma); NA Namibia; NR Nauru;
NP Nepal; NL Netherlands; NZ New Zealand; NI Nicaragua; NE Niger; NG Nigeria; MK North Macedonia;
MK Macedonia, FYR; NO Norway; OM Oman; PK Pakistan; PW Palau; PS Palestine; PA Panama;
PG Papua New Guinea; PY Paraguay; PE Peru; PH Philippines; PL Poland; PT Portugal; PR Puerto Rico;
QA Qatar; RO Romania; RU Russia; RU Russia (Soviet Union); RW Rwanda; KN Saint Kitts and Nevis;
LC Saint Lucia; VC Saint Vincent and the Grenadines; WS Samoa; SM San Marino; ST Sao Tome and Principe;
SA Saudi Arabia; SN Senegal; RS Serbia; RS Serbia (Yugoslavia); SC Seychelles; SL Sierra Leone;
SG Singapore; SK Slovakia; SI Slovenia; SB Solomon Islands; SO Somalia; ZA South Africa;
SS South Sudan; ES Spain; LK Sri Lanka; LK Sri Lanka (Ceylon); SD Sudan; SR Suriname; SE Sweden;
CH Switzerland; SY Syria; TW Taiwan; TJ Tajikistan; TZ Tanzania; TH Thailand; TL East Timor;
TL Timor-Leste; TG Togo; TO Tonga; TT Trinidad and Tobago; TN Tunisia; TR Turkey; TR Türkiye;
TM Turkmenistan; TV Tuvalu; UG Uganda; UA Ukraine; AE United Arab Emirates; GB United Kingdom;
US United States; US United States of America; UY Uruguay; UZ Uzbekistan; VU Vanuatu; VE Venezuela;
VN Vietnam; VN Vietnam (North Vietnam); EH Western Sahara; YE Yemen; YE Yemen (North Yemen); ZM Zambia;
ZW Zimbabwe; ZW Zimbabwe (Rhodesia)
"""

BY_THREE_LETTERS = {three: two for two, three, _ in (entry.split("/") for entry in _ISO.split())}
BY_NUMBER = {number: two for two, _, number in (entry.split("/") for entry in _ISO.split())}
BY_GLEDITSCH_WARD = dict(entry.split("/") for entry in _GLEDITSCH_WARD.split())
BY_NAME = {
    name.strip().casefold(): two for two, name in (entry.split(maxsplit=1) for entry in _NAMES.split(";"))
}

# South, north, west, east of the countries around the border, in degrees; enough to see a row that lies elsewhere.
_SPANS = {
    "IQ": ("29.0", "37.4", "38.7", "48.8"),
    "SY": ("32.3", "37.4", "35.5", "42.4"),
    "IR": ("25.0", "39.8", "44.0", "63.4"),
    "TR": ("35.8", "42.2", "25.6", "44.9"),
    "JO": ("29.1", "33.4", "34.9", "39.4"),
    "LB": ("33.0", "34.7", "35.0", "36.7"),
    "IL": ("29.4", "33.4", "34.2", "35.9"),
    "SA": ("16.3", "32.2", "34.4", "55.7"),
    "KW": ("28.5", "30.1", "46.5", "48.5"),
}
_LEEWAY = 1
SPANS = {country: tuple(map(Decimal, span)) for country, span in _SPANS.items()}


@lru_cache(maxsize=2_000)
def country_of(*, number: str = "", three: str = "", gleditsch_ward: str = "", name: str = "") -> str:
    """The two letters of a country, by the first of its numbers and names that is known; empty when none is.

    >>> country_of(number="760"), country_of(gleditsch_ward="645"), country_of(name="Russia (Soviet Union)")
    ('SY', 'IQ', 'RU')
    """
    return (
        BY_NUMBER.get(number.strip().lstrip("0"))
        or BY_THREE_LETTERS.get(three.strip().upper())
        or BY_GLEDITSCH_WARD.get(gleditsch_ward.strip())
        or BY_NAME.get(name.strip().casefold())
        or ""
    )


def lies_in(country: str, latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a point may lie in a country; of those far from the border nobody here can tell, and it may."""
    span = SPANS.get(country)
    if span is None:
        return True
    south, north, west, east = span
    return south - _LEEWAY <= latitude <= north + _LEEWAY and west - _LEEWAY <= longitude <= east + _LEEWAY
