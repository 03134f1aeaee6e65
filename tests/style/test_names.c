/* cs:names: lists, et al., order of name parts, initials, labels, substitutes, sort keys. */
#include "base/buf.h"
#include "base/utf8.h"
#include "check.h"
#include "style/item.h"
#include "style/names_list.h"
#include "style/render.h"
#include "style/sort_keys.h"

#include <stdlib.h>

/* A style, its locale and one item, ready to be rendered. */
struct bench {
    arena memory;
    struct style *style;
    struct render r;
    buf text;
};

static const char before_layout[] =
    "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='in-text' %s><info>"
    "<title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
    "<locale><terms><term name='and'>and</term><term name='et-al'>et al.</term>"
    "<term name='and others'>and others</term>"
    "<term name='editor'><single>editor</single><multiple>editors</multiple></term>"
    "<term name='editor' form='short'><single>ed.</single><multiple>eds.</multiple></term>"
    "<term name='editor' form='verb'>edited by</term>"
    "<term name='translator' form='short'><single>trans.</single><multiple>trans.</multiple></term>"
    "<term name='editortranslator' form='short'><single>ed. and trans.</single>"
    "<multiple>eds. and trans.</multiple></term></terms></locale>%s<citation %s><layout>";

/* `layout` is the content of cs:layout; an attribute list of cs:style may stand before it, ended by
 * a bar: "initialize-with-hyphen='false'|<names ...". */
static void bench_open(struct bench *b, const char *layout, const char *macros, const char *json)
{
    osler_error error = {0};
    buf xml = {0};
    const char *bar = strchr(layout, '|');
    str attributes = {layout, bar && *layout != '<' ? (size_t)(bar - layout) : 0};
    struct item_list items = {0};
    struct locale *locale = NULL;
    char *head = malloc(attributes.length + 1);

    *b = (struct bench){0};
    memcpy(head, attributes.data, attributes.length);
    head[attributes.length] = '\0';
    buf_printf(&xml, before_layout, head, macros, "");
    free(head);
    buf_add_text(&xml, attributes.length ? bar + 1 : layout);
    buf_add_text(&xml, "</layout></citation></style>");
    CHECK(style_read(&b->style, buf_str(&xml), "test", NULL, NULL, &error) == OSLER_OK);
    CHECK(items_from_json(&b->memory, &items, str_of(json), "test", &error) == OSLER_OK);
    CHECK(items.count == 1);
    CHECK(locale_load(&b->memory, &locale, b->style, "en-US", &error) == OSLER_OK);
    buf_free(&xml);
    b->r.style = b->style;
    b->r.locale = locale;
    b->r.area = &b->style->citation;
    b->r.memory = &b->memory;
    b->r.item = items.items;
}

static const char *bench_text(struct bench *b, const struct output *tree)
{
    struct output_options options = {.format = OUTPUT_HTML, .locale = b->r.locale};

    buf_clear(&b->text);
    if (tree)
        output_write(&b->text, tree, &options);
    return buf_text(&b->text);
}

static void bench_close(struct bench *b)
{
    buf_free(&b->text);
    style_free(b->style);
    arena_free(&b->memory);
}

struct row {
    const char *layout, *json, *expected;
};

static void check_rows(const struct row *rows, size_t count, const char *macros)
{
    for (size_t i = 0; i < count; i++) {
        struct bench b;
        bench_open(&b, rows[i].layout, macros, rows[i].json);
        CHECK_TEXT(bench_text(&b, render_layout(&b.r)), rows[i].expected);
        bench_close(&b);
    }
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0], "")

#define AUTHOR(names) "[{\"id\":\"1\",\"type\":\"book\",\"author\":[" names "]}]"
#define PERSON(given, family) "{\"family\":\"" family "\",\"given\":\"" given "\"}"
#define ONE AUTHOR(PERSON("Ada Mary", "Quill"))
#define TWO AUTHOR(PERSON("Ada Mary", "Quill") "," PERSON("Ben", "Reed"))
#define FOUR                                                                                       \
    AUTHOR(PERSON("Ada Mary", "Quill") "," PERSON("Ben", "Reed") "," PERSON(                       \
        "Cleo", "Stone") "," PERSON("Dan", "Thorn"))
