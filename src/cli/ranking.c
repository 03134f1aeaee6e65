/* A ranking for people. */
#include "ranking.h"

#include "lines.h"
#include "listing.h"
#include "output.h"

#include <string.h>

enum { INDENT = 6, DESIGN_COLUMNS = 30 };

/* "Tension-Type Headache × Manipulation, Osteopathic" */
static void print_names(const osler_evidence *e)
{
    fputs(style_bold(), stdout);
    for (size_t i = 0; i < e->concepts.count; i++) {
        fputs(i ? " \xC3\x97 " : "", stdout);
        print_inert(stdout, e->concepts.items[i].name);
    }
    fputs(style_end(), stdout);
}

/* How a concept was understood: headings, or words alone. */
static void print_concept(const osler_concept *c)
{
    fputs("  ", stdout);
    print_inert(stdout, c->query);
    fputs(": ", stdout);
    for (size_t i = 0; i < c->headings.count; i++)
        printf("%s%s %s", i ? ", " : "", c->headings.items[i].name, c->headings.items[i].ui);
    if (!c->headings.count)
        fputs("no MeSH heading known, looked for as words", stdout);
    else if (c->narrower)
        printf(" and %zu narrower", c->narrower);
    printf("; %zu term%s; %llu record%s\n", c->terms.count, c->terms.count == 1 ? "" : "s",
           (unsigned long long)c->found, c->found == 1 ? "" : "s");
}

/* "1 synthesis", "2 syntheses" */
static const char *lane_words(const osler_lane_count *lane)
{
    static const char *const singular[][2] = {{"syntheses", "synthesis"},
                                              {"trials", "trial"},
                                              {"cases", "case"},
                                              {"protocols", "protocol"}};
    for (size_t i = 0; lane->count == 1 && i < sizeof singular / sizeof *singular; i++)
        if (strcmp(lane->lane, singular[i][0]) == 0)
            return singular[i][1];
    return lane->lane;
}

static void print_counts(const osler_evidence *e)
{
    printf("%llu record%s", (unsigned long long)e->matched, e->matched == 1 ? "" : "s");
    for (size_t i = 0; i < OSLER_LANES; i++)
        if (e->lanes[i].count && strcmp(e->lanes[i].lane, "excluded") != 0)
            printf(" \xC2\xB7 %llu %s", (unsigned long long)e->lanes[i].count,
                   lane_words(&e->lanes[i]));
    if (e->excluded_count) {
        printf(" \xC2\xB7 %llu not ranked", (unsigned long long)e->excluded_count);
        if (e->retracted_count)
            printf(" (%s%llu retracted%s)", style_warn(), (unsigned long long)e->retracted_count,
                   style_end());
    }
    if (e->weak_count)
        printf(" \xC2\xB7 %llu weak match%s", (unsigned long long)e->weak_count,
               e->weak_count == 1 ? "" : "es");
    putchar('\n');
}

void print_ranking_header(const osler_evidence *e)
{
    print_names(e);
    printf("   question: %s \xC2\xB7 as of %s\n", e->question, *e->as_of ? e->as_of : "never");
    for (size_t i = 0; i < e->concepts.count; i++)
        print_concept(&e->concepts.items[i]);
    print_counts(e);
}

void print_table_head(void)
{
    printf("\n%s%*slevel  %-*s %7s  year   score%s\n", style_dim(), INDENT, "", DESIGN_COLUMNS,
           "design", "n", style_end());
}

static void print_cell(const char *text, int columns)
{
    int used = print_cut(stdout, text, columns);
    printf("%*s", columns - used, "");
}

void print_ranked(const osler_ranked *r)
{
    const osler_appraisal *a = r->appraisal;
    const char *name = osler_design_name(a->design);
    char n[24] = "", year[16] = "";
    if (a->n)
        snprintf(n, sizeof n, "%ld", a->n);
    if (r->year)
        snprintf(year, sizeof year, "%d", r->year);
    if (r->rank)
        printf("%*u  ", INDENT - 2, r->rank);
    else
        printf("%*s", INDENT, "-  ");
    print_cell(r->level ? r->level : "-", 7);
    print_cell(name ? name : a->design, DESIGN_COLUMNS);
    printf(" %7s  %4s  ", n, year);
    if (r->rank)
        printf("%6.1f", r->score);
    else
        fputs("     -", stdout);
    if (a->flags.count) {
        fputs("  ", stdout);
        print_flags(&a->flags);
    }
    putchar('\n');
    print_title(r->record, INDENT);
    print_authors(r->record, INDENT, 3);
    print_place(r->record, INDENT);
    if (!r->pmid)
        printf("%*s%s\n", INDENT, "", r->id);
    if (r->reason) {
        fputs(style_warn(), stdout);
        print_wrapped(stdout, r->reason, INDENT);
        fputs(style_end(), stdout);
    }
}

