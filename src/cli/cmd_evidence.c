/* osler evidence: the ranked evidence on a condition. */
#include "command.h"
#include "output.h"
#include "ranking.h"
#include "searching.h"

#include <stdlib.h>
#include <string.h>

struct settings {
    const char *intervention, *question, *scheme, *design, *as_of;
    struct count since, until, limit;
    bool ids, json, explain, include_retracted, weak, lanes;
};

#define SETTING(member) offsetof(struct settings, member)
static const struct option options[] = {
    {"for", 0, "INTERVENTION", "only records that are about this too", OPTION_TEXT,
     SETTING(intervention)},
    {"question", 0, "KIND",
     "treatment (default), harm, rare-harm, diagnosis, prognosis, etiology, prevalence, screening",
     OPTION_TEXT, SETTING(question)},
    {"design", 0, "LIST",
     "only these, commas between them: design codes, or words such as rct, reviews", OPTION_TEXT,
     SETTING(design)},
    {"since", 0, "YEAR", "published in this year or later", OPTION_COUNT, SETTING(since)},
    {"until", 0, "YEAR", "published in this year or earlier", OPTION_COUNT, SETTING(until)},
    {"as-of", 0, "DATE", "count ages from this day (default: the library's last change)",
     OPTION_TEXT, SETTING(as_of)},
    {"scheme", 0, "NAME", "levels of ocebm-2011 (default) or nhmrc-2009", OPTION_TEXT,
     SETTING(scheme)},
    {"limit", 'n', "N", "at most N results, 0: all (default: 20)", OPTION_COUNT, SETTING(limit)},
    {"lanes", 0, NULL, "list syntheses, trials, ... apart", OPTION_FLAG, SETTING(lanes)},
    {"explain", 0, NULL, "every factor of every score with its source", OPTION_FLAG,
     SETTING(explain)},
    {"include-retracted", 0, NULL, "list what is not ranked, with the reason", OPTION_FLAG,
     SETTING(include_retracted)},
    {"weak", 0, NULL, "list the weak matches too", OPTION_FLAG, SETTING(weak)},
    {"ids", 0, NULL, "print ids alone, best first, one a line", OPTION_FLAG, SETTING(ids)},
    {"json", 0, NULL, "print JSON", OPTION_FLAG, SETTING(json)},
    {0},
};
#undef SETTING

static void print_one(const osler_evidence *e, const osler_ranked *r, bool explain)
{
    if (explain) {
        print_explanation(e, r);
        putchar('\n');
    } else {
        print_ranked(r);
    }
}

/* The results in one list, or each lane apart; a rank is that in the whole list. */
static void print_results(const osler_evidence *e, const struct settings *settings)
{
    for (size_t lane = 0; lane < (settings->lanes ? OSLER_LANES : 1); lane++) {
        bool headed = false;
        for (size_t i = 0; i < e->results.count; i++) {
            const osler_ranked *r = &e->results.items[i];
            if (settings->lanes && strcmp(r->lane, e->lanes[lane].lane) != 0)
                continue;
            if (!headed && settings->lanes)
                printf("\n%s%s%s\n", style_bold(), r->lane, style_end());
            headed = true;
            print_one(e, r, settings->explain);
        }
    }
}

/* "12", or "about 1,200" where counts are estimated. */
static const char *rough_text(char room[40], uint64_t count, bool estimated)
{
    char digits[32];
    snprintf(room, 40, "%s%s", estimated ? "about " : "", count_text(digits, count, estimated));
    return room;
}

static void print_closing(uint64_t count, bool estimated, const char *words)
{
    char text[160], room[40];
    snprintf(text, sizeof text, "%s %s", rough_text(room, count, estimated), words);
    putchar('\n');
    print_wrapped(stdout, text, 0);
}

static void print_list(const osler_evidence *e, const char *title, const osler_ranked_list *list,
                       bool explain)
{
    if (list->count)
        printf("\n%s%s%s\n", style_bold(), title, style_end());
    for (size_t i = 0; i < list->count; i++)
        print_one(e, &list->items[i], explain);
}

/* Why there is nothing: no record is about it, or none of them passes the options. */
static void print_nothing(const osler_evidence *e, const struct settings *settings)
{
    char room[40];
    if (e->left_out)
        fprintf(stderr, "osler evidence: %s record%s about ",
                rough_text(room, e->left_out, e->estimated), e->left_out == 1 ? " is" : "s are");
    else
        fprintf(stderr, "osler evidence: no record of this library is %sabout ",
                e->weak_count ? "more than weakly " : "");
    print_inert(stderr, e->condition);
    if (e->intervention) {
        fputs(" and ", stderr);
        print_inert(stderr, e->intervention);
    }
    if (e->left_out)
        fputs(", and all are left out by", stderr);
    if (e->left_out && settings->since.given)
        fprintf(stderr, " --since %lu", settings->since.value);
    if (e->left_out && settings->until.given)
        fprintf(stderr, " --until %lu", settings->until.value);
    if (e->left_out && settings->design) {
        fputs(" --design ", stderr);
        print_inert(stderr, settings->design);
    }
    if (e->undated)
        fprintf(stderr, "; %s of them ha%s no date", rough_text(room, e->undated, e->estimated),
                e->undated == 1 ? "s" : "ve");
    fputc('\n', stderr);
}

