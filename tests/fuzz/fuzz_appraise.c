/* Appraising any text: lines become the title, abstract sections ("LABEL: text") and types. */
#include "appraise/appraise.h"
#include "appraise/facts.h"
#include "base/buf.h"
#include "record/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy as a record holds it: valid UTF-8, here as markup. */
static const char *markup_of(arena *memory, str text)
{
    buf repaired = {0}, markup = {0};
    buf_add_repaired(&repaired, text);
    markup_add_plain(&markup, buf_str(&repaired));
    const char *copy = record_text(memory, buf_str(&markup));
    buf_free(&repaired);
    buf_free(&markup);
    return copy;
}

static void fill(arena *memory, osler_record *record, str rest)
{
    str line;
    if (str_next_line(&rest, &line))
        record->title = markup_of(memory, line);
    while (str_next_line(&rest, &line) && record->abstract.count < 100) {
        size_t colon = str_find(line, ':');
        osler_section *section = RECORD_ADD(memory, &record->abstract);
        if (colon < line.length && colon < 40)
            section->label = markup_of(memory, str_part(line, 0, colon));
        section->text = markup_of(memory, line);
        osler_publication_type *type = RECORD_ADD(memory, &record->publication_types);
        type->name = markup_of(memory, str_part(line, 0, 40));
    }
}

/* What is stated has its sentence or its field; an interval holds its estimate. */
static void check_facts(arena *memory, const osler_record *record)
{
    osler_facts facts;
    facts_of(memory, &facts, record, NULL);
    for (size_t i = 0; i < facts.effects.count; i++) {
        const osler_effect *e = &facts.effects.items[i];
        if (!(e->low <= e->value && e->value <= e->high) || !e->sentence || !e->place || !e->text)
            abort();
    }
    if ((facts.intervention.text && !facts.intervention.sentence) ||
        (facts.comparator.text && !facts.intervention.text) ||
        (facts.follow_up.text && !facts.follow_up.sentence) || !facts.n != !facts.size.text)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    osler_record record = {0};
    osler_appraisal appraisal;
    fill(&memory, &record, (str){(const char *)data, size});
    appraise(&memory, &appraisal, &record, NULL);
    if (!osler_design_name(appraisal.design) || appraisal.confidence < 0 ||
        appraisal.confidence > 1 || (appraisal.n && !appraisal.n_sentence))
        abort();
    check_facts(&memory, &record);
    arena_free(&memory);
    return 0;
}
