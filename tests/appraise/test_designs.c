/* Designs, modifiers and conflicts of the invented records in designs.tsv; rules that do not
 * compile; what adding or taking away a witness may do. */
#include "support.h"

#include "appraise/appraise.h"
#include "appraise/rules.h"
#include "appraise/witnesses.h"
#include "base/buf.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DESIGN, MODIFIERS, TYPES, HEADINGS, CONFLICT, TITLE, ABSTRACT, COLUMNS };

static bool has(const osler_text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

/* NULL when all is as expected, else what is not. */
static const char *compare(char *const column[], const osler_appraisal *a)
{
    if (strcmp(a->design, column[DESIGN]) != 0)
        return "design";
    const char *modifier = column[MODIFIERS];
    if (*modifier && has(&a->modifiers, modifier + (*modifier == '!')) == (*modifier == '!'))
        return "modifier";
    const char *wanted = column[CONFLICT];
    if (strcmp(wanted, "-") == 0)
        return a->conflicts.count ? "conflict" : NULL;
    for (size_t i = 0; i < a->conflicts.count; i++)
        if (strstr(a->conflicts.items[i], wanted))
            return NULL;
    return "missing conflict";
}

static void report(unsigned line, const char *wrong, char *const column[], const osler_appraisal *a)
{
    fprintf(stderr, "designs.tsv:%u: %s: %s: got %s\n", line, wrong, column[TITLE], a->design);
    for (size_t i = 0; i < a->modifiers.count; i++)
        fprintf(stderr, "    modifier %s\n", a->modifiers.items[i]);
    for (size_t i = 0; i < a->conflicts.count; i++)
        fprintf(stderr, "    conflict: %s\n", a->conflicts.items[i]);
    for (size_t i = 0; i < a->witnesses.count; i++) {
        const osler_witness *w = &a->witnesses.items[i];
        fprintf(stderr, "    %.2f %s %s '%s'\n", w->weight, w->source,
                w->design ? w->design : w->modifier, w->cue);
    }
}

TEST(invented_records_are_what_they_say)
{
    FILE *file = fopen("tests/appraise/designs.tsv", "r");
    char *text = NULL;
    size_t room = 0;
    unsigned line = 0, records = 0;
    CHECK(file != NULL);
    while (file && getline(&text, &room, file) > 0) {
        char *column[COLUMNS] = {NULL}, *rest = text;
        line++;
        text[strcspn(text, "\n")] = '\0';
        if (*text == '#')
            continue;
        for (int i = 0; i < COLUMNS && rest; i++) {
            column[i] = rest;
            if ((rest = strchr(rest, '\t')))
                *rest++ = '\0';
        }
        CHECK(column[ABSTRACT] != NULL);
        if (!column[ABSTRACT])
            break;
        arena memory = {0};
        osler_record *record = invent(&memory, column[TITLE], column[ABSTRACT]);
        invent_types(&memory, record, column[TYPES]);
        invent_headings(&memory, record, column[HEADINGS]);
        osler_appraisal *a = NULL;
        osler_appraise(&a, record, NULL);
        const char *wrong = compare(column, a);
        if (wrong)
            report(line, wrong, column, a);
        CHECK(!wrong);
        records++;
        osler_appraisal_free(a);
        arena_free(&memory);
    }
    CHECK(records > 100);
    free(text);
    if (file)
        fclose(file);
}

TEST(every_rule_compiles)
{
    CHECK(!rules_fault());
    if (rules_fault())
        fprintf(stderr, "  %s\n", rules_fault()->pattern);
    CHECK(rules_words()->count < LEXICON_SLOTS / 2);
    for (unsigned row = 0; rule_get(row); row++) {
        const rule *r = rule_get(row);
        CHECK(r->places[strspn(r->places, "TLDMROCKGA")] == '\0');
        CHECK(r->kind != RULE_CUE || (r->strength > 0 && r->strength <= 1.5));
    }
}

TEST(every_design_has_words_and_a_lane)
{
    static const char *const lanes[] = {"syntheses", "trials",    "observational", "cases",
                                        "guidance",  "protocols", "background"};
    unsigned count = 0;
    for (const char *code; (code = osler_design_code(count)); count++) {
        bool known = false;
        CHECK(osler_design_name(code) != NULL);
        for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++)
            known |= strcmp(osler_design_lane(code), lanes[i]) == 0;
        CHECK(known);
    }
    CHECK(count == 26);
    CHECK(!osler_design_name("no-such-design") && !osler_design_lane(NULL));
}

TEST(an_empty_record_is_unknown)
{
    osler_record nothing = {0};
    osler_appraisal *a = NULL;
    osler_appraise(&a, &nothing, NULL);
    CHECK_TEXT(a->design, "unknown");
    CHECK(a->confidence == 0 && !a->n && !a->flags.count && !a->conflicts.count);
    osler_appraisal_free(a);
    osler_appraisal_free(NULL);
}

