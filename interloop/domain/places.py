"""Names of states and countries as they stand after the comma of an address."""

_STATES = """al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh
nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc ab bc mb nb nl ns on pe qc sk
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii
idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee
texas utah vermont virginia washington wisconsin wyoming ontario quebec alberta"""

_COUNTRIES = """argentina australia austria bangladesh belgium brazil bulgaria canada chile china
colombia croatia cyprus denmark egypt england estonia finland france germany ghana greece hungary
iceland india indonesia ireland israel italy japan kenya latvia lithuania luxembourg malaysia malta
mexico morocco netherlands nigeria norway pakistan peru philippines poland portugal romania scotland
serbia singapore slovakia slovenia spain sweden switzerland taiwan thailand tunisia turkey
t\u00fcrkiye uk ukraine usa us vietnam wales"""

_OF_SEVERAL_WORDS = """czech republic|costa rica|hong kong|new hampshire|new jersey|new mexico|
new york|new zealand|north carolina|north dakota|northern ireland|rhode island|saudi arabia|
south africa|south carolina|south dakota|south korea|sri lanka|the netherlands|
united arab emirates|united kingdom|united states|united states of america|west virginia|
british columbia"""

NAMES_OF_PLACES = frozenset(
    (*_STATES.split(), *_COUNTRIES.split(), *_OF_SEVERAL_WORDS.replace("\n", "").split("|"))
)
"""Case-folded."""
