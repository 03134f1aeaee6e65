/* The user's own data and its journal: one way to read each thing, one to change it. */
#include "store/own.h"

#include "base/error.h"
#include "base/utf8.h"
#include "record/record.h"
#include "store/database.h"

#include <stdio.h>
#include <string.h>

enum { NAME_LONGEST = 200 /* bytes */ };

/* How each kind is read and changed: ?1 the citation, ?2 the subject, ?3 the value. */
static const struct {
    const char *name;
    enum store_statement get, put, drop;
} kinds[OWN_KINDS] = {
    [OWN_TAG] = {"tag", STATEMENT_GET_TAG, STATEMENT_PUT_TAG, STATEMENT_DROP_TAG},
    [OWN_NOTE] = {"note", STATEMENT_GET_NOTE, STATEMENT_PUT_NOTE, STATEMENT_DROP_NOTE},
    [OWN_KEY] = {"key", STATEMENT_GET_KEY, STATEMENT_PUT_KEY, STATEMENT_DROP_KEY},
    [OWN_DECISION] = {"decision", STATEMENT_GET_DECISION, STATEMENT_PUT_DECISION,
                      STATEMENT_DROP_DECISION},
    [OWN_LIST] = {"list", STATEMENT_GET_LIST, STATEMENT_PUT_LIST, STATEMENT_DROP_LIST},
};

void own_begin(store *s, const char *summary)
{
    s->step = (struct own_step){.summary = summary};
}

int64_t own_changes(const store *s)
{
    return s->step.changes;
}

