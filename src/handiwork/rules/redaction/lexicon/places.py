# SPDX-License-Identifier: Apache-2.0
"""Words of postal addresses in many countries: kinds of streets, parts of houses, states, countries. Plain letters."""

_STREETS_AFTER_LIST = """
street st road rd avenue ave av boulevard blvd drive dr lane ln court ct place pl square sq terrace ter trail trl
parkway pkwy pky highway hwy way circle cir crescent cres close grove gardens gdns mews row walk alley aly loop
plaza plz pike path pass ridge rdg run crossing xing point pt hill hills heights hts hollow meadow meadows mount
mountain park plain plains port ports prairie ranch rapids rest river roads route rte shore shores spring springs
spur station summit track trace turnpike tpke union valley view views village vista wharf quay parade esplanade
bypass causeway center centre common commons corner corners cove creek dale estate estates expressway extension fall
falls field fields ford forest fork forks freeway garden gateway glen green greens harbor harbour haven island isle
junction key knoll knolls lake lakes landing lights lodge manor mill mills mission orchard oval overpass promenade
rise rowe side skyway stravenue stream throughway viaduct well wells woods yard broadway bend bluff bottom branch
bridge brook burg burgs camp canyon cape cliff cliffs club course curve dam divide drives flat flats gate nook reach
retreat the-green bungalows bldg chase copse croft dene drove end fold garth gate ginnel hey leas lea links mead
paddock pastures ride rowan spinney strand thoroughfare vale wynd chowk marg nagar salai colony layout
"""
STREETS_AFTER = frozenset(_STREETS_AFTER_LIST.split())
"""After the name: 12 Acacia Road."""

_STREETS_SURE_LIST = """
street st road rd avenue ave av boulevard blvd drive dr lane ln court ct square terrace parkway pkwy highway hwy
crescent cres cir trl turnpike tpke rdg xing plz hts gdns mews broadway chowk marg nagar salai
"""
STREETS_SURE = frozenset(_STREETS_SURE_LIST.split())
"""Those that mean a street even in small letters and far from a number."""

STREETS_BEFORE = (
    r"rue|avenue|av|boulevard|bd|blvd|bvd|allee|allees|impasse|chemin|quai|cours|route|rte|place|pl|passage|square|ruelle|faubourg|"
    r"via|viale|piazza|piazzale|corso|vicolo|largo|strada|contrada|lungomare|localita|"
    r"calle|avda|avenida|av|carrer|paseo|plaza|pza|camino|carretera|ctra|ronda|travesia|glorieta|c/|calz|calzada|"
    r"rua|travessa|praca|alameda|estrada|rodovia|largo|beco|"
    r"ul|ulica|aleja|aleje|al|plac|os|osiedle|ulitsa|pr|prospekt|prospect|per|nam|namesti|trg|"
    r"str|strada|bulevardul|calea|aleea|soseaua|sos|intrarea|odos|leoforos|jalan|jl|jln|lorong|"
    r"am|an der|an den|im|in der|auf der|auf dem|zum|zur|unter den|alter|alte|neuer|kleine|grosse"
)
"""Before the name: rue de la Paix 12, via Roma 5. The last ones (am, im, zum) need a number after."""

STREETS_WITHIN = (
    r"strasse|strase|straße|str|weg|gasse|platz|allee|ring|damm|ufer|chaussee|steig|stieg|hof|graben|markt|berg|pfad|wiese|"
    r"gatan|gata|vagen|vag|grand|torget|backen|stigen|vej|gade|alle|plads|stien|gate|veien|vei|gaten|plass|"
    r"katu|tie|kuja|polku|raitti|tori|straat|laan|gracht|plein|kade|dijk|singel|dreef|steeg|pad|weg|baan|lei|"
    r"utca|ut|ter|korut|setany|fasor|iela|tanav|gatve"
)
"""At the end of the name: Hauptstrasse 5, Storgatan 12, Keizersgracht 1."""

_UNITS_LIST = """
apt apartment suite ste unit flat floor fl room rm building bldg block blk house box lot level tower penthouse ph
studio door dept basement bsmt front rear upper lower office shop no nr number etage stock stiege top tur wohnung
whg haus hinterhaus eg og piso puerta planta esc escalera bajo izq izda dcha dch apto apartamento bloco andar sala
lote casa interno int scala piano interior batiment bat etg appartement appt escalier lok m mieszkanie kl patro em
et emelet ajto bus bte boite th tv mf postboks postbus postfach po pob bp cs plot sector phase village near opp
opposite apo fpo dpo dpo floor ground gf ff c/o
"""
UNITS = frozenset(_UNITS_LIST.split())

