/* Common forms of words, and British spellings beside American ones. */
#include "base/form.h"
#include "base/spelling.h"
#include "check.h"

#include <stdio.h>

static void check_form(const char *text, const char *expected)
{
    buf b = {0};
    form_add(&b, str_of(text));
    CHECK_TEXT(buf_text(&b), expected);
    buf_free(&b);
}

TEST(many_and_one_british_and_american_have_one_form)
{
    check_form("headaches", "headache");
    check_form("headache", "headache");
    check_form("therapies", "therapy");
    check_form("analyses", "analysis");
    check_form("branches", "branch");
    check_form("indexes", "index");
    check_form("illness", "illness");
    check_form("virus", "virus");
    check_form("is", "is");
    check_form("gas", "gas");
    check_form("anaemias", "anemia");
    check_form("haemorrhages", "hemorrhage");
    check_form("randomised", "randomized");
    check_form("paediatric", "pediatric");
    check_form("tumours", "tumor");
    check_form("centres", "center");
    check_form("leukaemia", "leukemia");
    check_form("oesophagus", "esophagus");
    check_form("neurobehavioural", "neurobehavioral");
    check_form("", "");
    check_form("a", "a");
}

TEST(form_is_added_behind_what_is_there)
{
    buf b = {0};
    buf_add_text(&b, "tension");
    form_add(&b, str_of("oedemas"));
    CHECK_TEXT(buf_text(&b), "tensionedema");
    CHECK(!form_add_british(&b, str_of("pain")));
    CHECK(!form_add_british(&b, str_of("tumour")));
    CHECK_TEXT(buf_text(&b), "tensionedema");
    CHECK(form_add_british(&b, str_of("tumor")));
    CHECK_TEXT(buf_text(&b), "tensionedematumour");
    buf_free(&b);
}

TEST(spellings_go_both_ways)
{
    static const char *const pairs[][2] = {
        {"anaesthesia", "anesthesia"},
        {"behaviours", "behaviors"},
        {"caecum", "cecum"},
        {"colour", "color"},
        {"diarrhoea", "diarrhea"},
        {"fibres", "fibers"},
        {"foetal", "fetal"},
        {"gynaecology", "gynecology"},
        {"labour", "labor"},
        {"multicentre", "multicenter"},
        {"oestrogen", "estrogen"},
        {"ageing", "aging"},
        {"randomisation", "randomization"},
        {"sulphate", "sulfate"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        buf american = {0}, british = {0};
        CHECK(spelling_is_british(str_of(pairs[i][0])));
        CHECK(!spelling_is_british(str_of(pairs[i][1])));
        CHECK(spelling_add_american(&american, str_of(pairs[i][0])));
        CHECK_TEXT(buf_text(&american), pairs[i][1]);
        CHECK(spelling_add_british(&british, str_of(pairs[i][1])));
        CHECK_TEXT(buf_text(&british), pairs[i][0]);
        buf_free(&american);
        buf_free(&british);
    }
    buf none = {0};
    CHECK(!spelling_add_american(&none, str_of("pain")));
    CHECK_TEXT(buf_text(&none), "pain");
    buf_free(&none);
}

TEST(keys_leave_alone_what_has_one_spelling)
{
    static const char *const same[] = {"four", "hours",        "analyses", "ion",  "ae",
                                       "",     "\xC3\xA9ised", "nation",   "trial"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char room[SPELLING_ROOM + 4];
        CHECK(str_equal(spelling_key(str_of(same[i]), room), str_of(same[i])));
    }
}

/* Every word of a few pieces that has the key of another is among the others of that key. */
TEST(others_of_a_key_are_all_that_have_it)
{
    static const char *const pieces[] = {
        "random", "cent", "lab",   "an",   "program", "our",   "or",   "ise", "ize",   "ised",
        "ers",    "re",   "er",    "lyse", "lyze",    "isers", "s",    "x",   "enrol", "l",
        "labell", "ed",   "ation", "ing",  "is",      "e",     "ment", "mes"};
    enum { COUNT = sizeof pieces / sizeof *pieces };
    arena memory = {0};
    size_t missing = 0, wrong = 0, asked = 0;
    for (size_t i = 0; i < (size_t)COUNT * COUNT * COUNT; i++) {
        char text[SPELLING_ROOM + 4], room[SPELLING_ROOM + 4];
        snprintf(text, sizeof text, "%s%s%s", pieces[i % COUNT], pieces[i / COUNT % COUNT],
                 pieces[i / COUNT / COUNT]);
        str *others, key = spelling_key(str_of(text), room);
        bool found = str_is(key, text);
        size_t count = spelling_others(&memory, key, &others);
        for (size_t k = 0; k < count; k++) {
            char again[SPELLING_ROOM + 4];
            found |= str_is(others[k], text);
            wrong += !str_equal(spelling_key(others[k], again), key);
        }
        missing += !found;
        asked += count;
        arena_clear(&memory);
    }
    CHECK(missing == 0 && wrong == 0 && asked > COUNT);
    arena_free(&memory);
}
