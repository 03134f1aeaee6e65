/* Building invented records for the tests of the appraisal. */
#include "support.h"

#include "record/record.h"

osler_record *invent(arena *memory, const char *title, const char *abstract)
{
    osler_record *record = arena_alloc(memory, sizeof *record);
    buf markup = {0};
    markup_add_plain(&markup, str_of(title));
    record->title = record_text(memory, buf_str(&markup));
    if (abstract && *abstract) {
        osler_section *section = RECORD_ADD(memory, &record->abstract);
        buf_clear(&markup);
        markup_add_plain(&markup, str_of(abstract));
        section->text = record_text(memory, buf_str(&markup));
    }
    buf_free(&markup);
    return record;
}

static bool is_ui(str s)
{
    return s.length > 2 && s.data[0] == 'D' && char_is_digit(s.data[1]);
}

void invent_types(arena *memory, osler_record *record, const char *list)
{
    str rest = str_of(list), part;
    while (str_next_field(&rest, '|', &part)) {
        osler_publication_type *type = RECORD_ADD(memory, &record->publication_types);
        *(is_ui(part) ? &type->ui : &type->name) = record_text(memory, part);
    }
}

void invent_headings(arena *memory, osler_record *record, const char *list)
{
    str rest = str_of(list), part;
    while (str_next_field(&rest, '|', &part)) {
        osler_heading *heading = RECORD_ADD(memory, &record->headings);
        *(is_ui(part) ? &heading->ui : &heading->name) = record_text(memory, part);
    }
}

void invent_link(arena *memory, osler_record *record, const char *type, const char *pmid)
{
    osler_correction *link = RECORD_ADD(memory, &record->corrections);
    link->type = type;
    link->pmid = pmid;
    link->source = "Invent J. 2020;1:1";
}