#define NAMES(content) "<names variable='author'>" content "</names>"

TEST(names_stand_in_a_row)
{
    const struct row rows[] = {
        {"<names variable='author'/>", TWO, "Ada Mary Quill, Ben Reed"},
        {NAMES("<name and='text'/>"), TWO, "Ada Mary Quill and Ben Reed"},
        {NAMES("<name and='symbol'/>"), FOUR,
         "Ada Mary Quill, Ben Reed, Cleo Stone, &#38; Dan Thorn"},
        {NAMES("<name and='text' delimiter-precedes-last='never' delimiter='; '/>"), FOUR,
         "Ada Mary Quill; Ben Reed; Cleo Stone and Dan Thorn"},
        {NAMES("<name and='text' delimiter-precedes-last='always'/>"), TWO,
         "Ada Mary Quill, and Ben Reed"},
        {NAMES("<name and='text' delimiter-precedes-last='after-inverted-name' "
               "name-as-sort-order='first'/>"),
         TWO, "Quill, Ada Mary, and Ben Reed"},
        {NAMES("<name and='text' delimiter-precedes-last='after-inverted-name' "
               "name-as-sort-order='first'/>"),
         FOUR, "Quill, Ada Mary, Ben Reed, Cleo Stone and Dan Thorn"},
        {NAMES("<name form='short' delimiter=''/>"), TWO, "QuillReed"},
        {"name-form='short' and='text'|<names variable='author'/>", TWO, "Quill and Reed"},
        {"name-delimiter='; ' initialize-with='.'|" NAMES("<name delimiter='/'/>"), TWO,
         "A.M. Quill/B. Reed"},
    };
    CHECK_ROWS(rows);
}

TEST(long_lists_are_cut)
{
    const struct row rows[] = {
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='1'/>"), FOUR, "Quill et al."},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='1'/>"), TWO, "Quill, Reed"},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='2'/>"), FOUR,
         "Quill, Reed, et al."},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='2' "
               "delimiter-precedes-et-al='never'/>"),
         FOUR, "Quill, Reed et al."},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='1' "
               "delimiter-precedes-et-al='always'/>"),
         FOUR, "Quill, et al."},
        {NAMES("<name et-al-min='3' et-al-use-first='1' initialize-with='' sort-separator=' ' "
               "name-as-sort-order='first' delimiter-precedes-et-al='after-inverted-name'/>"),
         FOUR, "Quill AM, et al."},
        {NAMES("<name et-al-min='3' et-al-use-first='2' initialize-with='' sort-separator=' ' "
               "name-as-sort-order='first' delimiter-precedes-et-al='after-inverted-name'/>"),
         FOUR, "Quill AM, B Reed et al."},
        {NAMES("<name form='short' et-al-min='4' et-al-use-first='2' et-al-use-last='true'/>"),
         FOUR, "Quill, Reed, … Thorn"},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='2' et-al-use-last='true'/>"),
         FOUR, "Quill, … Thorn"},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='1'/>"
               "<et-al term='and others' font-style='italic'/>"),
         FOUR, "Quill <i>and others</i>"},
        {NAMES("<name et-al-min='2' et-al-use-first='0'/>"), FOUR, ""},
        {NAMES("<name form='short' et-al-min='2'/>"), FOUR, "Quill, Reed, Stone, Thorn"},
        {NAMES("<name form='short' et-al-min='2' et-al-use-first='3'/>"), FOUR,
         "Quill, Reed, Stone, Thorn"},
        {NAMES("<name form='count' et-al-min='3' et-al-use-first='2'/>"), FOUR, "2"},
        {NAMES("<name form='short' et-al-min='3' et-al-use-first='1' font-weight='bold' "
               "suffix=';'/><et-al font-style='italic'/>"),
         FOUR, "<b><b>Quill</b>; <i>et al.</i></b>;"},
    };
    CHECK_ROWS(rows);
}

TEST(later_cites_are_cut_by_their_own_rule)
{
    struct bench b;

    bench_open(&b,
               NAMES("<name form='short' et-al-min='9' et-al-use-first='3' "
                     "et-al-subsequent-min='3' et-al-subsequent-use-first='1'/>"),
               "", FOUR);
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Quill, Reed, Stone, Thorn");
    b.r.position = POSITION_SUBSEQUENT;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Quill et al.");
    bench_close(&b);
}

