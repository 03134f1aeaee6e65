-- The user's lists and the journal of what the user changed, since version 4 of the library file.
-- With tag, note, citation_key and decision (schema.sql) they are the user's own data: no import of
-- records and no fetch writes here.  decision holds, as field 'key', which of its keys a citation goes by.

-- A list of references, in its order; its entries never change.
CREATE TABLE IF NOT EXISTS list (
    id      INTEGER PRIMARY KEY,           -- never reused, because no row is ever deleted
    name    TEXT NOT NULL,                 -- unlike those of all other lists that are not removed
    made    TEXT NOT NULL,                 -- UTC, ISO 8601
    source  TEXT,                          -- the file that it was read from
    removed INTEGER NOT NULL DEFAULT 0     -- tombstone
);
CREATE TABLE IF NOT EXISTS list_entry (
    list        INTEGER NOT NULL REFERENCES list(id),
    position    INTEGER NOT NULL,          -- 1 is first
    number      TEXT,                      -- as printed in the list: '12', '[Smi99]'
    text        TEXT,                      -- the reference as pasted; NULL: it came as a record
    remark      TEXT,                      -- what was seen when it was read: 'breaks off', ...
    verdict     TEXT NOT NULL,             -- exact, repairable, not-in-library, ..., imported
    differences TEXT,                      -- field, tab, as given, tab, as in the record; one a line
    record      BLOB,                      -- what was understood, packed (src/record/pack.h); NULL: imported
    citation    INTEGER REFERENCES citation(id), -- NULL: it is none of the library's
    PRIMARY KEY (list, position)
) WITHOUT ROWID;

-- The journal: a step is what one command changed.
CREATE TABLE IF NOT EXISTS step (
    id      INTEGER PRIMARY KEY,
    made    TEXT NOT NULL,                 -- UTC, ISO 8601
    summary TEXT NOT NULL,                 -- 'tag +rct', ...
    undoes  INTEGER REFERENCES step(id),   -- the step that this one took back
    undone  INTEGER REFERENCES step(id)    -- the step that took this one back
);
CREATE TABLE IF NOT EXISTS change (
    step     INTEGER NOT NULL REFERENCES step(id),
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,                -- tag, note, key, decision, list
    citation INTEGER,                      -- NULL for lists
    subject  TEXT NOT NULL,                -- the tag, the note's number, the key, the field, the list's number
    before   TEXT,                         -- NULL: it was not there
    after    TEXT,                         -- NULL: it is gone
    PRIMARY KEY (step, position)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS note_by_citation ON note(citation);
