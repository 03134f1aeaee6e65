/* A ranking for people. */
#include "ranking.h"

#include "lines.h"
#include "listing.h"
#include "output.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 6, DESIGN_COLUMNS = 30 };

/* "Tension-Type Headache × Manipulation, Osteopathic"; the columns of the last line. */
static int print_names(const osler_evidence *e)
{
    int used = 0;
    fputs(style_bold(), stdout);
    for (size_t i = 0; i < e->concepts.count; i++) {
        int width = text_columns(e->concepts.items[i].name);
        if (i && used + 3 + width > terminal_columns()) {
            fputs("\n  \xC3\x97 ", stdout);
            used = 4;
        } else if (i) {
            fputs(" \xC3\x97 ", stdout);
            used += 3;
        }
        print_inert(stdout, e->concepts.items[i].name);
        used += width;
    }
    fputs(style_end(), stdout);
    return used;
}

/* Print the next words of a line that hangs: lines after the first begin after `indent` spaces.
 * `*used`: the columns that are taken. */
static void print_hung(const char *text, int *used, int indent)
{
    int columns = terminal_columns();
    while (*text) {
        char one[200];
        size_t length = strcspn(text, " ");
        snprintf(one, sizeof one, "%.*s", (int)length, text);
        int width = text_columns(one);
        if (*used > indent && *used + 1 + width > columns) {
            printf("\n%*s", indent, "");
            *used = indent;
        } else if (*used > indent) {
            putchar(' ');
            ++*used;
        }
        print_inert(stdout, one);
        *used += width;
        text += length;
        text += strspn(text, " ");
    }
}

/* How a concept was understood: headings, or words alone. */
static void print_concept(const osler_concept *c)
{
    enum { INDENT_CONCEPT = 4 };
    char text[400];
    int used = 2 + text_columns(c->query) + 1;
    fputs("  ", stdout);
    print_inert(stdout, c->query);
    putchar(':');
    if (used < INDENT_CONCEPT + 1) { /* a query of one letter */
        putchar(' ');
        used++;
    }
    for (size_t i = 0; i < c->headings.count; i++) {
        const char *end = i + 1 < c->headings.count ? "," : c->narrower ? "" : ";";
        snprintf(text, sizeof text, "%s %s%s", c->headings.items[i].name, c->headings.items[i].ui,
                 end);
        print_hung(text, &used, INDENT_CONCEPT);
    }
    if (!c->headings.count)
        print_hung("no MeSH heading known, looked for as words;", &used, INDENT_CONCEPT);
    snprintf(text, sizeof text, "and %zu narrower;", c->narrower);
    if (c->headings.count && c->narrower)
        print_hung(text, &used, INDENT_CONCEPT);
    snprintf(text, sizeof text, "%zu term%s; %llu record%s", c->terms.count,
             c->terms.count == 1 ? "" : "s", (unsigned long long)c->found,
             c->found == 1 ? "" : "s");
    print_hung(text, &used, INDENT_CONCEPT);
    putchar('\n');
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

/* One item of the line of counts, a point between them; "(1 retracted)" is the warning. */
static void print_count(int *used, const char *text, const char *warning)
{
    int width = text_columns(text) + (*warning ? text_columns(warning) + 3 : 0);
    if (*used && *used + 5 + width > terminal_columns()) { /* the next point fits too */
        fputs(" \xC2\xB7\n  ", stdout);
        *used = 2;
    } else if (*used) {
        fputs(" \xC2\xB7 ", stdout);
        *used += 3;
    }
    fputs(text, stdout);
    if (*warning)
        printf(" (%s%s%s)", style_warn(), warning, style_end());
    *used += width;
}

const char *count_text(char room[32], unsigned long long count, bool estimated)
{
    unsigned long long unit = 1;
    while (estimated && count / unit >= 100)
        unit *= 10;
    count = (count + unit / 2) / unit * unit;
    if (estimated && count >= 1000000)
        snprintf(room, 32, "%llu,%03llu,%03llu", count / 1000000, count / 1000 % 1000,
                 count % 1000);
    else if (estimated && count >= 1000)
        snprintf(room, 32, "%llu,%03llu", count / 1000, count % 1000);
    else
        snprintf(room, 32, "%llu", count);
    return room;
}

static void print_counts(const osler_evidence *e)
{
    char text[80], room[32], warning[40] = "";
    int used = 0;
    snprintf(text, sizeof text, "%s%s record%s", e->estimated ? "about " : "",
             count_text(room, e->matched, e->estimated), e->matched == 1 ? "" : "s");
    print_count(&used, text, "");
    for (size_t i = 0; i < OSLER_LANES; i++) {
        snprintf(text, sizeof text, "%s %s", count_text(room, e->lanes[i].count, e->estimated),
                 lane_words(&e->lanes[i]));
        if (e->lanes[i].count && strcmp(e->lanes[i].lane, "excluded") != 0)
            print_count(&used, text, "");
    }
    if (e->retracted_count)
        snprintf(warning, sizeof warning, "%llu retracted", (unsigned long long)e->retracted_count);
    snprintf(text, sizeof text, "%llu not ranked", (unsigned long long)e->excluded_count);
    if (e->excluded_count)
        print_count(&used, text, warning);
    snprintf(text, sizeof text, "%s weak match%s", count_text(room, e->weak_count, e->estimated),
             e->weak_count == 1 ? "" : "es");
    if (e->weak_count)
        print_count(&used, text, "");
    putchar('\n');
}

void print_ranking_header(const osler_evidence *e)
{
    char text[80];
    snprintf(text, sizeof text, "question: %s \xC2\xB7 as of %s", e->question,
             *e->as_of ? e->as_of : "never");
    bool fits = print_names(e) + 3 + text_columns(text) <= terminal_columns();
    printf("%s%s\n", fits ? "   " : "\n  ", text);
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
    char text[120];
    snprintf(text, sizeof text, "level: typical level for this design, not appraised (%s, %s)",
             strcmp(e->scheme, "nhmrc-2009") == 0 ? "NHMRC 2009" : "OCEBM 2011", e->question);
    printf("\n%s", style_dim());
    print_wrapped(stdout, text, 0);
    fputs(style_end(), stdout);
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
    snprintf(text, sizeof text,
             "%s \"%s\" \xC3\x97%u: %.1f x %.6f / %.6f (%.0f %s%s, average %.2f)", c->field,
             c->what, c->times, c->weight, c->frequency, c->norm, c->length,
             heading ? "other heading" : "word", c->length == 1 ? "" : "s", c->average);
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

static void print_product(const osler_ranked *r)
{
    char text[160];
    snprintf(text, sizeof text, "score = 100 x %.6f x %.6f x %.6f x %.6f x %.6f x %.6f = %.4f",
             r->gate.value, r->topic.value, r->evidence.value, r->recency.value, r->size.value,
             r->integrity.value, r->score);
    print_wrapped(stdout, text, 2);
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
        print_product(r);
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
