/* The user's own data: tags, notes and keys, each change a step of the journal. */
#include "library/own.h"

#include "base/error.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "record/record.h"
#include "store/lists.h"

#include <osler/own.h>
#include <stdio.h>
#include <string.h>

osler_status own_start(osler_library *library, const char *summary, osler_error *error)
{
    osler_status status = store_begin(library->store, error);
    if (status == OSLER_OK)
        own_begin(library->store, summary);
    return status;
}

osler_status own_finish(osler_library *library, osler_status status, bool keep, osler_error *error)
{
    if (status == OSLER_OK && keep)
        status = store_commit(library->store, error);
    if (status != OSLER_OK || !keep)
        store_rollback(library->store);
    return status;
}

osler_status own_get_id(osler_library *library, arena *memory, int64_t citation, const char **id,
                        osler_error *error)
{
    char name[32];
    osler_status status = store_get_name(library->store, citation, name, error);
    *id = status == OSLER_OK ? arena_copy(memory, str_of(name)) : NULL;
    return status;
}

/* The result and the memory of all it holds. */
struct owned {
    osler_own own; /* first: the two share an address */
    arena memory;
};

static osler_status fill_own(osler_library *library, struct owned *o, const char *id,
                             osler_error *error)
{
    int64_t citation;
    struct own_notes notes;
    osler_status status = store_lookup(library->store, id, &citation, error);
    if (status == OSLER_OK)
        status = own_get_id(library, &o->memory, citation, &o->own.id, error);
    if (status == OSLER_OK)
        status = own_get_key(library->store, &o->memory, citation, &o->own.key, error);
    if (status == OSLER_OK)
        status = own_get_tags(library->store, &o->memory, citation, &o->own.tags, error);
    if (status == OSLER_OK)
        status = lists_get_names(library->store, &o->memory, citation, &o->own.lists, error);
    if (status == OSLER_OK)
        status = own_get_notes(library->store, &o->memory, citation, &notes, error);
    for (size_t i = 0; status == OSLER_OK && i < notes.count; i++)
        *(osler_note *)RECORD_ADD(&o->memory, &o->own.notes) =
            (osler_note){notes.items[i].written, notes.items[i].text};
    struct own_settings settings = {0};
    if (status == OSLER_OK)
        status = own_get_settings(library->store, &o->memory, citation, &settings, error);
    for (size_t i = 0; status == OSLER_OK && i < settings.count; i++)
        *(osler_setting *)RECORD_ADD(&o->memory, &o->own.settings) =
            (osler_setting){settings.items[i].field, settings.items[i].value};
    return status;
}

osler_status osler_library_own(osler_library *library, const char *id, osler_own **out,
                               osler_error *error)
{
    struct owned *o = memory_alloc(sizeof *o);
    *out = &o->own;
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = fill_own(library, o, id, error);
    store_rollback(library->store);
    if (status != OSLER_OK) {
        osler_own_free(*out);
        *out = NULL;
    }
    return status;
}

void osler_own_free(osler_own *own)
{
    struct owned *o = (struct owned *)own;
    if (!o)
        return;
    arena_free(&o->memory);
    memory_free(o);
}

/* The tags without their signs, as the library spells them. */
static osler_status spell_tags(osler_library *library, arena *memory, const osler_tagging *tagging,
                               const char **out, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < tagging->tag_count; i++) {
        const char *tag = tagging->tags[i];
        if (*tag != '+' && *tag != '-')
            return fail(error, OSLER_EUSAGE, 0, "'%s': expected +TAG or -TAG", tag);
        out[i] = tag + 1;
        status = own_spell_tag(library->store, memory, &out[i], error);
        for (size_t k = 0; k < i; k++)
            if (str_equal_ignoring_case(str_of(out[k]), str_of(out[i])))
                out[i] = out[k];
    }
    return status;
}

static osler_status tag_work(osler_library *library, const osler_tagging *tagging,
                             const char *const *tags, const char *id, osler_tag_report *report,
                             osler_error *error)
{
    int64_t citation;
    store *s = library->store;
    osler_status status = store_lookup(s, id, &citation, error);
    for (size_t i = 0; status == OSLER_OK && i < tagging->tag_count; i++) {
        bool remove = *tagging->tags[i] == '-';
        int64_t before = own_changes(s);
        struct own_place place = {OWN_TAG, citation, tags[i]};
        status = own_set(s, &place, remove ? NULL : "", error);
        *(remove ? &report->removed : &report->added) += (uint64_t)(own_changes(s) - before);
    }
    report->works++;
    return status;
}

