/* cs:choose: every test, with several values and every way to match. */
#include "check.h"
#include "memory_scene.h"

static const char article[] =
    "{\"id\":\"a\",\"type\":\"article-journal\",\"title\":\"T\",\"volume\":\"12\",\"issue\":\"S2\","
    "\"edition\":\"second\",\"page\":\"1-4\",\"author\":[{\"family\":\"Doe\"}],"
    "\"issued\":{\"date-parts\":[[2001]],\"circa\":true},\"accessed\":{\"date-parts\":[[2002]]}}";

/* True when <if ATTRIBUTES> holds for the cite that `scene` is (NULL: a plain one). */
static bool holds(const char *attributes, void (*change)(struct render *))
{
    struct scene scene;
    buf layout = {0};

    buf_printf(&layout,
               "<choose><if %s><text value='yes'/></if><else><text value='no'/></else></choose>",
               attributes);
    scene_open(&scene, "", buf_text(&layout), article);
    if (change)
        change(&scene.r);
    bool yes = strcmp(scene_html(&scene), "yes") == 0;
    scene_close(&scene);
    buf_free(&layout);
    return yes;
}

TEST(types)
{
    CHECK(holds("type='article-journal'", NULL));
    CHECK(!holds("type='book'", NULL));
    CHECK(holds("type='book article-journal' match='any'", NULL));
    CHECK(holds("type='book article-journal'", NULL)); /* no item has two */
    CHECK(!holds("type='book article-journal' variable='DOI'", NULL));
    CHECK(!holds("type='book thesis' variable='title'", NULL));
    CHECK(holds("type='book thesis' match='none'", NULL));
    CHECK(!holds("type='book article-journal' match='none'", NULL));
    CHECK(!holds("type='no-such-type'", NULL));
}

TEST(variables)
{
    CHECK(holds("variable='title author issued'", NULL));
    CHECK(!holds("variable='title editor'", NULL));
    CHECK(holds("variable='title editor' match='any'", NULL));
    CHECK(holds("variable='editor DOI' match='none'", NULL));
    CHECK(!holds("variable='locator'", NULL));
    CHECK(!holds("variable='title-short'", NULL));
}

TEST(several_tests_in_one_condition)
{
    CHECK(holds("type='article-journal' variable='title'", NULL));
    CHECK(!holds("type='article-journal' variable='DOI'", NULL));
    CHECK(holds("type='article-journal' variable='DOI' match='any'", NULL));
    CHECK(!holds("type='article-journal' variable='DOI' match='none'", NULL));
}

TEST(numbers)
{
    CHECK(holds("is-numeric='volume'", NULL));
    CHECK(holds("is-numeric='issue'", NULL));
    CHECK(!holds("is-numeric='edition'", NULL));
    CHECK(!holds("is-numeric='number'", NULL));
    CHECK(!holds("is-numeric='volume edition'", NULL));
    CHECK(holds("is-numeric='volume edition' match='any'", NULL));
}

TEST(uncertain_dates)
{
    CHECK(holds("is-uncertain-date='issued'", NULL));
    CHECK(!holds("is-uncertain-date='accessed'", NULL));
    CHECK(!holds("is-uncertain-date='submitted'", NULL));
}

static void at_section_3(struct render *r)
{
    r->locator = (str)STR("3");
    r->locator_label = TERM_SECTION;
}

static void at_sub_verbo(struct render *r)
{
    r->locator = (str)STR("dolor");
    r->locator_label = TERM_SUB_VERBO;
}

TEST(locators)
{
    CHECK(holds("locator='section'", at_section_3));
    CHECK(holds("locator='page section' match='any'", at_section_3));
    CHECK(!holds("locator='page'", at_section_3));
    CHECK(!holds("locator='page section'", at_section_3));
    CHECK(holds("locator='sub-verbo'", at_sub_verbo));
    CHECK(!holds("locator='page'", NULL));
    CHECK(holds("variable='locator'", at_section_3));
    CHECK(holds("is-numeric='locator'", at_section_3));
    CHECK(!holds("is-numeric='locator'", at_sub_verbo));
}

static void subsequent(struct render *r)
{
    r->position = POSITION_SUBSEQUENT;
}

static void near(struct render *r)
{
    r->position = POSITION_SUBSEQUENT;
    r->near_note = true;
}

static void ibid(struct render *r)
{
    r->position = POSITION_IBID;
}

static void ibid_with_locator(struct render *r)
{
    r->position = POSITION_IBID_WITH_LOCATOR;
}

static void in_bibliography(struct render *r)
{
    r->area = &r->style->bibliography;
}

TEST(positions)
{
    CHECK(holds("position='first'", NULL));
    CHECK(!holds("position='subsequent'", NULL));
    CHECK(holds("position='subsequent'", subsequent));
    CHECK(!holds("position='ibid'", subsequent));
    CHECK(!holds("position='near-note'", subsequent));
    CHECK(holds("position='near-note'", near));
    CHECK(holds("position='ibid'", ibid) && holds("position='subsequent'", ibid));
    CHECK(!holds("position='ibid-with-locator'", ibid));
    CHECK(holds("position='ibid-with-locator'", ibid_with_locator));
    CHECK(holds("position='ibid'", ibid_with_locator));
    CHECK(holds("position='subsequent'", ibid_with_locator));
    CHECK(!holds("position='first'", in_bibliography));
    CHECK(holds("position='first' match='none'", in_bibliography));
}

static void told_apart(struct render *r)
{
    r->shape.condition = true;
}

TEST(disambiguation)
{
    CHECK(!holds("disambiguate='true'", NULL));
    CHECK(holds("disambiguate='true'", told_apart));
}

TEST(the_first_branch_that_holds)
{
    static const char layout[] =
        "<choose><if type='book'><text value='1'/></if><else-if variable='title'><text value='2'/>"
        "</else-if><else-if type='article-journal'><text value='3'/></else-if></choose>";

    CHECK_TEXT(rendered(layout, article), "2");
    CHECK_TEXT(rendered(layout, "{\"id\":\"x\",\"type\":\"report\"}"), "");
}
