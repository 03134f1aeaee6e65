/* Keys to sort by: what variables and macros give, and the order of texts. */
#include "check.h"
#include "memory_scene.h"
#include "style/sort_keys.h"

/* The key of the first item by a variable or a macro ("@name"). */
static const char *key_of(struct scene *scene, const char *what)
{
    struct sort_key key = {0};

    if (*what == '@') {
        for (size_t i = 0; i < scene->style->macro_count; i++)
            if (str_is(scene->style->macros[i].name, what + 1))
                key.macro = &scene->style->macros[i];
        CHECK(key.macro != NULL);
    } else {
        key.variable = variable_of(str_of(what));
    }
    str text = render_sort_key(&scene->r, &key);
    return text.length ? arena_copy(&scene->memory, text) : "";
}

TEST(keys_of_variables)
{
    struct scene scene;

    scene_open(&scene, "", "<text variable='title'/>",
               "{\"id\":\"a\",\"title\":\"<i>In vitro</i> growth\",\"volume\":\"12\","
               "\"issued\":{\"date-parts\":[[2004,5]]},\"author\":[{\"family\":\"Doe\","
               "\"given\":\"Jane\"},{\"family\":\"Roe\",\"given\":\"Tom\"}]}");
    CHECK_TEXT(key_of(&scene, "title"), "In vitro growth");
    CHECK_TEXT(key_of(&scene, "volume"), "12");
    CHECK(strstr(key_of(&scene, "issued"), "20040500") != NULL);
    CHECK(strncmp(key_of(&scene, "author"), "Doe", 3) == 0);
    CHECK(strstr(key_of(&scene, "author"), "Jane") < strstr(key_of(&scene, "author"), "Roe"));
    CHECK_TEXT(key_of(&scene, "editor"), "");
    CHECK_TEXT(key_of(&scene, "publisher"), "");
    scene_close(&scene);
}

TEST(keys_of_macros_are_what_they_print_without_dress)
{
    struct scene scene;

    scene_open(&scene,
               "<macro name='m'><names variable='author'><name name-as-sort-order='all' "
               "initialize-with='.'/><label prefix=' '/><substitute><text variable='title'/>"
               "</substitute></names></macro>"
               "<macro name='y'><date variable='issued'><date-part name='year'/></date></macro>"
               "<macro name='t'><text variable='title' font-style='italic' prefix='x '/></macro>",
               "<text variable='title'/>",
               "{\"id\":\"a\",\"title\":\"Anon\",\"issued\":{\"date-parts\":[[2004,5]]}}");
    CHECK_TEXT(key_of(&scene, "@m"), "Anon");
    CHECK_TEXT(key_of(&scene, "@t"), "x Anon");
    CHECK(strstr(key_of(&scene, "@y"), "2004") != NULL);
    CHECK(!strstr(key_of(&scene, "@y"), "200405"));
    scene_close(&scene);
}

TEST(a_count_of_names_is_a_number_even_without_names)
{
    struct scene scene;
    static const char macro[] =
        "<macro name='n'><names variable='author'><name form='count'/></names></macro>";

    scene_open(&scene, macro, "<text variable='title'/>", "{\"id\":\"a\",\"title\":\"T\"}");
    CHECK_TEXT(key_of(&scene, "@n"), "00000000");
    scene_close(&scene);
    scene_open(&scene, macro, "<text variable='title'/>",
               "{\"id\":\"a\",\"author\":[{\"family\":\"A\"},{\"family\":\"B\"}]}");
    CHECK_TEXT(key_of(&scene, "@n"), "00000002");
    scene_close(&scene);
}

TEST(a_key_leaves_no_trace_in_what_is_rendered_next)
{
    struct scene scene;

    scene_open(&scene,
               "<macro name='m'><names variable='author'><substitute><text variable='title'/>"
               "</substitute></names></macro>",
               "<text variable='title'/>", "{\"id\":\"a\",\"title\":\"Anon\"}");
    CHECK_TEXT(key_of(&scene, "@m"), "Anon");
    CHECK(!scene.r.sorting);
    CHECK_TEXT(scene_html(&scene), "Anon");
    scene_close(&scene);
}

/* Each of `texts` sorts before the next, in the language. */
static void check_order(const char *language, const char *const *texts, size_t count)
{
    struct collation *collation = collation_new(language);
    arena memory = {0};
    str before = {0};

    for (size_t i = 0; i < count; i++) {
        str key = collation_key(&memory, collation, str_of(texts[i]));
        if (i && sort_key_compare(before, key, false) >= 0) {
            CHECK_TEXT(texts[i - 1], "in order");
            CHECK_TEXT(texts[i], "in order");
        }
        before = key;
    }
    arena_free(&memory);
    collation_free(collation);
}

TEST(texts_in_order)
{
    static const char *const english[] = {"1 one",   "9 nine",   "10 ten",   "A b",
                                          "a zeta",  "“Ab”",     "Bracelet", "brad",
                                          "Water 9", "Water 10", "Water",    "(Water) b"};
    static const char *const words[] = {"Water",     "water (9)", "Water 10", "Wäter a",
                                        "“Water” b", "Water, c",  "Waterway"};
    static const char *const swedish[] = {"Zorn", "Ångström", "Ärlig", "Ödman"};
    static const char *const german[] = {"Ångström", "Ärlig", "Ödman", "Zorn"};

    check_order("en-US", english, 8);
    check_order("en-US", words, sizeof words / sizeof *words);
    check_order("sv-SE", swedish, sizeof swedish / sizeof *swedish);
    check_order("de-DE", german, sizeof german / sizeof *german);
}

TEST(case_accents_and_punctuation_do_not_matter)
{
    static const char *const same[] = {"Muller-Smith", "MÜLLERSMITH", "“Müller” Smith"};
    struct collation *collation = collation_new("en-US");
    arena memory = {0};
    str first = collation_key(&memory, collation, str_of(same[0]));

    CHECK(str_equal(first, collation_key(&memory, collation, str_of(same[1]))));
    CHECK(!str_equal(first, collation_key(&memory, collation, str_of(same[2]))));
    arena_free(&memory);
    collation_free(collation);
}

TEST(empty_keys_come_last_in_both_directions)
{
    struct collation *collation = collation_new(NULL);
    arena memory = {0};
    str a = collation_key(&memory, collation, (str)STR("a"));
    str b = collation_key(&memory, collation, (str)STR("b"));
    str none = collation_key(&memory, collation, (str){0});

    CHECK(none.length == 0);
    CHECK(sort_key_compare(a, b, false) < 0 && sort_key_compare(a, b, true) > 0);
    CHECK(sort_key_compare(a, none, false) < 0 && sort_key_compare(a, none, true) < 0);
    CHECK(sort_key_compare(none, b, false) > 0 && sort_key_compare(none, b, true) > 0);
    CHECK(sort_key_compare(none, none, true) == 0);
    arena_free(&memory);
    collation_free(collation);
}

/* A long text has a long key. */
TEST(long_texts)
{
    struct collation *collation = collation_new("en");
    arena memory = {0};
    buf text = {0};

    for (int i = 0; i < 2000; i++)
        buf_add_text(&text, "word ");
    str a = collation_key(&memory, collation, buf_str(&text));
    buf_add_text(&text, "z");
    str b = collation_key(&memory, collation, buf_str(&text));
    CHECK(a.length > 1000 && sort_key_compare(a, b, false) < 0);
    buf_free(&text);
    arena_free(&memory);
    collation_free(collation);
}
