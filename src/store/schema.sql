-- The library file, version 4.  application_id 'Oslr', user_version 4; WAL; foreign keys on.
-- The packed record is the truth; the tables beside it are made from it and may be rebuilt.
-- What is meant to be read by people are the tables citation, journal, integrity_flag and origin, the
-- views author, identifier, publication_type, mesh_heading, correction, study_design and witness, and
-- the user's own tables: src/store/README.md has example queries.  Tables with names in _use hold
-- numbers for what repeats; their rows come in the order of the citations, so that they only grow at
-- the end.  They have no other index: what is looked up, the search index finds (index_segment).
-- A deleted citation keeps its rows in citation, packed, arrival, version, identifier_use,
-- study_design_use and witness_use, and its flags about itself; it has none in the other tables.
-- Columns named citation refer to citation.id; `osler library verify` checks it.

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
    rules       INTEGER NOT NULL DEFAULT 0,-- of reading and appraisal (STORE_RULES in src/store/store.h)
    started     TEXT NOT NULL,             -- UTC, ISO 8601
    finished    TEXT,                      -- NULL: interrupted
    added       INTEGER NOT NULL DEFAULT 0,
    updated     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    deleted     INTEGER NOT NULL DEFAULT 0,
    failed      INTEGER NOT NULL DEFAULT 0
);

-- What repeats: names of roles, schemes, designs, cues, ...
CREATE TABLE string (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);
-- A journal, or the book that a chapter stands in, as its records spell it.
CREATE TABLE journal (
    id      INTEGER PRIMARY KEY,
    title   TEXT,                          -- plain text
    medline TEXT,                          -- MEDLINE abbreviation
    nlm_id  TEXT,
    issn    TEXT
);
CREATE INDEX journal_by_name ON journal(title, medline, nlm_id, issn);
CREATE TABLE heading (
    id   INTEGER PRIMARY KEY,
    ui   TEXT,                             -- NULL where the source gives names only
    name TEXT NOT NULL
);
CREATE INDEX heading_by_name ON heading(name, ui);
CREATE TABLE type (
    id   INTEGER PRIMARY KEY,
    ui   TEXT,
    name TEXT NOT NULL
);
CREATE INDEX type_by_name ON type(name, ui);

-- One work.  id is Osler's own and never reused, because no row is ever deleted.
CREATE TABLE citation (
    id          INTEGER PRIMARY KEY,
    pmid        INTEGER UNIQUE,            -- NULL for works outside PubMed
    version     INTEGER NOT NULL DEFAULT 1,-- PubMed's version of the record
    title       TEXT NOT NULL,             -- plain text
    journal     INTEGER,                   -- refers to journal.id
    year        INTEGER,                   -- of publication
    date        INTEGER,                   -- earliest known publication date, YYYYMMDD with 00 for unknown parts
    entered     INTEGER,                   -- PubMed's entrez date, YYYYMMDD
    revised     INTEGER,                   -- last revision, YYYYMMDD
    status      TEXT,                      -- MEDLINE, Publisher, ...
    language    TEXT,                      -- the first
    volume      TEXT,
    issue       TEXT,
    page        TEXT,                      -- first page
    origin      INTEGER NOT NULL,          -- where the current version came from
    first_origin INTEGER NOT NULL,
    deleted     INTEGER                    -- tombstone: the origin that said so; NULL when alive
);

-- The whole record, packed (src/record/pack.h) and compressed (src/store/compress.h): alone, or as a
-- place in packed_block (src/store/packed.c).
CREATE TABLE packed (
    citation INTEGER PRIMARY KEY,
    data     BLOB NOT NULL
);