static osler_status tag_all(osler_library *library, const osler_tagging *tagging,
                            osler_tag_report *report, osler_error *error)
{
    arena memory = {0};
    const char **tags = arena_alloc(&memory, (tagging->tag_count + 1) * sizeof *tags);
    osler_status status = spell_tags(library, &memory, tagging, tags, error);
    for (size_t k = 0; status == OSLER_OK && k < tagging->id_count; k++)
        status = tag_work(library, tagging, tags, tagging->ids[k], report, error);
    arena_free(&memory);
    return status;
}

static void summarize(buf *summary, const osler_tagging *taggings, size_t count)
{
    buf_add_text(summary, "tag");
    for (size_t i = 0; count == 1 && i < taggings->tag_count; i++)
        buf_printf(summary, " %s", taggings->tags[i]);
    if (count > 1)
        buf_printf(summary, ", %zu lines", count);
}

osler_status osler_library_tag(osler_library *library, const osler_tagging *taggings, size_t count,
                               bool dry_run, osler_tag_report *report, osler_error *error)
{
    buf summary = {0};
    *report = (osler_tag_report){0};
    summarize(&summary, taggings, count);
    osler_status status = own_start(library, buf_text(&summary), error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        status = tag_all(library, &taggings[i], report, error);
    status = own_finish(library, status, !dry_run, error);
    buf_free(&summary);
    return status;
}

struct owned_tags {
    osler_tags tags; /* first: the two share an address */
    arena memory;
};

osler_status osler_library_tags(osler_library *library, osler_tags **out, osler_error *error)
{
    struct own_counts counts;
    struct owned_tags *o = memory_alloc(sizeof *o);
    *out = &o->tags;
    osler_status status = own_count_tags(library->store, &o->memory, &counts, error);
    for (size_t i = 0; status == OSLER_OK && i < counts.count; i++)
        *(osler_tag *)RECORD_ADD(&o->memory, &o->tags) =
            (osler_tag){counts.items[i].name, (uint64_t)counts.items[i].count};
    if (status != OSLER_OK) {
        osler_tags_free(*out);
        *out = NULL;
    }
    return status;
}

void osler_tags_free(osler_tags *tags)
{
    struct owned_tags *o = (struct owned_tags *)tags;
    if (!o)
        return;
    arena_free(&o->memory);
    memory_free(o);
}

/* A summary as "note 17": a command and the work it is about. */
static osler_status start_on(osler_library *library, buf *summary, const char *command,
                             const char *id, int64_t *citation, osler_error *error)
{
    char name[32] = "";
    osler_status status = store_lookup(library->store, id, citation, error);
    if (status == OSLER_OK)
        status = store_get_name(library->store, *citation, name, error);
    buf_printf(summary, "%s %s", command, name);
    return status == OSLER_OK ? own_start(library, buf_text(summary), error) : status;
}

osler_status osler_library_add_note(osler_library *library, const char *id, const char *text,
                                    osler_error *error)
{
    buf summary = {0};
    int64_t citation;
    str trimmed = str_trim(str_of(text));
    if (!trimmed.length || !utf8_valid(trimmed, NULL))
        return fail(error, OSLER_EUSAGE, 0, "a note is text in UTF-8, and not empty");
    arena memory = {0};
    osler_status status = start_on(library, &summary, "note", id, &citation, error);
    if (status == OSLER_OK)
        status = own_add_note(library->store, citation, arena_copy(&memory, trimmed), error);
    status = own_finish(library, status, true, error);
    arena_free(&memory);
    buf_free(&summary);
    return status;
}

osler_status osler_library_remove_note(osler_library *library, const char *id, size_t number,
                                       osler_error *error)
{
    buf summary = {0};
    arena memory = {0};
    int64_t citation;
    struct own_notes notes = {0};
    osler_status status = start_on(library, &summary, "note --rm", id, &citation, error);
    if (status == OSLER_OK)
        status = own_get_notes(library->store, &memory, citation, &notes, error);
    if (status == OSLER_OK && (!number || number > notes.count))
        status = fail(error, OSLER_ENOTFOUND, 0, "%s has %zu note%s, no note %zu", id, notes.count,
                      notes.count == 1 ? "" : "s", number);
    if (status == OSLER_OK)
        status = own_drop_note(library->store, citation, notes.items[number - 1].id, error);
    status = own_finish(library, status, true, error);
    arena_free(&memory);
    buf_free(&summary);
    return status;
}

/* Whether a field can be set to the value; NULL takes it away. */
static osler_status check_setting(const osler_setting *setting, osler_error *error)
{
    const char *value = setting->value;
    bool rating = strcmp(setting->field, "rating") == 0;
    if (!rating && strcmp(setting->field, "file") != 0)
        return fail(error, OSLER_EUSAGE, 0, "'%s' cannot be set: expected rating or file",
                    setting->field);
    if (value && (!*value || !utf8_valid(str_of(value), NULL)))
        return fail(error, OSLER_EUSAGE, 0, "the value of %s is text in UTF-8, and not empty",
                    setting->field);
    if (value && rating && (strspn(value, "12345") != 1 || value[1]))
        return fail(error, OSLER_EUSAGE, 0, "'%s' is no rating: expected 1 to 5", value);
    return OSLER_OK;
}

osler_status osler_library_set(osler_library *library, const char *id,
                               const osler_setting *settings, size_t count, osler_error *error)
{
    buf summary = {0};
    int64_t citation;
    osler_status status = start_on(library, &summary, "set", id, &citation, error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++) {
        struct own_place place = {OWN_DECISION, citation, settings[i].field};
        status = check_setting(&settings[i], error);
        if (status == OSLER_OK)
            status = own_set(library->store, &place, settings[i].value, error);
    }
    status = own_finish(library, status, true, error);
    buf_free(&summary);
    return status;
}

osler_status osler_library_set_key(osler_library *library, const char *id, const char *key,
                                   osler_error *error)
{
    buf summary = {0};
    int64_t citation;
    osler_status status = start_on(library, &summary, "key", id, &citation, error);
    if (status == OSLER_OK)
        status = own_set_key(library->store, citation, key, error);
    status = own_finish(library, status, true, error);
    buf_free(&summary);
    return status;
}

/* Letters and digits of ASCII, of a name in markup, folded. */
static void add_plain_letters(buf *out, const char *markup)
{
    buf plain = {0}, folded = {0};
    markup_add_text(&plain, str_of(markup));
    fold_add(&folded, buf_str(&plain));
    for (size_t i = 0; i < folded.length && out->length < 40; i++)
        if (char_is_letter(folded.data[i]) || char_is_digit(folded.data[i]))
            buf_add_byte(out, folded.data[i]);
    buf_free(&plain);
    buf_free(&folded);
}

/* The first word of a text that has letters. */
static void add_first_word(buf *out, const char *markup)
{
    str rest = str_of(markup), word;
    size_t before = out->length;
    while (out->length == before && str_next_field(&rest, ' ', &word)) {
        arena memory = {0};
        add_plain_letters(out, arena_copy(&memory, word));
        arena_free(&memory);
    }
}

/* auth.lower + year: smith2020.  Without author, the first word of the title. */
static void add_stem(buf *out, const osler_record *record)
{
    const osler_name *name = osler_record_next_name(record, "author", NULL);
    if (name && name->family)
        add_plain_letters(out, name->family);
    else if (name && name->collective)
        add_first_word(out, name->collective);
    if (!out->length)
        add_first_word(out, osler_record_title(record));
    if (!out->length || char_is_digit(out->data[0])) {
        arena memory = {0};
        const char *digits = arena_copy(&memory, buf_str(out));
        buf_clear(out);
        buf_printf(out, "work%s", digits);
        arena_free(&memory);
    }
    if (osler_record_year(record))
        buf_printf(out, "%d", osler_record_year(record));
}

static osler_status pin_key(osler_library *library, const char *id, osler_error *error)
{
    int64_t citation;
    const char *key = NULL;
    arena memory = {0};
    buf stem = {0};
    store_citation found;
    osler_status status = store_lookup(library->store, id, &citation, error);
    if (status == OSLER_OK)
        status = own_get_key(library->store, &memory, citation, &key, error);
    if (status == OSLER_OK && !key)
        status = store_get(library->store, &memory, citation, &found, error);
    if (status == OSLER_OK && !key) {
        add_stem(&stem, &found.record);
        status = own_pin_key(library->store, &memory, citation, buf_text(&stem), &key, error);
    }
    buf_free(&stem);
    arena_free(&memory);
    return status;
}

osler_status osler_library_pin_keys(osler_library *library, const char *const *ids, size_t count,
                                    osler_error *error)
{
    char summary[64];
    snprintf(summary, sizeof summary, "key for %zu work%s", count, count == 1 ? "" : "s");
    osler_status status = own_start(library, summary, error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        status = pin_key(library, ids[i], error);
    return own_finish(library, status, true, error);
}
