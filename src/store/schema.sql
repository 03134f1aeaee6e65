-- The library file, version 1.  application_id 'Oslr', user_version 1; WAL; foreign keys on.
-- The packed record is the truth; the tables beside it are made from it and may be rebuilt.
-- A deleted citation keeps its rows in citation, packed, version, identifier, study_design and
-- witness, and its flags about itself; it has none in the tables that are searched.

-- Where records came from: one row for each file imported and each fetch.
CREATE TABLE origin (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,             -- 'file' or 'fetch'
    name        TEXT NOT NULL,             -- the path as given, or the query
    format      TEXT,                      -- 'pubmed-xml', 'nbib', ...
    query       TEXT,                      -- fetch: the query as sent
    translation TEXT,                      -- fetch: PubMed's own reading of it
    warnings    TEXT,                      -- fetch: phrases not found, fields ignored, one a line
    expected    INTEGER,                   -- fetch: the count PubMed reported, or the ids asked for
    size        INTEGER,                   -- file: in bytes, as stored; NULL for standard input, a pipe
    modified    INTEGER,                   -- file: when it was changed last, in nanoseconds since 1970
    started     TEXT NOT NULL,             -- UTC, ISO 8601
    finished    TEXT,                      -- NULL: interrupted
    added       INTEGER NOT NULL DEFAULT 0,
    updated     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    deleted     INTEGER NOT NULL DEFAULT 0,
    failed      INTEGER NOT NULL DEFAULT 0
);

-- One work.  id is Osler's own and never reused.
CREATE TABLE citation (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    pmid        INTEGER UNIQUE,            -- NULL for works outside PubMed
    version     INTEGER NOT NULL DEFAULT 1,-- PubMed's version of the record
    title       TEXT NOT NULL,             -- plain text
    container   TEXT,                      -- journal or book
    year        INTEGER,                   -- of publication
    date        INTEGER,                   -- earliest known publication date, YYYYMMDD with 00 for unknown parts
    entered     INTEGER,                   -- PubMed's entrez date, YYYYMMDD
    revised     INTEGER,                   -- last revision, YYYYMMDD
    status      TEXT,                      -- MEDLINE, Publisher, ...
    language    TEXT,                      -- the first
    volume      TEXT,
    issue       TEXT,
    page        TEXT,                      -- first page
    origin      INTEGER NOT NULL REFERENCES origin(id),   -- where the current version came from
    first_origin INTEGER NOT NULL REFERENCES origin(id),
    deleted     INTEGER REFERENCES origin(id)             -- tombstone: who said so; NULL when alive
);

-- The whole record, packed (src/record/pack.h) and deflated with a fixed dictionary
-- (src/store/deflate.h); raw size first, 0: not deflated.
CREATE TABLE packed (
    id       INTEGER PRIMARY KEY REFERENCES citation(id),
    raw_size INTEGER NOT NULL,
    data     BLOB NOT NULL
);

-- Every version ever seen, with the bytes it came from.  When it was seen: the origin says it.
-- (With a rowid: long rows waste space in a table without.)
CREATE TABLE version (
    id            INTEGER PRIMARY KEY,
    citation      INTEGER NOT NULL REFERENCES citation(id),
    number        INTEGER NOT NULL,        -- 1, 2, ... in the order seen
    origin        INTEGER NOT NULL REFERENCES origin(id),
    line          INTEGER,                 -- in the file
    kind          TEXT NOT NULL,           -- 'record' or 'deletion'
    digest        INTEGER,                 -- of the packed record: FNV-1a, 64 bits
    raw_size      INTEGER,                 -- of the packed record; data deflated as in packed
    data          BLOB,                    -- NULL for the current version: it stands in packed
    original_size INTEGER,                 -- of the original bytes before deflating, 0: not deflated
    original      BLOB                     -- deflated, with the packed record of this version before
                                           -- the dictionary; NULL with --keep-original never
);
CREATE UNIQUE INDEX version_by_citation ON version(citation, number);

CREATE TABLE identifier (
    citation INTEGER NOT NULL REFERENCES citation(id),
    scheme   TEXT NOT NULL,                -- doi, pmcid, pii, registry (a number in a data bank), isbn,
                                           -- ...; digest of the packed record, in
                                           -- hexadecimal, where a work has no PMID
    value    TEXT NOT NULL,                -- doi: lower case, bare; pmcid: with PMC
    PRIMARY KEY (citation, scheme, value)
) WITHOUT ROWID;
CREATE INDEX identifier_by_value ON identifier(value, scheme);