/* "Randomized Controlled Trial, Veterinary" holds the name of another type; UIs decide. */
TEST(types_go_by_ui_then_by_name)
{
    static const struct {
        const char *types, *design;
    } cases[] = {
        {"D016449", "randomized-trial"},
        {"D000081262", "animal"},
        {"Randomized Controlled Trial, Veterinary", "animal"},
        {"randomized controlled trial", "randomized-trial"},
        {"D016440", "notice"},
        {"Retraction Notice", "notice"},
        {"Network Meta-Analysis", "network-meta-analysis"},
        {"D064888", "cohort"},
        {"D016454|D017418", "meta-analysis"},
        {"Congresses", "other"},
        {"D016428", "unknown"},
        {"Nothing Known", "unknown"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_record *record = invent(&memory, "Headache", NULL);
        osler_appraisal a;
        invent_types(&memory, record, cases[i].types);
        appraise(&memory, &a, record, NULL);
        CHECK_TEXT(a.design, cases[i].design);
        arena_free(&memory);
    }
}

/* A UI that is not in the table falls back to the name beside it. */
TEST(an_unknown_ui_falls_back_to_its_name)
{
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "Headache", NULL);
    invent_types(&memory, record, "D999999999");
    record->publication_types.items[0].name = "Scoping Review";
    appraise(&memory, &a, record, NULL);
    CHECK_TEXT(a.design, "scoping-review");
    arena_free(&memory);
}

TEST(witnesses_can_be_left_out)
{
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "Mats for back pain", "Adults used mats.");
    invent_types(&memory, record, "D016449");
    invent_headings(&memory, record, "D006801|D015331");
    appraise(&memory, &a, record, NULL);
    CHECK_TEXT(a.design, "randomized-trial");
    appraise(&memory, &a, record, &(osler_appraise_options){.without_pt = true});
    CHECK_TEXT(a.design, "cohort");
    appraise(&memory, &a, record,
             &(osler_appraise_options){.without_pt = true, .without_mesh = true});
    CHECK_TEXT(a.design, "unknown");
    CHECK(a.witnesses.count == 0);
    arena_free(&memory);
}

static double weight(osler_record *record, arena *memory, const char *type, const char *question)
{
    osler_appraisal a, unknown = {.design = "unknown"};
    record->publication_types.count = 0;
    invent_types(memory, record, type);
    appraise(memory, &a, record, NULL);
    return a.confidence * appraise_weight(question, &a) +
           (1 - a.confidence) * appraise_weight(question, &unknown);
}

/* The same words, tagged as a case report instead of a trial, never count for more. */
TEST(a_case_report_never_outweighs_a_trial)
{
    static const char *const abstracts[] = {
        "Adults used mats.",
        "Adults were randomly assigned to mats or none.",
        "DESIGN: Retrospective cohort study.",
        "We searched MEDLINE and Embase.",
        "We report a 40-year-old woman with back pain.",
        "In rats, a mat was tried.",
    };
    static const char *const titles[] = {"Mats for back pain",
                                         "Mats for back pain: a randomized trial",
                                         "Mats for back pain: a case report",
                                         "Mats for back pain: a cohort study",
                                         "Mats for back pain: a review",
                                         "Commentary on: mats for back pain"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        for (size_t k = 0; k < sizeof abstracts / sizeof *abstracts; k++) {
            arena memory = {0};
            osler_record *record = invent(&memory, titles[i], abstracts[k]);
            double trial = weight(record, &memory, "D016449", "treatment");
            CHECK(weight(record, &memory, "D002363", "treatment") <= trial);
            invent_headings(&memory, record, "Humans");
            trial = weight(record, &memory, "D016449", "treatment");
            CHECK(weight(record, &memory, "D002363", "treatment") <= trial);
            arena_free(&memory);
        }
    }
}

