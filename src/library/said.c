/* A record's fields looked for in the text of a reference: a wrong label is no wrong reference. */
#include "library/said.h"

#include "base/words.h"
#include "match/parts.h"
#include "record/record.h"

#include <string.h>

enum { LEAST_TITLE = 20, LEAST_JOURNAL = 10, LEAST_FAMILY = 2 };

/* Where `part` stands in `whole`, from `from` on; the length of `whole` when it does not. */
static size_t find(str whole, str part, size_t from)
{
    for (size_t at = from; part.length && at + part.length <= whole.length; at++)
        if (memcmp(whole.data + at, part.data, part.length) == 0)
            return at;
    return whole.length;
}

static str letters_of(arena *memory, const char *markup)
{
    buf plain = {0};
    markup_add_text(&plain, str_of(markup));
    str made = match_letters(memory, buf_str(&plain));
    buf_free(&plain);
    return made;
}

static bool begins_a_part(str rest)
{
    static const char *const parts[] = {"parti", "part1", "part2", "part3", "part4",
                                        "partv", "pti",   "pt1",   "pt2",   "pt3"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (str_starts_with(rest, str_of(parts[i])))
            return true;
    return false;
}

static bool ends_with_notice(str before)
{
    static const char *const notices[] = {
        "erratum", "erratumto", "erratumfor", "corrigendum", "correction",   "correctionto",
        "replyto", "commenton", "responseto", "retraction",  "corrigendumto"};
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        str notice = str_of(notices[i]);
        if (before.length >= notice.length &&
            str_equal(str_part(before, before.length - notice.length, notice.length), notice))
            return true;
    }
    return false;
}

static void say_title(osler_record *said, arena *memory, str text, const osler_record *record,
                      const struct match_comparison *pair, bool *part)
{
    str title = letters_of(memory, record->title);
    size_t at = find(text, title, 0);
    if (title.length < LEAST_TITLE || at == text.length)
        return;
    *part = begins_a_part(str_part(text, at + title.length, text.length)) ||
            ends_with_notice(str_part(text, 0, at));
    if (!pair->apart && pair->fields[MATCH_TITLE] != MATCH_SAME)
        said->title = record->title;
}

static void say_journal(osler_record *said, arena *memory, str text, const osler_record *record)
{
    const char *const names[] = {record->container_title, record->container_title_iso,
                                 record->container_title_medline};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str letters = match_letters(memory, str_of(names[i]));
        if (letters.length >= LEAST_JOURNAL && find(text, letters, 0) < text.length) {
            said->container_title = names[i];
            return;
        }
    }
}

/* All families in their order. */
static void say_authors(osler_record *said, arena *memory, str text, const osler_record *record)
{
    size_t at = 0, found = 0;
    const osler_name *name = NULL;
    while ((name = osler_record_next_name(record, "author", name))) {
        str family = letters_of(memory, name->family);
        if (family.length < LEAST_FAMILY)
            continue;
        size_t there = find(text, family, at);
        if (there == text.length)
            return;
        at = there + family.length;
        found++;
    }
    if (found)
        said->names = record->names;
}

const osler_record *said_in_text(arena *memory, str text, const osler_record *reference,
                                 const osler_record *record, const struct match_comparison *pair,
                                 bool *part)
{
    osler_record *said = arena_alloc(memory, sizeof *said);
    str letters = match_letters(memory, text);
    *said = *reference;
    *part = false;
    say_title(said, memory, letters, record, pair, part);
    if (pair->fields[MATCH_JOURNAL] != MATCH_SAME)
        say_journal(said, memory, letters, record);
    if (pair->fields[MATCH_AUTHORS] == MATCH_DIFFERENT ||
        pair->fields[MATCH_AUTHORS] == MATCH_ABSENT)
        say_authors(said, memory, letters, record);
    return said;
}

/* A word of letters and digits alone. */
static bool has_word(arena *memory, str text, const char *value)
{
    word_list words = words_of(memory, text), asked = words_of(memory, str_of(value));
    for (size_t i = 0; asked.count && i < words.count; i++)
        if (str_equal(words.items[i].folded, asked.items[0].folded))
            return true;
    return false;
}

void said_miss(struct match_comparison *pair, arena *memory, str text, const osler_record *record)
{
    enum match_agreement *volume = &pair->fields[MATCH_VOLUME], *page = &pair->fields[MATCH_PAGE];
    if (*volume == MATCH_ABSENT && *page == MATCH_SAME && record->volume &&
        !has_word(memory, text, record->volume))
        *volume = MATCH_NEAR;
    else if (*page == MATCH_ABSENT && *volume == MATCH_SAME && record->page_first &&
             !has_word(memory, text, record->page_first))
        *page = MATCH_NEAR;
}