CREATE TABLE author (
    citation INTEGER NOT NULL REFERENCES citation(id),
    position INTEGER NOT NULL,             -- 1 is first; in printed order
    role     TEXT NOT NULL,
    family   TEXT,                         -- plain text; or the group's name in literal
    given    TEXT,
    initials TEXT,
    literal  TEXT,
    folded   TEXT NOT NULL,                -- 'family initials', as folded words, for searching
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE INDEX author_by_name ON author(folded);

CREATE TABLE publication_type (
    citation INTEGER NOT NULL REFERENCES citation(id),
    position INTEGER NOT NULL,
    ui       TEXT,
    name     TEXT NOT NULL,
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE INDEX publication_type_by_name ON publication_type(name COLLATE NOCASE);

CREATE TABLE mesh_heading (
    citation  INTEGER NOT NULL REFERENCES citation(id),
    position  INTEGER NOT NULL,
    ui        TEXT,                        -- NULL where the source gives names only
    name      TEXT NOT NULL,
    major     INTEGER NOT NULL,            -- on the descriptor or on one of its qualifiers
    qualifiers TEXT,                       -- names, '; ' between them
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE INDEX mesh_heading_by_ui ON mesh_heading(ui);
CREATE INDEX mesh_heading_by_name ON mesh_heading(name COLLATE NOCASE);

CREATE TABLE journal (
    citation INTEGER PRIMARY KEY REFERENCES citation(id),
    nlm_id   TEXT,
    issn     TEXT,
    title    TEXT,
    medline  TEXT,                         -- MEDLINE abbreviation
    folded   TEXT                          -- title and abbreviations as folded words, '|' between
                                           -- and around
);

-- Links to other records; those of type Cites are left out.
CREATE TABLE correction (
    citation INTEGER NOT NULL REFERENCES citation(id),
    position INTEGER NOT NULL,
    type     TEXT NOT NULL,
    pmid     INTEGER,
    source   TEXT,
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE INDEX correction_by_pmid ON correction(pmid);

CREATE TABLE study_design (
    citation   INTEGER PRIMARY KEY REFERENCES citation(id),
    design     TEXT NOT NULL,              -- design code
    confidence REAL NOT NULL,
    modifiers  TEXT,                       -- space between them
    n          INTEGER,
    n_kind     TEXT,
    n_sentence TEXT,
    studies    INTEGER,
    of_trials  INTEGER NOT NULL,           -- a synthesis of randomized trials only
    conflicts  TEXT,                       -- sentences, one a line
    rules      INTEGER NOT NULL            -- version of the rules that said so
);
CREATE INDEX study_design_by_design ON study_design(design);

CREATE TABLE witness (
    citation INTEGER NOT NULL REFERENCES citation(id),
    position INTEGER NOT NULL,
    source   TEXT NOT NULL,
    design   TEXT,
    modifier TEXT,
    cue      TEXT NOT NULL,
    section  TEXT,                         -- label of the abstract section
    weight   REAL NOT NULL,
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;

-- What records say about themselves and about others: a notice flags its target by PMID, whether
-- that is in the library or not.
CREATE TABLE integrity_flag (
    stated_by INTEGER NOT NULL REFERENCES citation(id),
    pmid      INTEGER,                     -- whom it concerns; NULL: a work without PMID, stated_by itself
    flag      TEXT NOT NULL,
    by_pmid   INTEGER,                     -- the notice or the newer version
    reason    TEXT NOT NULL
);
CREATE INDEX integrity_flag_by_statement ON integrity_flag(stated_by);
CREATE INDEX integrity_flag_by_pmid ON integrity_flag(pmid);

-- The words of living citations, folded (src/base/words.h), one space between them, so that a token
-- is a word.  Contentless: what was indexed is made again from the packed record when a row is
-- deleted.
CREATE VIRTUAL TABLE words USING fts5(
    title, abstract, other_abstract, keywords, headings, authors, affiliations, journal, substances, other,
    content = '', tokenize = 'ascii'
);

-- Over the living citations: how many have the field, and how many words it has in all of them, for
-- the average lengths of BM25F.  An average counts only the records that have the field: else a
-- library of records without abstracts would take every abstract for an endless one.
CREATE TABLE statistics (
    field   TEXT PRIMARY KEY,
    number  INTEGER NOT NULL UNIQUE,       -- enum store_measured in src/store/database.h
    records INTEGER NOT NULL,
    words   INTEGER NOT NULL               -- headings: of them, not of their words
) WITHOUT ROWID;
INSERT INTO statistics VALUES
    ('citation', 0, 0, 0), ('title', 1, 0, 0), ('abstract', 2, 0, 0), ('other_abstract', 3, 0, 0),
    ('keywords', 4, 0, 0), ('headings', 5, 0, 0);

-- The user's own data: no import and no fetch writes here.
CREATE TABLE tag        (citation INTEGER NOT NULL REFERENCES citation(id), tag TEXT NOT NULL,
                         PRIMARY KEY (citation, tag)) WITHOUT ROWID;
CREATE TABLE note       (id INTEGER PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citation(id),
                         written TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE citation_key (key TEXT PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citation(id)) WITHOUT ROWID;
CREATE TABLE decision   (citation INTEGER NOT NULL REFERENCES citation(id), field TEXT NOT NULL,
                         value TEXT NOT NULL, decided TEXT NOT NULL, PRIMARY KEY (citation, field)) WITHOUT ROWID;
CREATE TABLE saved_search (name TEXT PRIMARY KEY, query TEXT NOT NULL, saved TEXT NOT NULL,
                         origin INTEGER REFERENCES origin(id)) WITHOUT ROWID;