TEST(sections_decide_how_much_a_cue_weighs)
{
    static const struct {
        const char *abstract;
        double least, most;
    } cases[] = {
        {"DESIGN: Adults were randomly assigned to mats.", 0.89, 0.91},
        {"METHODS: Adults were randomly assigned to mats.", 0.69, 0.71},
        {"Adults were randomly assigned to mats.", 0.69, 0.71},
        {"RESULTS: Adults were randomly assigned to mats.", 0.59, 0.61},
        {"CONCLUSIONS: Adults were randomly assigned to mats.", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_appraisal a;
        appraise(&memory, &a, invent(&memory, "Mats", cases[i].abstract), NULL);
        CHECK(a.confidence >= cases[i].least && a.confidence <= cases[i].most);
        arena_free(&memory);
    }
}

TEST(registry_numbers_are_witnesses)
{
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "Mats for back pain", "Adults used mats (NCT99999901).");
    appraise(&memory, &a, record, NULL);
    CHECK_TEXT(a.design, "clinical-trial");
    CHECK(a.witnesses.count == 1);
    CHECK_TEXT(a.witnesses.items[0].source, "registry");
    CHECK_TEXT(a.witnesses.items[0].cue, "NCT99999901");
    record = invent(&memory, "Mats for back pain", "Registered as CRD42099999901.");
    appraise(&memory, &a, record, NULL);
    CHECK_TEXT(a.design, "systematic-review");
    record = invent(&memory, "Mats for back pain", "ISRCTN and NCT are registries; NCT12.");
    appraise(&memory, &a, record, NULL);
    CHECK_TEXT(a.design, "unknown");
    arena_free(&memory);
}

TEST(a_synthesis_of_trials_says_so)
{
    static const struct {
        const char *title, *abstract;
        bool trials;
    } cases[] = {
        {"Mats: a systematic review of randomized controlled trials", "", true},
        {"Mats: a systematic review", "METHODS: Only randomised trials were included.", true},
        {"Mats: a systematic review", "METHODS: All designs were included.", false},
        {"Mats: a systematic review",
         "METHODS: Randomized trials and cohort studies were included.", false},
        {"Mats: a randomized trial", "METHODS: Adults were randomized.", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_appraisal a;
        appraise(&memory, &a, invent(&memory, cases[i].title, cases[i].abstract), NULL);
        CHECK(a.synthesis_of_trials == cases[i].trials);
        arena_free(&memory);
    }
}

/* Ten megabytes are read as far as MOST_TEXT, whatever they are made of. */
TEST(a_long_abstract_is_read_in_part)
{
    static const char *const parts[] = {"migraine word ", "(n = 10) ", "METHODS: a. ", " ", "a"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        arena memory = {0};
        buf text = {0};
        testimony t;
        size_t words = 0;
        buf_add_text(&text, "We randomized ");
        while (text.length < 10 << 20)
            buf_add_text(&text, parts[i]);
        buf_add_text(&text, "end");
        testimony_of(&memory, &t, invent(&memory, "Mats", buf_text(&text)), NULL);
        for (size_t k = 0; k < t.text.count; k++)
            words += t.text.items[k].count;
        CHECK(words > 2 && words <= MOST_TEXT / 2);
        CHECK(t.matches.count <= MOST_MATCHES && t.count < 200);
        buf_free(&text);
        arena_free(&memory);
    }
}

/* The journal of the Cochrane reviews speaks for them, as far as nothing else does. */
TEST(a_journal_of_reviews_is_a_witness)
{
    static const struct {
        const char *types, *headings, *title, *journal, *nlm_id, *design;
    } cases[] = {
        {"Review", "Humans", "Mats", "Cochrane Database Syst Rev", NULL, "systematic-review"},
        {"Review", "Humans", "Mats", NULL, "100909747", "systematic-review"},
        {"", "", "Mats", "The Cochrane database of systematic reviews", NULL, "systematic-review"},
        {"", "", "Mats for back pain (Protocol)", NULL, "100909747", "protocol"},
        {"Review", "Humans", "Mats: a protocol for a review", NULL, "100909747", "protocol"},
        {"Editorial", "", "Mats", NULL, "100909747", "opinion"},
        {"Journal Article", "Humans", "Mats", NULL, "100909747", "unknown"},
        {"Review", "Humans", "Mats", "J Invent", "999999999", "narrative-review"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_appraisal a;
        osler_record *record = invent(&memory, cases[i].title, NULL);
        record->container_title = cases[i].journal;
        record->nlm_id = cases[i].nlm_id;
        invent_types(&memory, record, cases[i].types);
        invent_headings(&memory, record, cases[i].headings);
        appraise(&memory, &a, record, NULL);
        CHECK_TEXT(a.design, cases[i].design);
        arena_free(&memory);
    }
}

/* Nothing in an abstract makes the work more than its size: pairs are compared up to a limit. */
TEST(a_hostile_abstract_is_soon_done)
{
    static const char *const parts[] = {"randomized ",
                                        "n = 50 ",
                                        "not randomized (",
                                        "40 patients were randomized to and 50 to the ",
                                        "one hundred and ",
                                        "METHODS: ",
                                        "((",
                                        "of a "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        arena memory = {0};
        buf text = {0};
        osler_appraisal a;
        while (text.length < 1 << 20)
            buf_add_text(&text, parts[i]);
        appraise(&memory, &a, invent(&memory, buf_text(&text), buf_text(&text)), NULL);
        CHECK(a.design != NULL && a.witnesses.count < 200);
        buf_free(&text);
        arena_free(&memory);
    }
}