static void print_text(const osler_evidence *e, const struct settings *settings)
{
    print_ranking_header(e);
    if (e->results.count && !settings->explain)
        print_table_head();
    else
        putchar('\n');
    print_results(e, settings);
    if (e->results.count < e->ranked)
        print_closing(e->ranked - e->results.count, e->estimated, "more (--limit 0 lists all)");
    if (e->undated)
        print_closing(e->undated, e->estimated,
                      e->undated == 1 ? "without a date is left out"
                                      : "without a date are left out");
    print_list(e, "Guidelines and protocols, not scored", &e->unscored, settings->explain);
    if (e->unscored.count < e->unscored_count)
        print_closing(e->unscored_count - e->unscored.count, false,
                      "more of them (--limit 0 lists all)");
    if (settings->include_retracted)
        print_list(e, "Not ranked", &e->excluded, settings->explain);
    else if (e->excluded.count)
        print_closing(e->excluded_count, false,
                      "not ranked: retracted, withdrawn, superseded or notices "
                      "(--include-retracted lists them)");
    print_list(e, "Weak matches", &e->weak, settings->explain);
    print_level_note(e);
}

static int print(const osler_evidence *e, const struct settings *settings)
{
    char room[40];
    if (settings->json) {
        json_ranking(e, settings->explain);
        return EXIT_DONE;
    }
    if (!e->matched && (!e->weak_count || e->left_out || settings->ids))
        print_nothing(e, settings);
    if (!settings->ids && (e->matched || e->weak_count))
        print_text(e, settings);
    else if (e->matched && e->undated && !common.quiet)
        fprintf(stderr, "osler evidence: %s without a date %s left out\n",
                rough_text(room, e->undated, e->estimated), e->undated == 1 ? "is" : "are");
    for (size_t i = 0; settings->ids && i < e->results.count; i++)
        puts(e->results.items[i].id);
    return EXIT_DONE;
}

static bool year_fits(const char *option, const struct count *year)
{
    if (!year->given || (year->value >= 1000 && year->value <= 9999))
        return true;
    fprintf(stderr, "osler evidence: --%s takes a year of four digits\n", option);
    return false;
}

static bool is_usable(const struct settings *settings, int argc, char **argv)
{
    if (argc != 1 || !*argv[0])
        fputs("osler evidence: expected one condition, in quotes (see 'osler evidence --help')\n",
              stderr);
    else if (settings->ids && settings->json)
        fputs("osler evidence: --ids and --json exclude each other\n", stderr);
    else
        return year_fits("since", &settings->since) && year_fits("until", &settings->until);
    return false;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    if (!is_usable(settings, argc, argv))
        return EXIT_BAD_USAGE;
    osler_evidence_options how = {
        .intervention = settings->intervention,
        .question = settings->question,
        .scheme = settings->scheme,
        .designs = settings->design,
        .since = (int)settings->since.value,
        .until = (int)settings->until.value,
        .as_of = settings->as_of,
        .limit = settings->limit.given ? settings->limit.value : 20,
        .weak = settings->weak,
    };
    osler_library *library = NULL;
    osler_evidence *evidence = NULL;
    osler_error error = {0};
    osler_status status = open_libraries(&library, &error);
    if (status == OSLER_OK)
        status = osler_evidence_rank(&evidence, library, argv[0], &how, &error);
    int result = exit_code_of(status);
    if (status == OSLER_OK)
        result = print(evidence, settings);
    else
        print_unknown(evidence, &error, settings->json);
    osler_evidence_free(evidence);
    osler_library_close(library);
    return result;
}

const struct command command_evidence = {
    .name = "evidence",
    .arguments = "CONDITION",
    .summary = "Rank the evidence on a condition, and say why",
    .details =
        "CONDITION is a MeSH heading, an entry term, a UI, a profile (such as migraine,\n"
        "cervicogenic-headache or omt), or words.  Every record that is about it is scored by\n"
        "topic, design, age, size and integrity; the factors multiply to the score, and\n"
        "'osler explain' shows them.  Levels are those typical for a design: nothing is appraised.",
    .examples = "  osler evidence \"tension headache\" --for omt\n"
                "  osler evidence migraine --for acupuncture --since 2015 --design "
                "randomized-trial,meta-analysis",
    .shown = true,
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