#define PARTS                                                                                      \
    AUTHOR("{\"family\":\"Brook\",\"given\":\"Ida Rose\",\"dropping-particle\":\"de\","            \
           "\"non-dropping-particle\":\"van\",\"suffix\":\"Jr.\"}")
#define COMMA_SUFFIX                                                                               \
    AUTHOR("{\"family\":\"Brook\",\"given\":\"Ida\",\"suffix\":\"Jr.\",\"comma-suffix\":true}")

TEST(parts_of_a_name_have_their_order)
{
    const struct row rows[] = {
        {NAMES("<name/>"), PARTS, "Ida Rose de van Brook Jr."},
        {NAMES("<name form='short'/>"), PARTS, "van Brook"},
        {"demote-non-dropping-particle='never'|" NAMES("<name name-as-sort-order='all'/>"), PARTS,
         "van Brook, Ida Rose de, Jr."},
        {"demote-non-dropping-particle='sort-only'|" NAMES("<name name-as-sort-order='all'/>"),
         PARTS, "van Brook, Ida Rose de, Jr."},
        {"demote-non-dropping-particle='display-and-sort'|" NAMES(
             "<name name-as-sort-order='all'/>"),
         PARTS, "Brook, Ida Rose de van, Jr."},
        {NAMES("<name/>"), COMMA_SUFFIX, "Ida Brook, Jr."},
        {NAMES("<name sort-separator=' ' initialize-with='' name-as-sort-order='all'/>"),
         COMMA_SUFFIX, "Brook I Jr"},
        {NAMES("<name><name-part name='family' prefix='(' suffix=')' font-weight='bold'/>"
               "<name-part name='given' prefix='[' suffix=']' font-style='italic'/></name>"),
         PARTS, "[<i>Ida Rose</i>] (<i>de</i> <b>van</b> <b>Brook</b> Jr.)"},
        {"demote-non-dropping-particle='display-and-sort'|" NAMES(
             "<name name-as-sort-order='all' sort-separator=' '>"
             "<name-part name='family' prefix='(' suffix=')' text-case='uppercase'/>"
             "<name-part name='given' prefix='[' suffix=']'/></name>"),
         PARTS, "(BROOK) [Ida Rose de VAN] Jr."},
        {NAMES("<name prefix='&lt;' suffix='&gt;' font-style='italic'/>"), TWO,
         "&#60;<i>Ada Mary Quill</i>&#62;, &#60;<i>Ben Reed</i>&#62;"},
    };
    CHECK_ROWS(rows);
}

TEST(particles_stay_with_the_name_in_some_languages)
{
    struct locale french;
    struct bench b;

    bench_open(&b, NAMES("<name/>"), "", PARTS);
    french = *b.r.locale;
    french.language = "fr-FR";
    b.r.locale = &french;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Ida Rose de van\u00A0Brook Jr.");
    bench_close(&b);
}

TEST(particles_may_join)
{
    const struct row rows[] = {
        {NAMES("<name/>"), AUTHOR(PERSON("Zoe", "d'Orme")), "Zoe d’Orme"},
        {NAMES("<name/>"), AUTHOR(PERSON("Zoe", "de' Orme")), "Zoe de’ Orme"},
        {NAMES("<name/>"), AUTHOR(PERSON("Omar", "al-Nadir")), "Omar al-Nadir"},
        {"demote-non-dropping-particle='display-and-sort'|" NAMES(
             "<name name-as-sort-order='all'/>"),
         AUTHOR(PERSON("Omar", "al-Nadir")), "Nadir, Omar al-"},
    };
    CHECK_ROWS(rows);
}