POST_BOXES = (
    r"p\.? ?o\.? ?box|post ?office box|po ?b|p\.? ?o\.? ?b|post ?box|g\.? ?p\.? ?o\.? ?box|"
    r"private bag|locked bag|"
    r"postfach|postbus|postboks|box postal|boite postale|b\.? ?p\.?|case postale|"
    r"casella postale|apartado(?: de correos| postal)?|"
    r"apdo\.?|caixa postal|skrytka pocztowa|pl \d+|pmb|psc \d+,? box|"
    r"rural route|r\.?r\.? ?\d+ box|hc \d+ box|cmr \d+,? box|unit \d+ box"
)

_STATES_LIST = """
al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
sc sd tn tx ut vt va wa wv wi wy dc pr vi gu as ap aa ae nsw vic qld sa tas act nt ab bc mb nb nl ns nu on pe qc sk
yt ac am ap ba ce df es go ma mg ms mt pb pi pr rj rn ro rr rs se sp to
"""
STATES = frozenset(_STATES_LIST.split())

_STATE_NAMES_LIST = """
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode tennessee texas
utah vermont virginia washington wisconsin wyoming ontario quebec manitoba alberta saskatchewan queensland victoria
tasmania bavaria bayern hessen saxony brandenburg tirol lombardia toscana lazio andalucia cataluna catalunya galicia
kent essex surrey sussex norfolk suffolk devon dorset somerset cornwall yorkshire lancashire cheshire berkshire
hertfordshire cambridgeshire oxfordshire buckinghamshire gloucestershire wiltshire warwickshire shropshire wales
scotland england ireland cumbria midlands merseyside maharashtra karnataka kerala punjab gujarat
"""
STATE_NAMES = frozenset(_STATE_NAMES_LIST.split())

_COUNTRIES_LIST = """
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil brasil brunei bulgaria burundi cambodia
cameroon canada chad chile china colombia congo croatia cuba cyprus czechia denmark danmark djibouti dominica
ecuador egypt eritrea estonia ethiopia fiji finland france gabon gambia georgia germany deutschland ghana greece
greenland guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy
italia jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya
liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico
moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nederland nicaragua niger
nigeria norway norge oman osterreich pakistan panama paraguay peru philippines poland polska portugal qatar romania
russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia spain espana sudan suriname sweden
sverige switzerland schweiz suisse syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan
tuvalu uganda ukraine uae uk usa uruguay uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe
"""
COUNTRIES = frozenset(_COUNTRIES_LIST.split())

_CITIES_LIST = """
amsterdam ankara antwerp athens atlanta auckland austin baltimore bangalore bangkok barcelona basel beijing belfast
belgrade berlin bern bilbao birmingham bogota bologna bordeaux boston brighton brisbane bristol brussels bucharest
budapest cairo calgary cambridge canberra cardiff charlotte chennai chicago cincinnati cleveland cologne columbus
copenhagen cordoba dallas delhi denver detroit dresden dublin dubai durban dusseldorf edinburgh edmonton essen
florence frankfurt geneva genoa ghent glasgow goteborg gothenburg graz guadalajara hamburg hanoi hannover havana
heidelberg helsinki honolulu houston hyderabad indianapolis istanbul jakarta jacksonville jerusalem johannesburg
karachi kiev koln kolkata krakow kyiv kyoto lagos lausanne leeds leicester leipzig lille lima lisbon lisboa
liverpool ljubljana london lyon madrid malaga malmo manchester manila marseille melbourne memphis miami milan milano
milwaukee minneapolis montevideo montreal moscow mumbai munich munchen nairobi nantes naples napoli nashville
newcastle nice nottingham nuremberg orlando osaka oslo ottawa oxford palermo paris perth philadelphia phoenix
pittsburgh plymouth portland porto prague praha quito raleigh reykjavik riga rome roma rotterdam sacramento salzburg
santiago saopaulo sarajevo seattle seoul seville sevilla shanghai sheffield shenzhen sofia southampton stockholm
strasbourg stuttgart sydney taipei tallinn tampa tampere tokyo toronto torino toulouse tucson tulsa turin turku
utrecht valencia vancouver venice verona vienna wien vilnius warsaw warszawa wellington winnipeg wroclaw york zagreb
zaragoza zurich
"""
CITIES = frozenset(_CITIES_LIST.split())
