"""The tables of a Library's database, its format number and its longest queries. Data, no behaviour."""

FORMAT = 1
DATABASE = "library.sqlite"

SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents(
    doc_id TEXT PRIMARY KEY, work TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, source TEXT NOT NULL,
    sha256 TEXT NOT NULL, arxiv TEXT, authors TEXT NOT NULL, year INTEGER, similar TEXT NOT NULL, text TEXT NOT NULL);
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
PASSAGES = """SELECT p.row, passage_id, p.doc_id, work, title, language, source, section_id, p.start, p.end, page,
    substr(text, p.start + 1, p.end - p.start), path FROM passages p JOIN documents d USING (doc_id)
    JOIN sections s ON s.doc_id = p.doc_id AND s.position = p.section WHERE p.row IN (%s)"""
ROWS_OF_WORK = """SELECT work, section_id, p.row FROM documents d JOIN sections s USING (doc_id)
    JOIN passages p ON p.doc_id = d.doc_id AND p.section = s.position WHERE d.work = ?"""
ROWS_AT_ONCE = 500  # in one statement; SQLite's oldest limit of variables is 999
# What to do about a damaged database.
DAMAGED = "restore the Library from a backup, or move its folder away and add the papers again"