osler_status own_get(store *s, arena *memory, const struct own_place *place, const char **value,
                     osler_error *error)
{
    sqlite3_stmt *row;
    *value = NULL;
    osler_status status =
        store_first(s, kinds[place->kind].get,
                    VALUES(value_known(place->citation), value_text(place->subject)), &row, error);
    if (status == OSLER_OK) {
        *value = store_copied(memory, row, 0);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* Say in the journal what is about to change; the first change makes the step. */
static osler_status note_change(store *s, const struct own_place *place, const char *before,
                                const char *after, osler_error *error)
{
    struct own_step *step = &s->step;
    osler_status status = OSLER_OK;
    if (!step->id) {
        status = store_run(s, STATEMENT_ADD_STEP,
                           VALUES(value_text(step->summary), value_known(step->undoes)), error);
        step->id = sqlite3_last_insert_rowid(s->db);
    }
    if (status != OSLER_OK)
        return status;
    step->changes++;
    return store_run(s, STATEMENT_ADD_CHANGE,
                     VALUES(value_int(step->id), value_int(step->changes),
                            value_text(kinds[place->kind].name), value_known(place->citation),
                            value_text(place->subject), value_text(before), value_text(after)),
                     error);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

osler_status own_set(store *s, const struct own_place *place, const char *value, osler_error *error)
{
    arena memory = {0};
    const char *before;
    osler_status status = own_get(s, &memory, place, &before, error);
    if (status == OSLER_OK && !same_text(before, value)) {
        store_value values[] = {value_known(place->citation), value_text(place->subject),
                                value_text(value)};
        status = note_change(s, place, before, value, error);
        if (status == OSLER_OK)
            status = store_run(s, value ? kinds[place->kind].put : kinds[place->kind].drop,
                               (store_values){values, value ? 3 : 2}, error);
    }
    arena_free(&memory);
    return status;
}

osler_status own_check_name(const char *what, const char *name, osler_error *error)
{
    str text = str_of(name);
    bool spaces = strcmp(what, "list") == 0, key = strcmp(what, "key") == 0;
    const char *bad = key ? "\"()[]{}*,;#%~\\=@" : "\"()[]*,;";
    bool good = text.length && text.length <= NAME_LONGEST && utf8_valid(text, NULL) &&
                str_equal(str_trim(text), text) && !strchr("+-", *name);
    for (size_t i = 0; good && i < text.length; i++) {
        unsigned char c = (unsigned char)name[i];
        good = c >= (spaces ? 0x20 : 0x21) && c != 0x7F && !strchr(bad, name[i]);
    }
    if (good)
        return OSLER_OK;
    return fail(error, OSLER_EUSAGE, 0,
                "'%s' cannot be a %s: expected at most %d bytes, without %s%s, and not beginning "
                "with + or -",
                name, what, NAME_LONGEST, spaces ? "" : "spaces, ", bad);
}

osler_status own_spell_tag(store *s, arena *memory, const char **tag, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = own_check_name("tag", *tag, error);
    if (status != OSLER_OK)
        return status;
    status = store_first(s, STATEMENT_SPELL_TAG, VALUES(value_text(*tag)), &row, error);
    if (status == OSLER_OK) {
        *tag = store_copied(memory, row, 0);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status own_tag(store *s, int64_t citation, const char *tag, bool remove, osler_error *error)
{
    arena memory = {0};
    struct own_place place = {OWN_TAG, citation, tag};
    osler_status status = own_spell_tag(s, &memory, &place.subject, error);
    if (status == OSLER_OK)
        status = own_set(s, &place, remove ? NULL : "", error);
    arena_free(&memory);
    return status;
}

osler_status own_get_tags(store *s, arena *memory, int64_t citation, osler_text_list *out,
                          osler_error *error)
{
    sqlite3_stmt *row;
    *out = (osler_text_list){0};
    osler_status status =
        store_first(s, STATEMENT_GET_TAGS, VALUES(value_int(citation)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error))
        record_add_text(memory, out, store_column(row, 0));
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status own_count_tags(store *s, arena *memory, struct own_counts *out, osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct own_counts){0};
    osler_status status =
        store_first(s, STATEMENT_COUNT_TAGS, (store_values){NULL, 0}, &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct own_count *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct own_count){store_copied(memory, row, 0), sqlite3_column_int64(row, 1)};
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status own_get_notes(store *s, arena *memory, int64_t citation, struct own_notes *out,
                           osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct own_notes){0};
    osler_status status =
        store_first(s, STATEMENT_GET_NOTES, VALUES(value_int(citation)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct own_note *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct own_note){sqlite3_column_int64(row, 0), store_copied(memory, row, 1),
                                  store_copied(memory, row, 2)};
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* A number that no note ever had: the journal may bring a removed one back. */
osler_status own_add_note(store *s, int64_t citation, const char *text, osler_error *error)
{
    int64_t next;
    char subject[24];
    buf value = {0};
    struct own_place place = {OWN_NOTE, citation, subject};
    osler_status status =
        store_number(s,
                     "SELECT 1 + max(coalesce((SELECT max(id) FROM note), 0), coalesce((SELECT"
                     " max(CAST(subject AS INTEGER)) FROM change WHERE kind = 'note'), 0))",
                     &next, error);
    sqlite3_stmt *row;
    if (status == OSLER_OK)
        status = store_first(s, STATEMENT_NOW, (store_values){NULL, 0}, &row, error);
    if (status != OSLER_OK)
        return status;
    buf_add(&value, store_column(row, 0));
    store_reset(row);
    buf_add_text(&value, text);
    snprintf(subject, sizeof subject, "%lld", (long long)next);
    status = own_set(s, &place, buf_text(&value), error);
    buf_free(&value);
    return status;
}

osler_status own_drop_note(store *s, int64_t citation, int64_t note, osler_error *error)
{
    char subject[24];
    snprintf(subject, sizeof subject, "%lld", (long long)note);
    struct own_place place = {OWN_NOTE, citation, subject};
    return own_set(s, &place, NULL, error);
}

osler_status own_get_settings(store *s, arena *memory, int64_t citation, struct own_settings *out,
                              osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct own_settings){0};
    osler_status status =
        store_first(s, STATEMENT_GET_DECISIONS, VALUES(value_int(citation)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct own_setting *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct own_setting){store_copied(memory, row, 0), store_copied(memory, row, 1)};
    }
    return status == OSLER_END ? OSLER_OK : status;
}

osler_status own_get_key(store *s, arena *memory, int64_t citation, const char **key,
                         osler_error *error)
{
    struct own_place place = {OWN_DECISION, citation, "key"};
    return own_get(s, memory, &place, key, error);
}

/* Whom the key names; 0: nobody. */
static osler_status named_by(store *s, const char *key, int64_t *citation, osler_error *error)
{
    sqlite3_stmt *row;
    *citation = 0;
    osler_status status = store_first(s, STATEMENT_FIND_KEY, VALUES(value_text(key)), &row, error);
    if (status == OSLER_OK) {
        *citation = sqlite3_column_int64(row, 0);
        store_reset(row);
    }
    return status == OSLER_END ? OSLER_OK : status;
}

/* What the library takes for an identifier cannot be a key: nobody would be found by it. */
static bool is_identifier(const char *key)
{
    static const char *const starts[] = {"10.", "osler:", "pmid:", "doi:", "pmc"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with_ignoring_case(str_of(key), str_of(starts[i])) &&
            (i < 4 || !key[3 + strspn(key + 3, "0123456789")]))
            return true;
    return !key[strspn(key, "0123456789")];
}

osler_status own_set_key(store *s, int64_t citation, const char *key, osler_error *error)
{
    int64_t owner;
    struct own_place name = {OWN_KEY, citation, key}, choice = {OWN_DECISION, citation, "key"};
    osler_status status = own_check_name("key", key, error);
    if (status == OSLER_OK && is_identifier(key))
        return fail(error, OSLER_EUSAGE, 0, "'%s' cannot be a key: it reads as an identifier", key);
    if (status == OSLER_OK)
        status = named_by(s, key, &owner, error);
    if (status == OSLER_OK && owner && owner != citation)
        return fail(error, OSLER_EUSAGE, 0, "the key '%s' already names another record", key);
    if (status == OSLER_OK)
        status = own_set(s, &name, "", error);
    return status == OSLER_OK ? own_set(s, &choice, key, error) : status;
}

/* Nothing, a, b, ..., z, aa, ab, ... */
static void add_letters(buf *b, unsigned long number)
{
    char letters[16];
    size_t count = 0;
    for (; number && count < sizeof letters; number = (number - 1) / 26)
        letters[count++] = (char)('a' + (number - 1) % 26);
    while (count)
        buf_add_byte(b, letters[--count]);
}

osler_status own_pin_key(store *s, arena *memory, int64_t citation, const char *stem,
                         const char **key, osler_error *error)
{
    buf made = {0};
    int64_t owner = 1;
    osler_status status = own_get_key(s, memory, citation, key, error);
    if (status != OSLER_OK || *key)
        return status;
    for (unsigned long i = 0; status == OSLER_OK && owner; i++) {
        buf_clear(&made);
        buf_add_text(&made, stem);
        add_letters(&made, i);
        status = named_by(s, buf_text(&made), &owner, error);
    }
    if (status == OSLER_OK) {
        *key = arena_copy(memory, buf_str(&made));
        status = own_set_key(s, citation, *key, error);
    }
    buf_free(&made);
    return status;
}

osler_status own_get_steps(store *s, arena *memory, size_t most, struct own_steps *out,
                           osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct own_steps){0};
    if (s->version < STORE_OWN_SINCE)
        return OSLER_OK;
    osler_status status = store_first(s, STATEMENT_GET_STEPS,
                                      VALUES(value_int(most ? (int64_t)most : -1)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct own_step_row *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct own_step_row){
            .id = sqlite3_column_int64(row, 0),
            .made = store_copied(memory, row, 1),
            .summary = store_copied(memory, row, 2),
            .undoes = sqlite3_column_int64(row, 3),
            .undone = sqlite3_column_int64(row, 4),
            .changes = sqlite3_column_int64(row, 5),
        };
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static osler_status no_step(int64_t step, osler_error *error)
{
    return step ? fail(error, OSLER_ENOTFOUND, 0, "there is no step %lld (see 'osler log')",
                       (long long)step)
                : fail(error, OSLER_ENOTFOUND, 0, "there is nothing to take back");
}

osler_status own_get_changes(store *s, arena *memory, int64_t step, struct own_change_list *out,
                             osler_error *error)
{
    sqlite3_stmt *row;
    *out = (struct own_change_list){0};
    if (s->version < STORE_OWN_SINCE)
        return no_step(step, error);
    osler_status status =
        store_first(s, STATEMENT_GET_CHANGES, VALUES(value_int(step)), &row, error);
    for (; status == OSLER_OK; status = store_next(s, row, error)) {
        struct own_change *item = arena_append(memory, &out->items, &out->count, sizeof *item);
        *item = (struct own_change){
            .kind = store_copied(memory, row, 0),
            .citation = sqlite3_column_int64(row, 1),
            .subject = store_copied(memory, row, 2),
            .before = store_copied(memory, row, 3),
            .after = store_copied(memory, row, 4),
        };
    }
    if (status == OSLER_END && !out->count)
        return no_step(step, error);
    return status == OSLER_END ? OSLER_OK : status;
}

/* Whether another list than `subject` goes by that name now. */
static osler_status check_list(store *s, const char *subject, const char *name, osler_error *error)
{
    char found[24];
    sqlite3_stmt *row;
    osler_status status =
        store_first(s, STATEMENT_FIND_LIST, VALUES(value_text(name)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    snprintf(found, sizeof found, "%lld", (long long)sqlite3_column_int64(row, 0));
    store_reset(row);
    if (strcmp(found, subject) == 0)
        return OSLER_OK;
    return fail(error, OSLER_EUSAGE, 0,
                "a list named '%s' has been made since: rename or remove it first", name);
}

/* Back to what was before, if it still is as it was made then. */
static osler_status take_back(store *s, int64_t step, const struct own_change *change,
                              osler_error *error)
{
    arena memory = {0};
    const char *now;
    struct own_place place = {OWN_TAG, change->citation, change->subject};
    while (place.kind < OWN_KINDS && strcmp(kinds[place.kind].name, change->kind) != 0)
        place.kind++;
    if (place.kind == OWN_KINDS)
        return store_damaged(s, error, "the library is damaged: the journal has an unknown change");
    osler_status status = own_get(s, &memory, &place, &now, error);
    if (status == OSLER_OK && !same_text(now, change->after))
        status = fail(error, OSLER_EUSAGE, 0,
                      "step %lld cannot be taken back: what it changed (%s %s) was changed again",
                      (long long)step, change->kind, change->subject);
    if (status == OSLER_OK && place.kind == OWN_LIST && change->before)
        status = check_list(s, place.subject, change->before, error);
    if (status == OSLER_OK)
        status = own_set(s, &place, change->before, error);
    arena_free(&memory);
    return status;
}

/* The step to take back, and the one that it took back itself (0: none). */
static osler_status find_step(store *s, int64_t *step, int64_t *undoes, osler_error *error)
{
    sqlite3_stmt *row;
    osler_status status = store_first(
        s, *step ? STATEMENT_GET_STEP : STATEMENT_LAST_STEP,
        (store_values){&(store_value){.kind = VALUE_INTEGER, .integer = *step}, *step != 0}, &row,
        error);
    if (status == OSLER_END)
        return no_step(*step, error);
    if (status != OSLER_OK)
        return status;
    *step = sqlite3_column_int64(row, 0);
    *undoes = sqlite3_column_int64(row, 1);
    int64_t undone = sqlite3_column_int64(row, 2);
    store_reset(row);
    return undone ? fail(error, OSLER_EUSAGE, 0, "step %lld has been taken back by step %lld",
                         (long long)*step, (long long)undone)
                  : OSLER_OK;
}

osler_status own_undo(store *s, int64_t *step, osler_error *error)
{
    arena memory = {0};
    char summary[48];
    int64_t undoes = 0;
    struct own_change_list changes = {0};
    osler_status status = find_step(s, step, &undoes, error);
    if (status == OSLER_OK)
        status = own_get_changes(s, &memory, *step, &changes, error);
    snprintf(summary, sizeof summary, "undo %lld", (long long)*step);
    own_begin(s, summary);
    s->step.undoes = *step;
    for (size_t i = changes.count; status == OSLER_OK && i-- > 0;)
        status = take_back(s, *step, &changes.items[i], error);
    s->step.summary = NULL; /* its text ends here */
    if (status == OSLER_OK)
        status = store_run(s, STATEMENT_UNDO_STEP, VALUES(value_int(*step), value_int(s->step.id)),
                           error);
    if (status == OSLER_OK && undoes) /* what was taken back is there again */
        status = store_run(s, STATEMENT_UNDO_STEP, VALUES(value_int(undoes), value_none()), error);
    arena_free(&memory);
    return status;
}