TEST(groups_and_single_names_stay_as_they_are)
{
    const struct row rows[] = {
        {NAMES("<name name-as-sort-order='all' initialize-with='.'/>"),
         AUTHOR("{\"literal\":\"Quill Reading Group\"}"), "Quill Reading Group"},
        {NAMES("<name name-as-sort-order='all' initialize-with='.'/>"),
         AUTHOR("{\"given\":\"Rook\"}"), "Rook"},
        {NAMES("<name form='short'/>"), AUTHOR("{\"family\":\"Rook\"}"), "Rook"},
        {NAMES("<name><name-part name='family' text-case='uppercase' prefix='('/></name>"),
         AUTHOR("{\"literal\":\"Reed\"}"), "REED"},
        {NAMES("<name font-style='italic'><name-part name='family' font-style='italic'/></name>"),
         AUTHOR("{\"literal\":\"Reed\"}"), "<i>Reed</i>"},
    };
    CHECK_ROWS(rows);
}

TEST(scripts_that_put_the_family_first)
{
    const struct row rows[] = {
        {NAMES("<name name-as-sort-order='all' initialize-with='.'/>"),
         AUTHOR(PERSON("小梅", "林")), "林小梅"},
        {NAMES("<name form='short'/>"), AUTHOR(PERSON("小梅", "林")), "林"},
        {NAMES("<name name-as-sort-order='all'/>"), AUTHOR(PERSON("はな", "もり")), "もりはな"},
        {NAMES("<name/>"), AUTHOR(PERSON("Xiaomei", "林")), "林 Xiaomei"},
        {NAMES("<name initialize-with='.'/>"), AUTHOR(PERSON("小梅", "Quill")), "小梅 Quill"},
        {NAMES("<name/>"), AUTHOR(PERSON("Анна", "Рябова")), "Анна Рябова"},
        {NAMES("<name initialize-with='.'/>"), AUTHOR(PERSON("Анна Юрьевна", "Рябова")),
         "А.Ю. Рябова"},
        {NAMES("<name initialize-with='.'/>"), AUTHOR(PERSON("דנה", "לוי")), "ד. לוי"},
        {NAMES("<name/>"),
         AUTHOR("{\"family\":\"Lin\",\"given\":\"Xiaomei\",\"static-ordering\":true}"),
         "Lin Xiaomei"},
    };
    CHECK_ROWS(rows);
}

TEST(words_between_names_bring_their_spaces)
{
    const struct row rows[] = {
        {"<names variable='author'><name and='text' form='short'/></names>", TWO, "Quill和Reed"},
        {"<names variable='author'><name form='short' et-al-min='2' et-al-use-first='1'/></names>",
         TWO, "Quill等"},
    };
    check_rows(rows, 2,
               "<locale xml:lang='en'><terms><term name='and'>和</term>"
               "<term name='et-al'>等</term></terms></locale>");
}

/* Given names, and what becomes of them with ". ", "" and, not initialized, ".". */
static const struct {
    const char *given, *spaced, *bare, *kept;
} initials_of[] = {
    {"Ada", "A.", "A", "Ada"},
    {"Ada Mary", "A. M.", "AM", "Ada Mary"},
    {"Anne-Lise", "A.-L.", "A-L", "Anne-Lise"},
    {"Anne - Lise", "A.-L.", "A-L", "Anne-Lise"},
    {"Mei-ling", "M.", "M", "Mei-ling"},
    {"A.M.", "A. M.", "AM", "A.M."},
    {"A. M", "A. M.", "AM", "A.M."},
    {"AM", "A.", "A", "AM"},
    {"Ada M", "A. M.", "AM", "Ada M."},
    {"Th. A.", "Th. A.", "ThA", "Th.A."},
    {"Pedro de Luz", "P. de L.", "P de L", "Pedro de Luz"},
    {"CHristos", "Ch.", "Ch", "CHristos"},
    {"Øyvind Åse", "Ø. Å.", "ØÅ", "Øyvind Åse"},
    {"J-P", "J.-P.", "J-P", "J.-P."},
    {"<i>Ada</i> Mary", "<i>A.</i> M.", "<i>A</i>M", "<i>Ada</i> Mary"},
    {"Ada <i>Mary</i>", "A. <i>M.</i>", "A<i>M</i>", "Ada <i>Mary</i>"},
    {"Ada <b>Ma</b>ry", "A. <b>M.</b>", "A<b>M</b>", "Ada <b>Ma</b>ry"},
    {"A<sup>2</sup> M", "A.<sup></sup> M.", "A<sup></sup>M", "A.<sup>2</sup>M."},
    {"Ada 2", "A. 2", "A 2", "Ada 2"},
    {"A. & M.", "A. & M.", "A & M", "A. & M."},
    {"Ada, Mary", "A. M.", "AM", "Ada, Mary"},
    {"A., M.", "A. M.", "AM", "A. , M."},
    {"", "", "", ""},
    {"-", "", "", ""},
    {". .", "", "", ""},
    {"<", "<", "<", "<"},
    {"É́a", "É́.", "É́", "É́a"},
};

