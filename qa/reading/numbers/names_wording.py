"""How the names of rows and columns are shortened by custom, and which of them say little."""

from qa.words.patterns import compiled

# Patterns of short names, and what they stand for.
SHORT = (
    ("params?", "parameters"),
    ("acc", "accuracy"),
    ("avg", "average"),
    ("prec|(?-i:P)$", "precision"),
    ("rec|(?-i:R)$", "recall"),
    ("ppl", "perplexity"),
    ("corr", "correlation"),
    ("std|stdev", "standard deviation"),
    ("lr", "learning rate"),
    ("bs|bsz", "batch size"),
    (r"sl|seq\.? ?len(?:gth)?", "sequence length"),
    ("dims?", "dimension"),
    ("len", "length"),
    ("num|no", "number"),
    ("mem", "memory"),
    ("temp", "temperature"),
    ("hrs?", "hours"),
    ("secs?", "seconds"),
    ("mins?", "minutes"),
    ("sents?", "sentences"),
    ("docs?", "documents"),
    ("toks?", "tokens"),
    ("tbls?", "tables"),
    ("cols?", "columns"),
    ("qs?", "questions"),
    ("ex", "examples"),
    ("vocab", "vocabulary"),
    ("obj", "object"),
    ("attri?", "attribute"),
    ("config", "configuration"),
    ("dev", "development"),
    ("val", "validation"),
    ("max", "maximum"),
    ("min", "minimum"),
    ("rel", "relative"),
    ("img", "image"),
    ("lang", "language"),
    ("iters?", "iterations"),
    ("d(?==)", "dimension dim"),
    ("w/o", "without"),
    ("stats?", "statistic"),
    ("df", "degrees of freedom"),
    ("Δ", "delta difference"),
    ("perplexity", "ppl"),
    ("average", "avg"),
    ("learning rate", "lr"),
    ("standard deviation", "std"),
    ("correlation", "corr"),
    ("parameters", "params"),
)
# ISO 639-3 and 639-1 codes of languages that papers report.
LANGUAGES = {
    **{"eng": "English", "kor": "Korean", "zho": "Chinese", "cmn": "Chinese", "jpn": "Japanese", "deu": "German"},
    **{"ger": "German", "fra": "French", "spa": "Spanish", "ita": "Italian", "por": "Portuguese", "rus": "Russian"},
    **{"ara": "Arabic", "hin": "Hindi", "ben": "Bengali", "vie": "Vietnamese", "tha": "Thai", "ind": "Indonesian"},
    **{"swa": "Swahili", "swe": "Swedish", "tur": "Turkish", "ukr": "Ukrainian", "nld": "Dutch", "pol": "Polish"},
    **{"fin": "Finnish", "heb": "Hebrew", "hun": "Hungarian", "ces": "Czech", "ron": "Romanian", "ell": "Greek"},
    **{"hau": "Hausa", "yor": "Yoruba", "ibo": "Igbo", "amh": "Amharic", "som": "Somali", "kin": "Kinyarwanda"},
    **{"tam": "Tamil", "tel": "Telugu", "mar": "Marathi", "urd": "Urdu", "fas": "Persian", "afr": "Afrikaans"},
    **{"ko": "Korean", "en": "English", "zh": "Chinese", "ja": "Japanese", "de": "German", "fr": "French"},
    **{"es": "Spanish", "ru": "Russian", "pt": "Portuguese", "vi": "Vietnamese", "sw": "Swahili", "ar": "Arabic"},
}
# What a name has that says how something was measured, not what.
SETTING = compiled(r"\([^()]*\)|\b\d+[- ]shot\b|\bacc(?:uracy)?\b|\bEM\b|\bF1\b|[%#]")
# How it was measured, in brackets behind it, and marks of references.
BRACKETS = compiled(r"\(\s*(?:EM|acc\.?|F1|pass@\w+|bleu|rouge[\w-]*|%|avg\.?|mean|std)\s*\)|\[[^\[\]]*\]")
# A metric of which tables often do not say that it is theirs.
METRIC = compiled(r"f1|em|acc|auc")
# The heading of a column that holds what is asked for, whatever it is.
ANY_VALUE = compiled(
    r"(?:values?|results?|scores?|acc(?:uracy)?|performance|overall|값|결과|점수|성능|정확도)\W*(?:\([^()]*\))?\W*"
)
# What says of a column only that it holds numbers.
SAYS_LITTLE = compiled(r"values?|scores?|results?|numbers?|counts?|값|점수|수치|결과|개수|수")
# What may stand behind a name after a hyphen and is still of it.
SAME = compiled(r"inst|instruct|it|base|preview|ours|test|val|valid|dev|em|acc|shot|style|level")
# What turns a name into its contrary.
WITHOUT = compiled(
    r"(?<!\w)(?:without|w/o|no|not|excl\.?)(?=[ -][A-Za-z가-힣])|(?<!\w)non(?=[ -]?[A-Za-z])|^ ?[−–-] ?(?=[A-Za-z])"
    r"|제외|없이|미사용"
)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
