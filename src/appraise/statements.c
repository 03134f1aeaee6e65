/* Registry numbers, funding and interests, from the record's fields and the abstract's words. */
#include "appraise/statements.h"

#include "appraise/registries.h"
#include "base/buf.h"
#include "record/record.h"

#include <string.h>

enum { MOST_STATEMENTS = 50 };

static bool holds(const osler_fact_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].text, text) == 0)
            return true;
    return false;
}

/* Each text once. */
static void add(arena *memory, osler_fact_list *list, osler_fact fact)
{
    if (fact.text && *fact.text && list->count < MOST_STATEMENTS && !holds(list, fact.text))
        *(osler_fact *)RECORD_ADD(memory, list) = fact;
}

/* -- registrations ------------------------------------------------------------------------------
 */

/* In capitals, without spaces. */
static const char *normalize(arena *memory, str number)
{
    buf b = {0};
    for (size_t i = 0; i < number.length; i++) {
        char c = number.data[i];
        if (!char_is_space(c))
            buf_add_byte(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    const char *text = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return text;
}

static void add_databanks(arena *memory, osler_fact_list *out, const osler_record *record)
{
    registry_number found;
    for (size_t i = 0; i < record->databanks.count; i++) {
        const osler_databank *bank = &record->databanks.items[i];
        for (size_t k = 0; k < bank->numbers.count; k++)
            if (registry_read(&found, str_of(bank->numbers.items[k]), true))
                add(memory, out,
                    (osler_fact){.text = normalize(memory, found.number),
                                 .name = found.registry,
                                 .place = "databanks"});
    }
}

static void add_registrations(arena *memory, osler_fact_list *out, const passage *p)
{
    registry_number found;
    for (size_t k = 0; k < p->count; k++) {
        const char *first = p->text + p->tokens[k].offset;
        if (!p->tokens[k].lead || !char_is_letter(*first) ||
            !registry_read(&found, (str){first, strnlen(first, REGISTRY_LONGEST)}, false))
            continue;
        osler_fact fact = fact_at(memory, p, k, normalize(memory, found.number));
        fact.name = found.registry;
        add(memory, out, fact);
    }
}

/* -- statements ---------------------------------------------------------------------------------
 */

static void add_grants(arena *memory, osler_fact_list *out, const osler_record *record)
{
    for (size_t i = 0; i < record->grants.count; i++) {
        const osler_grant *grant = &record->grants.items[i];
        buf b = {0};
        if (grant->agency)
            buf_add_text(&b, grant->agency);
        if (grant->number)
            buf_printf(&b, "%s%s", b.length ? ", " : "", grant->number);
        add(memory, out, (osler_fact){.text = arena_copy(memory, buf_str(&b)), .place = "grants"});
        buf_free(&b);
    }
}

static osler_fact_list *list_of(osler_facts *out, const match *m)
{
    return fact_rule_get(m->row)->detail == STATED_funding ? &out->funding : &out->interests;
}

/* The sections under a label that names the statement: all that stands there. */
static void add_labeled(arena *memory, osler_facts *out, const reading *r, const match *m)
{
    size_t at = (size_t)(m->passage - r->text.items) + 1;
    if (at >= r->text.count || r->text.items[at].place == PLACE_LABEL || !r->text.items[at].count)
        return;
    const passage *p = &r->text.items[at];
    const char *text = arena_copy(memory, str_of(p->text));
    add(memory, list_of(out, m),
        (osler_fact){.text = text, .sentence = text, .place = fact_place(memory, p)});
}

static bool is_labeled(const reading *r, const passage *p)
{
    for (size_t i = 0; i < r->matches.count; i++)
        if (reading_is(r, i, FACT_LABELED) && r->matches.items[i].passage + 1 == p)
            return true;
    return false;
}

void statements_of(arena *memory, osler_facts *out, const osler_record *record, const reading *r)
{
    add_databanks(memory, &out->registrations, record);
    for (size_t i = 0; i < r->text.count; i++)
        add_registrations(memory, &out->registrations, &r->text.items[i]);
    add_grants(memory, &out->funding, record);
    for (size_t i = 0; i < r->matches.count; i++) {
        const match *m = &r->matches.items[i];
        if (reading_is(r, i, FACT_LABELED)) {
            add_labeled(memory, out, r, m);
        } else if (reading_is(r, i, FACT_SAID) && !is_labeled(r, m->passage)) {
            const char *text = text_sentence(memory, m->passage, m->from);
            add(memory, list_of(out, m), fact_at(memory, m->passage, m->from, text));
        }
    }
    if (record->conflict_of_interest) {
        buf plain = {0};
        markup_add_text(&plain, str_of(record->conflict_of_interest));
        add(memory, &out->interests,
            (osler_fact){.text = arena_copy(memory, str_trim(buf_str(&plain))),
                         .place = "conflict_of_interest"});
        buf_free(&plain);
    }
}
