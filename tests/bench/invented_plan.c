/* The tables of the invented records, and the plan of one of them: what it is about. */
#include "invented_paper.h"

#include <stdio.h>
#include <stdlib.h>

const design designs[DESIGNS] = {
#define DESIGN(code, share, clinical, type, ui, title) {share, clinical, type, ui, title},
#include "invented_designs.def"
};

static const unsigned theme_shares[THEMES] = {
#define THEME(name, share) share,
#include "invented_words.def"
};

static const struct {
    const char *text;
    unsigned share;
    enum theme theme;
} plain_words[] = {
#define WORD(word, share, theme) {word, share, theme_##theme},
#include "invented_words.def"
};

static const topic plain_conditions[] = {
#define CONDITION(ui, name, text, share, theme) {ui, name, text, share, theme_##theme},
#include "invented_topics.def"
};

static const topic plain_interventions[] = {
#define INTERVENTION(ui, name, text, share, theme) {ui, name, text, share, theme_##theme},
#include "invented_topics.def"
};

static const topic plain_usual[] = {
#define HEADING(ui, name, share, theme) {ui, name, NULL, share, theme_##theme},
#include "invented_topics.def"
};

static const topic plain_seeds[] = {
#define DESCRIPTOR(ui, name, trees, terms) {ui, name, NULL, 0, theme_any},
#include "mesh/seed.inc"
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool theme_has(enum theme wide, enum theme narrow)
{
    return wide == narrow ||
           (wide == theme_clinic && narrow != theme_lab && narrow != theme_public);
}

/* The conditions decide on the theme of nearly a third of the records, the shares on the others. */
static double theme_part(const invented *collection, enum theme theme)
{
    double part = 0, sum = collection->condition_sum / 1e5;
    for (size_t i = 0; i < collection->condition_count; i++)
        if (theme_has(theme, collection->conditions[i].theme))
            part += collection->conditions[i].share / 1e5;
    for (int i = 0; i < THEMES; i++)
        if (theme_has(theme, (enum theme)i))
            part += theme_shares[i] / 1e3 * (1 - sum);
    return part;
}

/* Four fifths of a word's records are of its theme, unless that theme is too small. */
static void make_phrases(invented *collection)
{
    for (size_t i = 0; i < COUNT(plain_words); i++) {
        phrase *made = &collection->phrases[collection->phrase_count++];
        double share = plain_words[i].share / 1e4 * 1.08; /* Some records have no abstract. */
        double part = theme_part(collection, plain_words[i].theme), within = share;
        if (plain_words[i].theme != theme_any)
            within = 0.8 * share / part < 0.85 ? 0.8 * share / part : 0.85;
        else
            part = 0;
        made->text = plain_words[i].text;
        made->theme = plain_words[i].theme;
        made->share = (unsigned)(within * 65536);
        made->elsewhere = (unsigned)((share - part * within) / (1 - part) * 65536);
    }
}

/* "Knee Osteoarthritis" as texts have it: "knee osteoarthritis". */
static void text_of_heading(char *at, const char *name)
{
    const char *comma = strstr(name, ", ");
    if (comma)
        snprintf(at, 96, "%s %.*s", comma + 2, (int)(comma - name), name);
    else
        snprintf(at, 96, "%s", name);
    for (; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
}

void paper_tables(invented *collection)
{
    _Static_assert(COUNT(plain_words) <= PHRASES, "more words than room");
    _Static_assert(COUNT(plain_conditions) <= CONDITIONS, "more conditions than room");
    _Static_assert(COUNT(plain_interventions) <= INTERVENTIONS, "more interventions than room");
    _Static_assert(COUNT(plain_seeds) <= SEED_HEADINGS, "more headings than room");
    collection->condition_count = COUNT(plain_conditions);
    collection->intervention_count = COUNT(plain_interventions);
    collection->usual_count = COUNT(plain_usual);
    collection->seed_count = COUNT(plain_seeds);
    memcpy(collection->conditions, plain_conditions, sizeof plain_conditions);
    memcpy(collection->interventions, plain_interventions, sizeof plain_interventions);
    memcpy(collection->usual, plain_usual, sizeof plain_usual);
    memcpy(collection->seeds, plain_seeds, sizeof plain_seeds);
    collection->seed_texts = calloc(SEED_HEADINGS, sizeof *collection->seed_texts);
    if (!collection->seed_texts)
        abort();
    for (size_t i = 0; i < collection->seed_count; i++) {
        text_of_heading(collection->seed_texts[i], collection->seeds[i].name);
        collection->seeds[i].text = collection->seed_texts[i];
    }
    for (size_t i = 0; i < collection->condition_count; i++)
        collection->condition_sum += collection->conditions[i].share;
    for (size_t i = 0; i < collection->intervention_count; i++)
        collection->theme_of_intervention[collection->interventions[i].theme] +=
            collection->interventions[i].share;
    make_phrases(collection);
}

static void choose_topic(paper *made)
{
    const invented *from = made->from;
    unsigned at = draw_below(&made->draw, 100000);
    if (at < from->condition_sum) {
        made->condition = from->conditions;
        while (at >= made->condition->share)
            at -= made->condition++->share;
        made->theme = made->condition->theme;
    } else {
        at = draw_below(&made->draw, 1000);
        int theme = theme_any;
        while (at >= theme_shares[theme])
            at -= theme_shares[theme++];
        made->theme = (enum theme)theme;
    }
    made->subject = draw_rank(&made->draw, 2, 20);
}

static void choose_intervention(paper *made)
{
    const invented *from = made->from;
    bool asked = made->design <= design_pooled || made->design == design_protocol;
    unsigned sum = from->theme_of_intervention[made->theme];
    if (!sum || !draw_chance(&made->draw, asked ? 10000 : 2000))
        return;
    unsigned at = draw_below(&made->draw, sum);
    for (const topic *one = from->interventions;; one++) {
        if (one->theme != made->theme)
            continue;
        if (at < one->share) {
            made->intervention = one;
            return;
        }
        at -= one->share;
    }
}

static void choose_design(paper *made)
{
    bool clinical = theme_has(theme_clinic, made->theme) || made->theme == theme_public;
    for (;;) {
        unsigned at = draw_below(&made->draw, 10000), code = 0;
        while (code + 1 < DESIGNS && at >= designs[code].share)
            at -= designs[code++].share;
        if (clinical ? code != design_bench || draw_chance(&made->draw, 5000)
                     : !designs[code].clinical) {
            made->design = (enum design_code)code;
            return;
        }
    }
}

static void add_heading(paper *made, const topic *known, uint32_t number, bool major)
{
    for (size_t i = 0; i < made->heading_count; i++)
        if (made->headings[i].known == known && made->headings[i].number == number)
            return;
    if (made->heading_count == HEADINGS)
        return;
    made->headings[made->heading_count++] = (paper_heading){
        known, number, draw_below(&made->draw, 3) * major + (draw_below(&made->draw, 9) < 4),
        major};
}

/* About ten: what every record has (Humans, Female), the topic, and others, most of them rare. */
static void choose_headings(paper *made)
{
    const invented *from = made->from;
    bool people = made->theme != theme_lab;
    for (size_t i = 0; i < from->usual_count; i++) {
        const topic *one = &from->usual[i];
        unsigned share = one->share;
        if (one->theme != theme_any)
            share = theme_has(one->theme, made->theme) ? share * 8 / 5 : share / 4;
        if (i == 0)
            share = people ? 9300 : 2500;
        if (draw_chance(&made->draw, share))
            add_heading(made, one, 0, false);
    }
    if (made->condition && draw_chance(&made->draw, 9200))
        add_heading(made, made->condition, 0, draw_chance(&made->draw, 8000));
    if (made->intervention && draw_chance(&made->draw, 9000))
        add_heading(made, made->intervention, 0, draw_chance(&made->draw, 6000));
    if (draw_chance(&made->draw, 3000))
        add_heading(made, &from->seeds[(draw_rank(&made->draw, 0, 10) * 389u) % from->seed_count],
                    0, draw_chance(&made->draw, 3000));
    unsigned others = draw_between(&made->draw, 2, 8);
    for (unsigned i = 0; i < others; i++) {
        uint32_t number = draw_rank(&made->draw, 2, 15);
        if (draw_chance(&made->draw, 4000))
            number = (uint32_t)mix(made->subject + i) & 0x7fff;
        add_heading(made, NULL, number, draw_chance(&made->draw, 3000));
    }
}

/* More of them every year, as in PubMed. */
static void choose_date(paper *made)
{
    unsigned at = draw_below(&made->draw, 1u << 20), left = 1u << 20;
    made->year = 2025;
    while (made->year > 1950 && at < left - left / 24) {
        left -= left / 24;
        made->year--;
    }
    made->month = draw_between(&made->draw, 1, 12);
    made->day = draw_between(&made->draw, 1, 28);
}

void paper_plan(paper *made, const invented *from, uint32_t number)
{
    made->from = from;
    made->draw.state = mix(from->seed * 0x9e3779b97f4a7c15u + number);
    made->number = number;
    made->pmid = INVENTED_FIRST_PMID + number;
    made->condition = made->intervention = NULL;
    made->heading_count = made->text_count = 0;
    choose_date(made);
    choose_topic(made);
    choose_design(made);
    choose_intervention(made);
    made->indexed = draw_chance(&made->draw, 8200);
    choose_headings(made);
    bool brief = made->design >= design_editorial && made->design <= design_notice;
    made->has_abstract = draw_chance(&made->draw, brief ? 2500 : made->year < 1975 ? 7500 : 9900);
    made->people = 12 + draw_rank(&made->draw, 2, 12);
    made->months = draw_between(&made->draw, 3, 60);
    paper_words(made);
}