-- Packed records that arrived together, one behind the other, compressed together.
CREATE TABLE packed_block (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

-- The current version of each citation: what tells whether it arrives again, and where the bytes are
-- that it was read from.
CREATE TABLE arrival (
    citation INTEGER PRIMARY KEY,
    number   INTEGER NOT NULL,             -- of the version, as in the table version
    line     INTEGER,                      -- in the file
    rules    INTEGER NOT NULL,             -- of reading and appraisal, when it was put (STORE_RULES);
                                           -- 0: deleted, or brought from version 1
    digest   BLOB NOT NULL,                -- of the packed record: src/base/digest.h
    original_digest BLOB,                  -- of the bytes it was read from; NULL: not known
    block    INTEGER,                      -- refers to original.id; NULL with --keep-original never
    start    INTEGER,                      -- of its bytes in the block
    length   INTEGER
);

-- Past versions and deletions.  When they were seen: the origin says it.
CREATE TABLE version (
    id       INTEGER PRIMARY KEY,
    citation INTEGER NOT NULL,
    number   INTEGER NOT NULL,             -- 1, 2, ... in the order seen
    origin   INTEGER NOT NULL,
    line     INTEGER,
    kind     TEXT NOT NULL,                -- 'record' or 'deletion'
    digest   BLOB,
    data     BLOB,                         -- as in packed; NULL for a deletion
    block    INTEGER,
    start    INTEGER,
    length   INTEGER
);
CREATE UNIQUE INDEX version_by_citation ON version(citation, number);

-- The bytes that records were read from, those of many in one compressed block.
CREATE TABLE original (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

-- Identifiers of living works without PMID, for the search index cannot be asked about the
-- transaction at hand: 'doi:...', 'pmcid:...', and 'digest:' with that of the packed record.
CREATE TABLE apart (
    value    TEXT NOT NULL,
    citation INTEGER NOT NULL,
    PRIMARY KEY (value, citation)
) WITHOUT ROWID;

CREATE TABLE identifier_use (
    citation INTEGER NOT NULL,
    scheme   INTEGER NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (citation, scheme, value)
) WITHOUT ROWID;
CREATE VIEW identifier AS
    SELECT citation, s.text AS scheme,     -- doi, pmcid, pii, registry (a number in a data bank), isbn, ...
           value                           -- doi: lower case, bare; pmcid: with PMC
    FROM identifier_use JOIN string s ON s.id = scheme;

CREATE TABLE author_use (
    citation INTEGER NOT NULL,
    position INTEGER NOT NULL,             -- 1 is first; in printed order
    role     INTEGER NOT NULL,
    family   TEXT,                         -- plain text; or the group's name in literal
    given    TEXT,
    initials TEXT,
    literal  TEXT,
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE VIEW author AS
    SELECT citation, position, s.text AS role, family, given, initials, literal
    FROM author_use JOIN string s ON s.id = role;

CREATE TABLE type_use (
    citation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    type     INTEGER NOT NULL,
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE VIEW publication_type AS
    SELECT citation, position, t.ui, t.name FROM type_use JOIN type t ON t.id = type;

CREATE TABLE heading_use (
    citation   INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    heading    INTEGER NOT NULL,
    major      INTEGER NOT NULL,           -- on the descriptor or on one of its qualifiers
    qualifiers INTEGER,                    -- names, '; ' between them
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE VIEW mesh_heading AS
    SELECT citation, position, h.ui, h.name, major, s.text AS qualifiers
    FROM heading_use JOIN heading h ON h.id = heading LEFT JOIN string s ON s.id = qualifiers;

-- Links to other records; those of type Cites are left out.
CREATE TABLE correction_use (
    citation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    type     INTEGER NOT NULL,
    pmid     INTEGER,
    source   TEXT,                         -- as printed, where there is no PMID
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE VIEW correction AS
    SELECT citation, position, s.text AS type, pmid, source
    FROM correction_use JOIN string s ON s.id = type;

CREATE TABLE study_design_use (
    citation   INTEGER PRIMARY KEY,
    design     INTEGER NOT NULL,
    confidence INTEGER NOT NULL,           -- times 10000
    modifiers  INTEGER,
    n          INTEGER,
    n_kind     INTEGER,
    n_sentence TEXT,
    studies    INTEGER,
    of_trials  INTEGER NOT NULL,
    conflicts  TEXT
);
CREATE VIEW study_design AS
    SELECT citation, d.text AS design,     -- design code
           confidence / 10000.0 AS confidence,
           m.text AS modifiers,            -- space between them
           n, k.text AS n_kind, n_sentence, studies,
           of_trials,                      -- a synthesis of randomized trials only
           conflicts                       -- sentences, one a line
    FROM study_design_use JOIN string d ON d.id = design LEFT JOIN string m ON m.id = modifiers
    LEFT JOIN string k ON k.id = n_kind;

CREATE TABLE witness_use (
    citation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    source   INTEGER NOT NULL,
    design   INTEGER,
    modifier INTEGER,
    cue      INTEGER NOT NULL,
    section  INTEGER,
    weight   INTEGER NOT NULL,             -- times 10000
    PRIMARY KEY (citation, position)
) WITHOUT ROWID;
CREATE VIEW witness AS
    SELECT citation, position, s.text AS source, d.text AS design, m.text AS modifier, c.text AS cue,
           l.text AS section,              -- label of the abstract section
           weight / 10000.0 AS weight
    FROM witness_use JOIN string s ON s.id = source JOIN string c ON c.id = cue
    LEFT JOIN string d ON d.id = design LEFT JOIN string m ON m.id = modifier
    LEFT JOIN string l ON l.id = section;

-- What records say about themselves and about others: a notice flags its target by PMID, whether
-- that is in the library or not.
CREATE TABLE integrity_flag (
    stated_by INTEGER NOT NULL,            -- refers to citation.id
    pmid      INTEGER,                     -- whom it concerns; NULL: a work without PMID, stated_by itself
    flag      TEXT NOT NULL,
    by_pmid   INTEGER,                     -- the notice or the newer version
    reason    TEXT NOT NULL
);
CREATE INDEX integrity_flag_by_statement ON integrity_flag(stated_by);
CREATE INDEX integrity_flag_by_pmid ON integrity_flag(pmid);

-- The search index (src/index/segment.h): segments of documents, one a living citation.
CREATE TABLE index_segment (
    number     INTEGER PRIMARY KEY,        -- rising, never used again
    header     BLOB NOT NULL,
    tombstones BLOB NOT NULL,              -- a bit for each document; empty: none is dead
    dead       BLOB NOT NULL               -- sums over the dead documents; empty: none
);
-- number: that of the segment << 36 | part (src/store/segment_rows.c) << 32 | the chunk's own.
CREATE TABLE index_chunk (
    number INTEGER PRIMARY KEY,
    data   BLOB NOT NULL
);
-- The chunks of dictionaries by their first keys.
CREATE TABLE index_key (
    segment INTEGER NOT NULL,
    part    INTEGER NOT NULL,
    first   BLOB NOT NULL,
    number  INTEGER NOT NULL,
    PRIMARY KEY (segment, part, first)
) WITHOUT ROWID;

-- The user's own data: no import and no fetch writes here.  Lists and the journal: own.sql.
CREATE TABLE tag        (citation INTEGER NOT NULL REFERENCES citation(id), tag TEXT NOT NULL,
                         PRIMARY KEY (citation, tag)) WITHOUT ROWID;
CREATE TABLE note       (id INTEGER PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citation(id),
                         written TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE citation_key (key TEXT PRIMARY KEY, citation INTEGER NOT NULL REFERENCES citation(id)) WITHOUT ROWID;
CREATE TABLE decision   (citation INTEGER NOT NULL REFERENCES citation(id), field TEXT NOT NULL,
                         value TEXT NOT NULL, decided TEXT NOT NULL, PRIMARY KEY (citation, field)) WITHOUT ROWID;
CREATE TABLE saved_search (name TEXT PRIMARY KEY, query TEXT NOT NULL, saved TEXT NOT NULL,
                         origin INTEGER REFERENCES origin(id)) WITHOUT ROWID;