static void check_initials(const char *given, str with, bool initialize, const char *expected)
{
    struct initials initials = {with, initialize, true};
    buf out = {0};

    initials_add(&out, str_of(given), &initials);
    CHECK_TEXT(buf_text(&out), expected);
    buf_free(&out);
}

TEST(given_names_become_initials)
{
    for (size_t i = 0; i < sizeof initials_of / sizeof initials_of[0]; i++) {
        check_initials(initials_of[i].given, (str)STR(". "), true, initials_of[i].spaced);
        check_initials(initials_of[i].given, (str){"", 0}, true, initials_of[i].bare);
        check_initials(initials_of[i].given, (str)STR("."), false, initials_of[i].kept);
    }
}

TEST(any_text_gives_initials_that_are_text)
{
    static const char *const pieces[] = {"A",      "b", ".", "-", " ",      "<i>",
                                         "</i>",   "<", ">", "É", "\u00DF", "林",
                                         "\u0301", "'", ",", "1", "\u00A0", "Dž"};
    enum { PIECES = sizeof pieces / sizeof pieces[0], LENGTH = 12 };
    uint64_t seed = 88172645463325252U;
    buf given = {0}, out = {0};

    for (int round = 0; round < 20000; round++) {
        struct initials initials = {STR(". "), round & 1, round & 2};
        buf_clear(&given);
        buf_clear(&out);
        for (int i = 0; i < LENGTH; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            buf_add_text(&given, pieces[seed % PIECES]);
        }
        initials_add(&out, buf_str(&given), &initials);
        CHECK(utf8_valid(buf_str(&out), NULL));
        CHECK(out.length <= given.length * 3);
    }
    buf_free(&given);
    buf_free(&out);
}

TEST(spaces_that_do_not_break_part_initials_too)
{
    const struct row rows[] = {
        {NAMES("<name initialize-with='.&#160;' name-as-sort-order='all'/>"), TWO,
         "Quill, A.\u00A0M., Reed, B."},
        {NAMES("<name initialize-with='.  ' name-as-sort-order='all' sort-separator=',  '/>"), TWO,
         "Quill, A. M., Reed, B."},
    };
    CHECK_ROWS(rows);
}

TEST(hyphens_of_initials_can_be_left_out)
{
    const struct row rows[] = {
        {"initialize-with-hyphen='false'|" NAMES("<name initialize-with='.'/>"),
         AUTHOR(PERSON("Anne-Lise", "Quill")), "A.L. Quill"},
        {NAMES("<name initialize-with='.'/>"), AUTHOR(PERSON("Anne-Lise", "Quill")), "A.-L. Quill"},
    };
    CHECK_ROWS(rows);
}

#define EDITED(editors, translators)                                                               \
    "[{\"id\":\"1\",\"type\":\"book\",\"title\":\"Tide\",\"editor\":[" editors                     \
    "],\"translator\":[" translators "]}]"
#define QUILL PERSON("Ada", "Quill")
#define REED PERSON("Ben", "Reed")

TEST(roles_have_labels)
{
    const struct row rows[] = {
        {"<names variable='editor'><name/><label form='short' prefix=' (' suffix=')'/></names>",
         EDITED(QUILL, ""), "Ada Quill (ed.)"},
        {"<names variable='editor'><name/><label form='short' prefix=' (' suffix=')'/></names>",
         EDITED(QUILL "," REED, ""), "Ada Quill, Ben Reed (eds.)"},
        {"<names variable='editor'><label form='verb' suffix=' '/><name/></names>",
         EDITED(QUILL, ""), "edited by Ada Quill"},
        {"<names variable='editor translator' delimiter='; '><name form='short'/>"
         "<label form='short' prefix=' '/></names>",
         EDITED(QUILL, REED), "Quill ed.; Reed trans."},
        {"<names variable='translator editor' delimiter='; '><name form='short'/>"
         "<label form='short' prefix=' '/></names>",
         EDITED(QUILL "," REED, QUILL "," REED), "Quill, Reed eds. and trans."},
        {"<names variable='editor translator'><name form='count'/></names>",
         EDITED(QUILL "," REED, REED), "3"},
        {"names-delimiter=' / '|<names variable='editor translator'><name form='short'/></names>",
         EDITED(QUILL, REED), "Quill / Reed"},
    };
    CHECK_ROWS(rows);
}

