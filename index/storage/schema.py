"""The tables of a Library's database, its format number, what brings an older one up, and its longest queries."""

FORMAT = 2
BESIDE = ("talks.sqlite",)  # databases in the folder that `index` does not write; a backup packs them
DATABASE = "library.sqlite"

SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents(
    doc_id TEXT PRIMARY KEY, work TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, source TEXT NOT NULL,
    sha256 TEXT NOT NULL, arxiv TEXT, authors TEXT NOT NULL, year INTEGER, similar TEXT NOT NULL, text TEXT NOT NULL,
    doi TEXT, url TEXT, identity TEXT, pages TEXT NOT NULL DEFAULT '[]', checksum TEXT);
CREATE TABLE sections(
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL, section_id TEXT NOT NULL,
    path TEXT NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY(doc_id, position));
CREATE TABLE passages(
    row INTEGER PRIMARY KEY AUTOINCREMENT, passage_id TEXT NOT NULL UNIQUE,
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, section INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER);
CREATE INDEX passages_by_document ON passages(doc_id);
"""
# What a database of format 1 lacks; a new one gets it, too. `gone` tells the index which passages to forget.
SINCE_FORMAT_1 = """
CREATE TABLE gone(number INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL);
CREATE INDEX documents_by_source ON documents(source);
CREATE INDEX documents_by_content ON documents(sha256);
CREATE INDEX documents_by_work ON documents(work, language);
CREATE INDEX documents_by_identity ON documents(identity) WHERE identity IS NOT NULL;
"""
TRIGGER = """CREATE TRIGGER passages_gone AFTER DELETE ON passages BEGIN
    INSERT INTO gone(row) VALUES (old.row); END"""
NEW_COLUMNS = ("doi TEXT", "url TEXT", "identity TEXT", "pages TEXT NOT NULL DEFAULT '[]'", "checksum TEXT")

DOCUMENT_COLUMNS = (
    *("doc_id", "work", "title", "language", "source", "sha256", "arxiv", "authors", "year", "similar", "text"),
    *("doi", "url", "identity", "pages", "checksum"),
)
DOCUMENT = f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents"
SECTIONS = "SELECT section_id, path, level, start, end FROM sections WHERE doc_id = ? ORDER BY position"
PASSAGES_OF = "SELECT passage_id, section, start, end, page FROM passages WHERE doc_id = ? ORDER BY row"
CARDS = """SELECT doc_id, work, title, language, source, sha256, year,
    (SELECT count(*) FROM sections s WHERE s.doc_id = d.doc_id),
    (SELECT count(*) FROM passages p WHERE p.doc_id = d.doc_id),
    (SELECT coalesce(max(row), 0) FROM passages p WHERE p.doc_id = d.doc_id), arxiv FROM documents d ORDER BY doc_id"""
PASSAGES = """SELECT p.row, passage_id, p.doc_id, work, title, language, source, section_id, p.start, p.end, page,
    substr(text, p.start + 1, p.end - p.start), path FROM passages p JOIN documents d USING (doc_id)
    JOIN sections s ON s.doc_id = p.doc_id AND s.position = p.section WHERE p.row IN (%s)"""
ROWS_OF_WORK = """SELECT work, section_id, p.row FROM documents d JOIN sections s USING (doc_id)
    JOIN passages p ON p.doc_id = d.doc_id AND p.section = s.position WHERE d.work = ?"""
# The highest numbers that the tables have given, 0 where none: a number is never given again.
_GIVEN = """WITH given AS (SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'passages'), 0) AS row,
    coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'gone'), 0) AS number)"""
COUNTERS = f"""{_GIVEN} SELECT max(row, (SELECT coalesce(max(row), 0) FROM passages)), number FROM given"""
# Whether they are as they can only be: all numbers there were given, those gone are all there, each once and of a
# passage that is not. SQLite's own check does not look at that.
NUMBERS = f"""{_GIVEN} SELECT given.row >= (SELECT coalesce(max(row), 0) FROM passages) AND (
    SELECT count(*) = given.number AND coalesce(max(number), 0) = given.number AND count(DISTINCT row) = count(*)
        AND coalesce(max(row), 0) <= given.row AND coalesce(min(row), 1) >= 1 FROM gone
    ) AND NOT EXISTS (SELECT 1 FROM gone JOIN passages USING (row)) FROM given"""
TABLES = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
ROWS_AT_ONCE = 500  # in one statement; SQLite's oldest limit of variables is 999
# What to do about a damaged database.
DAMAGED = "restore the Library from a backup, or move its folder away and add the papers again"
DAMAGED_KOREAN = "백업에서 복원하거나, 폴더를 옮기고 문서를 다시 추가하세요."
