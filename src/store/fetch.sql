-- What fetching keeps, since version 4 of the library file: fetches that were interrupted, the bytes of records
-- that could not be read, and what saved searches found.

-- A fetch that has begun and is not finished: its origin, and what it asks for.
CREATE TABLE IF NOT EXISTS fetch_job (
    origin  INTEGER PRIMARY KEY,           -- refers to origin.id
    request TEXT NOT NULL,                 -- the same for the same command
    wanted  BLOB                           -- a list of PMIDs: 8 bytes each, the lowest first; NULL: origin.query
);
-- The PMIDs of one batch, written with their records.
CREATE TABLE IF NOT EXISTS fetch_batch (
    id     INTEGER PRIMARY KEY,
    origin INTEGER NOT NULL,               -- refers to fetch_job.origin
    pmids  BLOB NOT NULL                   -- as in fetch_job.wanted
);
CREATE INDEX IF NOT EXISTS fetch_batch_by_origin ON fetch_batch(origin);

-- A record that arrived and could not be read: the bytes, so that somebody can see why.
CREATE TABLE IF NOT EXISTS fetch_failure (
    pmid    INTEGER PRIMARY KEY,           -- the last failure counts; a record that comes later takes it away
    origin  INTEGER NOT NULL REFERENCES origin(id),
    failed  TEXT NOT NULL,                 -- UTC, ISO 8601
    message TEXT NOT NULL,
    size    INTEGER NOT NULL,              -- of the reply, in bytes
    bytes   BLOB NOT NULL                  -- of the reply, at most the first 1,048,576
);

-- What a saved search found when it was run last.
CREATE TABLE IF NOT EXISTS search_state (
    name        TEXT PRIMARY KEY,          -- saved_search.name
    translation TEXT,                      -- PubMed's own reading of the query
    count       INTEGER NOT NULL,          -- as PubMed counts
    ran         TEXT NOT NULL              -- UTC, ISO 8601: when it began
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_result (
    name TEXT NOT NULL,
    pmid INTEGER NOT NULL,
    gone TEXT,                             -- the day it left the query; NULL: it is in it
    PRIMARY KEY (name, pmid)
) WITHOUT ROWID;

-- When PubMed was asked again for a record whose status is not final.
CREATE TABLE IF NOT EXISTS unsettled (
    pmid  INTEGER PRIMARY KEY,
    asked TEXT NOT NULL                    -- UTC, ISO 8601
);

-- NLM's baseline and update files (pubmed26n1335.xml.gz) that were imported.
CREATE TABLE IF NOT EXISTS nlm_file (
    year    INTEGER NOT NULL,              -- two digits, as in the name
    number  INTEGER NOT NULL,
    md5     TEXT NOT NULL,                 -- of the file as it was imported
    checked INTEGER NOT NULL,              -- whether NLM's own .md5 said the same
    applied TEXT NOT NULL,                 -- UTC, ISO 8601
    origin  INTEGER NOT NULL,              -- refers to origin.id
    PRIMARY KEY (year, number)
) WITHOUT ROWID;