TEST(absent_names_are_substituted)
{
    static const char macros[] =
        "<macro name='who'><names variable='translator'><name form='short'/></names></macro>"
        "<macro name='what'><choose><if variable='issued'><text value='dated'/></if><else>"
        "<text variable='title'/></else></choose></macro>";
    const struct row rows[] = {
        {"<names variable='author' prefix='*'><name name-as-sort-order='all'/>"
         "<label form='short' prefix=' '/><substitute><names variable='editor'/></substitute>"
         "</names><names variable='editor' prefix='again'/>",
         EDITED(QUILL, ""), "*Quill, Ada ed."},
        {"<names variable='author' prefix='*'><name name-as-sort-order='all'/><substitute>"
         "<names variable='editor'><name form='short'/></names></substitute></names>",
         EDITED(QUILL, ""), "Quill"},
        {"<names variable='author'><name/><substitute><names variable='editor'/>"
         "<text macro='who'/></substitute></names>",
         EDITED("", REED), "Reed"},
        {"<names variable='author'><name><name-part name='family' text-case='uppercase'/></name>"
         "<substitute><text macro='who'/></substitute></names><names variable='editor'/>",
         EDITED(QUILL, REED), "REEDAda Quill"},
        {"<names variable='author'><name/><substitute><text macro='what'/></substitute></names>"
         "<text variable='title' prefix=' again'/>",
         EDITED("", ""), "Tide"},
        {"<text variable='title'/><names variable='author' prefix=' '><name/><substitute>"
         "<text variable='publisher'/></substitute></names><text variable='title' prefix=' '/>",
         EDITED("", ""), "Tide Tide"},
        {"<group><text value='by '/><names variable='author'><name/><substitute>"
         "<names variable='editor'/></substitute></names></group><group><text value=' ed. '/>"
         "<names variable='editor'/></group>",
         EDITED(QUILL, ""), "by Ada Quill"},
        {"<group><text value='by '/><names variable='author'/></group>", EDITED(QUILL, ""), ""},
    };
    check_rows(rows, sizeof rows / sizeof rows[0], macros);
}

TEST(the_first_author_can_be_left_out_or_stand_alone)
{
    struct bench b;

    bench_open(&b, "<names variable='editor'/><text variable='title' prefix=', '/>", "",
               EDITED(QUILL, ""));
    b.r.suppress_author = true;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), ", Tide");
    b.r.suppress_author = false;
    b.r.author_only = true;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Ada Quill");
    bench_close(&b);
}

TEST(shapes_make_names_longer)
{
    static const uint8_t given[] = {GIVEN_FULL, GIVEN_INITIALS};
    struct name_extent extents[SHAPE_LISTS] = {{0}};
    struct bench b;

    bench_open(&b,
               NAMES("<name form='short' initialize-with='. ' et-al-min='3' "
                     "et-al-use-first='1'/>"),
               "", FOUR);
    b.r.extents = extents;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Quill et al.");
    CHECK(extents[0].total == 4 && extents[0].shown == 1);
    CHECK(extents[0].options->form == NAME_FORM_SHORT);
    CHECK(b.r.name_lists == 1);
    b.r.shape.lists[0] = (struct name_shape){.shown = 3, .count = 2, .given = given};
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Ada Mary Quill, B. Reed, Stone, et al.");
    CHECK(extents[0].shown == 3);
    b.r.shape.lists[0].shown = 99;
    CHECK_TEXT(bench_text(&b, render_layout(&b.r)), "Ada Mary Quill, B. Reed, Stone, Thorn");
    bench_close(&b);
}

