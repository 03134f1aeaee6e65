/* Printing what a record states of its study. */
#include "facts.h"

#include "output.h"

static void write_members(struct json *j, const osler_fact *f)
{
    json_text(j, "text", f->text);
    if (f->name)
        json_text(j, "name", f->name);
    if (f->sentence)
        json_text(j, "sentence", f->sentence);
    json_text(j, "place", f->place);
}

static void write_fact(struct json *j, const char *key, const osler_fact *f)
{
    if (!f->text)
        return;
    json_open_object(j, key);
    write_members(j, f);
    json_close_object(j);
}

static void write_list(struct json *j, const char *key, const osler_fact_list *list)
{
    if (!list->count)
        return;
    json_open_array(j, key);
    for (size_t i = 0; i < list->count; i++)
        write_fact(j, NULL, &list->items[i]);
    json_close_array(j);
}

static void write_effect(struct json *j, const osler_effect *e)
{
    enum { DECIMALS = 6 };
    json_open_object(j, NULL);
    json_text(j, "measure", e->measure);
    if (e->qualifier)
        json_text(j, "qualifier", e->qualifier);
    if (e->outcome)
        json_text(j, "outcome", e->outcome);
    json_real(j, "value", e->value, DECIMALS);
    json_real(j, "low", e->low, DECIMALS);
    json_real(j, "high", e->high, DECIMALS);
    json_real(j, "level", e->level, 2);
    if (e->unit)
        json_text(j, "unit", e->unit);
    json_text(j, "text", e->text);
    json_text(j, "sentence", e->sentence);
    json_text(j, "place", e->place);
    json_close_object(j);
}

void json_facts(struct json *j, const osler_facts *facts)
{
    json_open_object(j, "facts");
    write_fact(j, "n", &facts->size);
    write_fact(j, "studies", &facts->reviewed);
    write_fact(j, "intervention", &facts->intervention);
    write_fact(j, "comparator", &facts->comparator);
    write_fact(j, "follow_up", &facts->follow_up);
    if (facts->effects.count) {
        json_open_array(j, "effects");
        for (size_t i = 0; i < facts->effects.count; i++)
            write_effect(j, &facts->effects.items[i]);
        json_close_array(j);
    }
    write_list(j, "registrations", &facts->registrations);
    write_list(j, "funding", &facts->funding);
    write_list(j, "interests", &facts->interests);
    json_close_object(j);
}

static void print_fact(const char *name, const osler_fact *f)
{
    if (!f->text)
        return;
    printf("    %s: ", name);
    print_inert(stdout, f->text);
    if (f->name) {
        fputs(" (", stdout);
        print_inert(stdout, f->name);
        putchar(')');
    }
    putchar('\n');
}

static void print_list(const char *name, const osler_fact_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        print_fact(name, &list->items[i]);
}

void print_facts(const osler_facts *facts)
{
    print_fact("studies", &facts->reviewed);
    print_fact("intervention", &facts->intervention);
    print_fact("comparator", &facts->comparator);
    print_fact("follow-up", &facts->follow_up);
    for (size_t i = 0; i < facts->effects.count; i++) {
        const osler_effect *e = &facts->effects.items[i];
        fputs("    effect: ", stdout);
        print_inert(stdout, e->text);
        if (e->outcome) {
            fputs(": ", stdout);
            print_inert(stdout, e->outcome);
        }
        putchar('\n');
    }
    print_list("registered", &facts->registrations);
    print_list("funding", &facts->funding);
    print_list("interests", &facts->interests);
}