void print_level_note(const osler_evidence *e)
{
    printf("\n%slevel: typical level for this design, not appraised (%s, %s)%s\n", style_dim(),
           strcmp(e->scheme, "nhmrc-2009") == 0 ? "NHMRC 2009" : "OCEBM 2011", e->question,
           style_end());
}

static void print_factor(const char *letter, const osler_factor *f)
{
    char left[32];
    snprintf(left, sizeof left, "%s %.6f", letter, f->value);
    print_hanging(stdout, left, f->source ? f->source : "");
}

static void print_contribution(const osler_contribution *c)
{
    char text[600], left[32];
    bool heading = strncmp(c->field, "mesh", 4) == 0;
    snprintf(text, sizeof text, "%s \"%s\" \xC3\x97%u: %.1f x %.6f / %.6f (%.0f %s, average %.2f)",
             c->field, c->what, c->times, c->weight, c->frequency, c->norm, c->length,
             heading ? "other headings" : "words", c->average);
    snprintf(left, sizeof left, "   + %.6f", c->value);
    print_hanging(stdout, left, text);
}

static void print_topic(const osler_evidence *e, const osler_ranked *r)
{
    print_factor("T", &r->topic);
    for (size_t i = 0; i < e->concepts.count; i++) {
        const osler_concept *c = &e->concepts.items[i];
        const osler_strength *s = &r->strengths[i];
        char text[400];
        snprintf(text, sizeof text, "%s: strength %.2f%s%s; idf %.6f (%llu record%s)", c->name,
                 s->value, s->by ? ", " : "", s->by ? s->by : "", c->idf,
                 (unsigned long long)c->found, c->found == 1 ? "" : "s");
        print_wrapped(stdout, text, 6);
        for (size_t k = 0; k < r->contributions.count; k++)
            if (r->contributions.items[k].concept == i)
                print_contribution(&r->contributions.items[k]);
        for (size_t k = 0; k < s->against.count; k++)
            print_hanging(stdout, "   not counted", s->against.items[k]);
    }
}

void print_explanation(const osler_evidence *e, const osler_ranked *r)
{
    printf("%s%s%s%s", style_bold(), r->pmid ? "PMID " : "", r->id, style_end());
    if (r->rank)
        printf("   rank %u of %llu   score %.4f   lane %s\n", r->rank,
               (unsigned long long)e->ranked, r->score, r->lane);
    else
        printf("   not ranked   lane %s\n", r->lane);
    print_title(r->record, 2);
    print_authors(r->record, 2, 3);
    print_place(r->record, 2);
    if (r->reason) {
        fputs(style_warn(), stdout);
        print_hanging(stdout, "not ranked because", r->reason);
        fputs(style_end(), stdout);
    }
    print_factor("G", &r->gate);
    print_topic(e, r);
    print_factor("E", &r->evidence);
    print_factor("R", &r->recency);
    print_factor("N", &r->size);
    print_factor("I", &r->integrity);
    if (r->rank)
        printf("  score = 100 x %.6f x %.6f x %.6f x %.6f x %.6f x %.6f = %.4f\n", r->gate.value,
               r->topic.value, r->evidence.value, r->recency.value, r->size.value,
               r->integrity.value, r->score);
}

void print_unknown(const osler_evidence *e, const osler_error *error, bool json)
{
    print_error(error);
    if (!e)
        return;
    for (size_t i = 0; i < e->suggestions.count; i++) {
        fputs(i ? "                " : "  did you mean: ", stderr);
        print_inert(stderr, e->suggestions.items[i]);
        fputc('\n', stderr);
    }
    if (json)
        json_ranking(e, false);
}