TEST(parts_of_the_output_can_be_found)
{
    struct bench b;

    bench_open(&b,
               "<names variable='editor'><name et-al-min='3' et-al-use-first='2'/>"
               "<label form='short' prefix=' '/></names>",
               "", EDITED(QUILL "," REED "," QUILL, ""));
    struct output *tree = render_layout(&b.r);
    struct output *list = output_find(tree, ROLE_NAME_LIST);
    CHECK(output_find(tree, ROLE_NAMES) && list);
    CHECK_TEXT(bench_text(&b, output_find(tree, ROLE_NAME)), "Ada Quill");
    CHECK_TEXT(bench_text(&b, output_find(tree, ROLE_ET_AL)), "et al.");
    CHECK_TEXT(bench_text(&b, output_find(tree, ROLE_LABEL)), " eds.");
    unsigned names = 0;
    for (struct output *part = list->first; part; part = part->next)
        if (part->role == ROLE_NAME)
            CHECK(part->number == names++);
    CHECK(names == 2);
    bench_close(&b);
}

static const char *sort_key_of(struct bench *b, const struct sort_key *key)
{
    str text = render_sort_key(&b->r, key);

    buf_clear(&b->text);
    buf_add(&b->text, text);
    return buf_text(&b->text);
}

TEST(names_are_sorted_by_their_parts)
{
    static const struct {
        const char *attributes, *json, *expected;
    } rows[] = {
        {"demote-non-dropping-particle='never'|<text value=''/>", PARTS,
         "van Brook\tde\tIda Rose\tJr."},
        {"demote-non-dropping-particle='sort-only'|<text value=''/>", PARTS,
         "Brook\tde van\tIda Rose\tJr."},
        {"<text value=''/>", TWO, "Quill\t\tAda Mary\t\tReed\t\tBen"},
        {"<text value=''/>", AUTHOR("{\"literal\":\"The Reed Society\"}"), "Reed Society"},
        {"default-locale='sv'|<text value=''/>",
         "[{\"id\":\"1\",\"type\":\"book\",\"language\":\"sv\","
         "\"author\":[{\"literal\":\"An Reed\"}]}]",
         "An Reed"},
    };
    struct sort_key key = {.variable = VARIABLE_AUTHOR};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench b;
        bench_open(&b, rows[i].attributes, "", rows[i].json);
        CHECK_TEXT(sort_key_of(&b, &key), rows[i].expected);
        bench_close(&b);
    }
}

TEST(macros_are_sorted_by_with_their_own_cut)
{
    struct sort_key key = {0};
    struct bench b;

    bench_open(&b, "<text value=''/>",
               "<macro name='who'><names variable='author'><name form='short' and='text' "
               "et-al-min='2' et-al-use-first='1'/><label/></names></macro>",
               FOUR);
    key.macro = &b.style->macros[0];
    CHECK_TEXT(sort_key_of(&b, &key), "Quill");
    key.names.said = NAME_ET_AL_MIN | NAME_ET_AL_USE_FIRST;
    key.names.et_al_min = key.names.et_al_use_first = 3;
    CHECK_TEXT(sort_key_of(&b, &key), "Quill\t\tReed\t\tStone");
    bench_close(&b);
}

static size_t parts_of(const struct output *tree)
{
    size_t count = 1;

    for (const struct output *part = tree->first; part; part = part->next)
        count += parts_of(part);
    return count;
}

TEST(authors_that_are_not_shown_cost_nothing)
{
    buf json = {0};
    size_t parts[2];

    for (int large = 0; large < 2; large++) {
        struct bench b;
        buf_clear(&json);
        buf_add_text(&json, "[{\"id\":\"1\",\"type\":\"book\",\"author\":[" QUILL);
        for (int i = 1; i < (large ? 450 : 7); i++)
            buf_add_text(&json, "," REED);
        buf_add_text(&json, "]}]");
        bench_open(&b, NAMES("<name et-al-min='7' et-al-use-first='6'/>"), "", buf_text(&json));
        parts[large] = parts_of(render_layout(&b.r));
        bench_close(&b);
    }
    CHECK(parts[0] == parts[1]);
    buf_free(&json);
}
