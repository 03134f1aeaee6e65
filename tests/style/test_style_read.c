/* Reading styles: what their elements become, what is complained of, what is refused. */
#include "base/buf.h"
#include "check.h"
#include "style/tree.h"

#include <stdio.h>
#include <string.h>

#define STYLE_HEAD "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"note\""
#define INFO "<info><title>A title</title><id>an-id</id></info>"

static buf heard; /* "3 <text>: ...\n" for each complaint */

static void hear(void *context, const osler_error *complaint)
{
    (void)context;
    CHECK_TEXT(complaint->source, "test.csl");
    buf_printf(&heard, "%u %s\n", complaint->line, complaint->message);
}

static osler_status read_xml(struct style **out, const char *xml, osler_error *error)
{
    buf_clear(&heard);
    *error = (osler_error){0};
    return style_read(out, str_of(xml), "test.csl", hear, NULL, error);
}

/* A style with these parts, which must be readable; to be freed. */
static struct style *read_parts(const char *attributes, const char *parts)
{
    struct style *style;
    osler_error error;
    buf xml = {0};
    buf_printf(&xml, STYLE_HEAD " %s>" INFO "%s</style>", attributes, parts);
    CHECK(read_xml(&style, buf_text(&xml), &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    buf_free(&xml);
    return style;
}

/* The only node of the citation's layout. */
static struct style *read_layout(const char *layout, const struct node **node)
{
    buf parts = {0};
    buf_printf(&parts, "<citation><layout>%s</layout></citation>", layout);
    struct style *style = read_parts("", buf_text(&parts));
    CHECK(style->citation.layout.count == 1);
    *node = style->citation.layout.items[0];
    buf_free(&parts);
    return style;
}

static void check_str(str actual, const char *expected, int line)
{
    char text[200];
    snprintf(text, sizeof text, "%.*s", STR_ARG(actual));
    check_text(text, expected, __FILE__, line);
}

#define CHECK_STR(actual, expected) check_str((actual), (expected), __LINE__)
#define CHECK_HEARD(expected) CHECK_TEXT(buf_text(&heard), (expected))

static const char citation[] = "<citation><layout><text value=\"x\"/></layout></citation>";

TEST(a_style_has_its_options_and_their_defaults)
{
    struct style *style = read_parts("", citation);
    CHECK_TEXT(style->title, "A title");
    CHECK_TEXT(style->id, "an-id");
    CHECK(!style->title_short && !style->parent_id && !style->default_locale);
    CHECK(style->is_note && style->initialize_with_hyphen);
    CHECK(style->page_range_format == PAGE_RANGE_NONE);
    CHECK(style->demote_particle == DEMOTE_DISPLAY_AND_SORT);
    CHECK(style->citation.present && !style->bibliography.present);
    CHECK(style->names.said == 0);
    style_free(style);

    style = read_parts("default-locale=\"de-AT\" initialize-with-hyphen=\"false\" "
                       "page-range-format=\"chicago\" demote-non-dropping-particle=\"never\" "
                       "initialize-with=\"\" names-delimiter=\" / \" name-form=\"short\"",
                       citation);
    CHECK_TEXT(style->default_locale, "de-AT");
    CHECK(!style->initialize_with_hyphen);
    CHECK(style->page_range_format == PAGE_RANGE_CHICAGO_15);
    CHECK(style->demote_particle == DEMOTE_NEVER);
    CHECK(style->names.said == (NAME_INITIALIZE_WITH | NAMES_DELIMITER | NAME_FORM));
    CHECK(style->names.initialize_with.length == 0);
    CHECK_STR(style->names.names_delimiter, " / ");
    CHECK(style->names.form == NAME_FORM_SHORT);
    CHECK_HEARD("");
    style_free(style);
}

TEST(an_empty_title_and_id_are_no_fault)
{
    struct style *style;
    osler_error error;
    buf xml = {0};
    buf_printf(&xml, "\n" STYLE_HEAD "><info><title/><id/><summary/></info>%s</style>", citation);
    CHECK(read_xml(&style, buf_text(&xml), &error) == OSLER_OK);
    CHECK(style && !style->title && !style->id);
    CHECK_HEARD("");
    style_free(style);
    buf_free(&xml);
}

TEST(the_citation_has_its_options)
{
    struct style *style =
        read_parts("", "<citation collapse=\"year-suffix\" disambiguate-add-names=\"true\" "
                       "givenname-disambiguation-rule=\"primary-name\" et-al-min=\"3 \" "
                       "et-al-use-first=\"1\" near-note-distance=\"7\">"
                       "<sort><key variable=\"issued\" sort=\"descending\"/>"
                       "<key macro=\"m\" names-min=\"3\" names-use-first=\"2\"/></sort>"
                       "<layout prefix=\" (\" suffix=\")\" delimiter=\"; \">"
                       "<text variable=\"title\"/></layout></citation>"
                       "<macro name=\"m\"><text variable=\"title\"/></macro>");
    const struct area *area = &style->citation;
    CHECK(area->add_names && !area->add_givenname && !area->add_year_suffix);
    CHECK(area->givenname_rule == GIVENNAME_PRIMARY_NAME);
    CHECK(area->collapse == COLLAPSE_YEAR_SUFFIX && area->has_cite_group_delimiter);
    CHECK_STR(area->cite_group_delimiter, "; "); /* a note style; else ", " */
    CHECK_STR(area->year_suffix_delimiter, "; ");
    CHECK_STR(area->after_collapse_delimiter, "; ");
    CHECK_STR(area->look.prefix, " (");
    CHECK(area->near_note_distance == 7);
    CHECK(area->names.said == (NAME_ET_AL_MIN | NAME_ET_AL_USE_FIRST));
    CHECK(area->names.et_al_min == 3 && area->names.et_al_use_first == 1);
    CHECK(area->key_count == 2);
    CHECK(area->keys[0].variable == VARIABLE_ISSUED && area->keys[0].descending);
    CHECK(area->keys[1].macro == &style->macros[0] && !area->keys[1].descending);
    CHECK(area->keys[1].names.et_al_min == 3 && area->keys[1].names.et_al_use_first == 2);
    CHECK_HEARD("");
    style_free(style);
}

TEST(the_bibliography_has_its_options)
{
    struct style *style =
        read_parts("", "<citation><layout/></citation>"
                       "<bibliography hanging-indent=\"true\" second-field-align=\"margin\" "
                       "entry-spacing=\"0\" subsequent-author-substitute=\"\" "
                       "subsequent-author-substitute-rule=\"partial-each\"><layout>"
                       "<text variable=\"title\"/></layout></bibliography>");
    const struct area *area = &style->bibliography;
    CHECK(area->present && area->hanging_indent && area->has_substitute);
    CHECK(area->second_field_align == ALIGN_FIELD_MARGIN);
    CHECK(area->line_spacing == 1 && area->entry_spacing == 0);
    CHECK(area->subsequent_rule == SUBSTITUTE_PARTIAL_EACH);
    CHECK(area->subsequent_author_substitute.length == 0);
    CHECK_HEARD("1 <layout>: empty; expected rendering elements\n");
    style_free(style);
}

TEST(references_of_xml_are_undone_in_values)
{
    const struct node *node;
    struct style *style = read_layout(
        "<text value=\"x\" prefix=\"&amp;#8212; &#8212;&quot;&#x1F600;\" suffix=\"&#10;\"/>",
        &node);
    CHECK_STR(node->look.prefix, "\xe2\x80\x94 \xe2\x80\x94\"\xf0\x9f\x98\x80");
    CHECK_STR(node->look.suffix, "\n");
    style_free(style);
}

TEST(a_text_is_a_variable_a_term_or_a_value)
{
    const struct node *node;
    struct style *style = read_layout("<text variable=\"container-title\" form=\"short\" "
                                      "quotes=\"true\" strip-periods=\"true\" "
                                      "text-case=\"title\" font-style=\"italic\" prefix=\" \"/>",
                                      &node);
    CHECK(node->kind == NODE_TEXT_VARIABLE && node->variable == VARIABLE_CONTAINER_TITLE);
    CHECK(node->form == 1 && node->look.quotes && node->look.strip_periods);
    CHECK(node->look.text_case == CASE_TITLE);
    CHECK(node->look.formatting.font_style == FONT_STYLE_ITALIC);
    CHECK_STR(node->look.prefix, " ");
    style_free(style);
    style = read_layout("<text term=\"sub verbo\" form=\"verb-short\" plural=\"true\"/>", &node);
    CHECK(node->kind == NODE_TEXT_TERM && node->term == TERM_SUB_VERBO);
    CHECK(node->form == FORM_VERB_SHORT && node->plural == 1);
    style_free(style);
    style = read_layout("<text value=\" a &amp; &lt;b&gt; \"/>", &node);
    CHECK(node->kind == NODE_TEXT_VALUE);
    CHECK_STR(node->value, " a & <b> ");
    CHECK_HEARD("");
    style_free(style);
}

TEST(dates_numbers_and_labels)
{
    const struct node *node;
    struct style *style =
        read_layout("<date variable=\"issued\" form=\"text\" date-parts=\"year-month\">"
                    "<date-part name=\"month\" form=\"short\" range-delimiter=\"/\"/>"
                    "<date-part name=\"day\" form=\"ordinal\"/><date-part name=\"year\"/></date>",
                    &node);
    CHECK(node->kind == NODE_DATE && node->date->variable == VARIABLE_ISSUED);
    CHECK(node->date->form == DATE_TEXT && node->date->precision == DATE_PARTS_YEAR_MONTH);
    CHECK(node->date->parts.count == 3);
    CHECK(node->date->parts.items[0].name == DATE_PART_MONTH);
    CHECK(node->date->parts.items[0].form == DATE_FORM_SHORT);
    CHECK_STR(node->date->parts.items[0].range_delimiter, "/");
    CHECK(node->date->parts.items[1].form == DATE_FORM_ORDINAL);
    CHECK(node->date->parts.items[2].form == DATE_FORM_DEFAULT);
    style_free(style);
    style = read_layout("<number variable=\"edition\" form=\"long-ordinal\"/>", &node);
    CHECK(node->kind == NODE_NUMBER && node->variable == VARIABLE_EDITION);
    CHECK(node->form == NUMBER_LONG_ORDINAL);
    style_free(style);
    style = read_layout("<label variable=\"locator\" form=\"symbol\" plural=\"never\"/>", &node);
    CHECK(node->kind == NODE_LABEL && node->variable == VARIABLE_LOCATOR);
    CHECK(node->form == FORM_SYMBOL && node->plural == PLURAL_NEVER);
    CHECK_HEARD("");
    style_free(style);
}

TEST(names_have_their_parts)
{
    const struct node *node;
    struct style *style = read_layout(
        "<names variable=\"editor  translator\" delimiter=\"; \"><label form=\"short\"/>"
        "<name and=\"symbol\" delimiter=\" | \" initialize=\"false\" form=\"count\" "
        "name-as-sort-order=\"all\" delimiter-precedes-last=\"never\" prefix=\"(\">"
        "<name-part name=\"family\" text-case=\"uppercase\"/></name>"
        "<et-al term=\"and others\" font-style=\"italic\"/>"
        "<substitute><names variable=\"author\"/><text variable=\"title\"/></substitute></names>",
        &node);
    const struct names_node *names = node->names;
    CHECK(node->kind == NODE_NAMES && names->variable_count == 2);
    CHECK(names->variables[0] == VARIABLE_EDITOR && names->variables[1] == VARIABLE_TRANSLATOR);
    CHECK(names->has_name && names->has_et_al && names->label_first);
    CHECK(names->options.said ==
          (NAME_AND | NAME_DELIMITER | NAME_INITIALIZE | NAME_FORM | NAME_AS_SORT_ORDER |
           NAME_DELIMITER_PRECEDES_LAST | NAMES_DELIMITER));
    CHECK(names->options.name_and == AND_SYMBOL && !names->options.initialize);
    CHECK(names->options.form == NAME_FORM_COUNT);
    CHECK(names->options.as_sort_order == SORT_ORDER_ALL);
    CHECK(names->options.delimiter_precedes_last == PRECEDES_NEVER);
    CHECK_STR(names->options.delimiter, " | ");
    CHECK_STR(names->options.names_delimiter, "; ");
    CHECK(names->family.text_case == CASE_UPPER && names->given.text_case == CASE_NONE);
    CHECK_STR(names->name_look.prefix, "(");
    CHECK(names->et_al_term == TERM_AND_OTHERS);
    CHECK(names->et_al.formatting.font_style == FONT_STYLE_ITALIC);
    CHECK(names->label && names->label->form == FORM_SHORT);
    CHECK(names->substitute.count == 2);
    CHECK(!names->substitute.items[0]->names->has_name);
    CHECK(names->substitute.items[0]->names->options.said == 0);
    CHECK_HEARD("");
    style_free(style);
}

TEST(conditions_are_one_list)
{
    const struct node *node;
    struct style *style =
        read_layout("<choose><if type=\"book thesis\" position=\"ibid-with-locator\" match=\"any\">"
                    "<text value=\"a\"/></if>"
                    "<else-if locator=\"sub-verbo\" is-numeric=\"volume\" disambiguate=\"true\"/>"
                    "<else-if is-uncertain-date=\"issued\" variable=\"DOI\" match=\"none\"/>"
                    "<else><text value=\"b\"/><text value=\"c\"/></else></choose>",
                    &node);
    static const struct condition first[] = {{CONDITION_TYPE, TYPE_BOOK},
                                             {CONDITION_TYPE, TYPE_THESIS},
                                             {CONDITION_POSITION, POSITION_IBID_WITH_LOCATOR}};
    CHECK(node->kind == NODE_CHOOSE && node->branch_count == 4);
    const struct branch *branches = node->branches;
    CHECK(branches[0].match == MATCH_ANY && branches[0].count == 3);
    for (unsigned i = 0; i < 3; i++)
        CHECK(branches[0].conditions[i].kind == first[i].kind &&
              branches[0].conditions[i].value == first[i].value);
    CHECK(branches[1].match == MATCH_ALL && branches[1].count == 3);
    CHECK(branches[1].conditions[0].kind == CONDITION_DISAMBIGUATE);
    CHECK(branches[1].conditions[0].value == 1);
    CHECK(branches[2].match == MATCH_NONE && branches[2].count == 2);
    CHECK(branches[3].count == 0 && branches[3].children.count == 2);
    CHECK_HEARD("");
    style_free(style);
}

TEST(macros_are_resolved_wherever_they_stand)
{
    struct style *style =
        read_parts("", "<macro name=\"a\"><text macro=\"b\"/><text value=\"1\"/></macro>"
                       "<citation><layout><text macro=\"a\" suffix=\".\"/></layout></citation>"
                       "<macro name=\"b\"><group><text value=\"2\"/></group></macro>");
    const struct node *call = style->citation.layout.items[0];
    CHECK(style->macro_count == 2);
    CHECK(call->kind == NODE_TEXT_MACRO && call->macro == &style->macros[0]);
    CHECK(call->children.count == 2 && call->children.items == style->macros[0].children.items);
    CHECK(call->children.items[0]->macro == &style->macros[1]);
    CHECK(call->children.items[0]->children.items[0]->kind == NODE_GROUP);
    CHECK_HEARD("");
    style_free(style);
}

TEST(a_macro_that_is_not_there_renders_nothing)
{
    struct style *style =
        read_parts("", "\n<citation><sort><key macro=\"no\"/></sort><layout>\n"
                       "<text macro=\"nothing\"/><text value=\"x\"/></layout></citation>");
    CHECK(style->citation.layout.count == 1 && style->citation.key_count == 0);
    CHECK_HEARD("3 <text>: there is no macro \"nothing\"\n2 <key>: there is no macro \"no\"\n");
    style_free(style);
}

TEST(of_two_macros_of_a_name_the_first_is_used)
{
    struct style *style =
        read_parts("", "<macro name=\"m\"><text value=\"1\"/></macro>\n"
                       "<macro name=\"m\"><text value=\"2\"/></macro>"
                       "<citation><layout><text macro=\"m\"/></layout></citation>");
    CHECK_STR(style->citation.layout.items[0]->children.items[0]->value, "1");
    CHECK_HEARD("2 <macro>: a second macro \"m\"; the one of line 1 is used\n");
    style_free(style);
}

TEST(what_is_unknown_is_said_and_passed_over)
{
    static const struct {
        const char *part, *expected;
    } rows[] = {
        {"<zoom><text value=\"y\"/></zoom>",
         "<layout>: unknown element <zoom>; expected text, date, number, names, label, group, "
         "choose"},
        {"<number variable=\"edition\" foo=\"1\"/>",
         "<number>: unknown attribute foo; expected font-style, font-variant, font-weight, "
         "text-decoration, vertical-align, prefix, suffix, display, text-case, variable, form"},
        {"<text value=\"y\" font-style=\"italc\"/>",
         "<text>: unknown value \"italc\" of font-style; expected normal, italic or oblique"},
        {"<text variable=\"titel\"/>", "<text>: unknown variable \"titel\""},
        {"<text term=\"zork\"/>", "<text>: unknown term \"zork\""},
        {"<text/>", "<text>: expected variable, macro, term or value"},
        {"<date variable=\"title\"/>", "<date>: \"title\" is no date variable"},
        {"<names variable=\"issued\"/>", "<names>: \"issued\" is no name variable"},
        {"<label form=\"short\"/>", "<label>: no attribute variable; expected one"},
        {"<date variable=\"issued\"><date-part name=\"day\" form=\"long\"/></date>",
         "<date-part>: unknown value \"long\" of form; expected numeric, numeric-leading-zeros or "
         "ordinal"},
        {"<choose><if type=\"bok\"/></choose>", "<if>: unknown value \"bok\" of type"},
        {"<choose><if match=\"any\"/></choose>", "<if>: no condition; expected one"},
        {"<group>stray</group>", "<group>: text \"stray\", where none is expected"},
        {"<x:text xmlns:x=\"urn:other\"/>",
         "element <text> of the namespace urn:other; expected http://purl.org/net/xbiblio/csl"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf parts = {0}, expected = {0};
        buf_printf(&parts, "<citation><layout><text value=\"1\"/>\n%s</layout></citation>",
                   rows[i].part);
        struct style *style = read_parts("", buf_text(&parts));
        buf_printf(&expected, "2 %s\n", rows[i].expected);
        CHECK_HEARD(buf_text(&expected));
        style_free(style);
        buf_free(&parts);
        buf_free(&expected);
    }
}

TEST(an_unknown_condition_never_holds)
{
    const struct node *node;
    struct style *style = read_layout("<choose><if type=\"bok\"/><else-if subject=\"x\"/>"
                                      "<else-if position=\"last\"/></choose>",
                                      &node);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(node->branches[i].count == 1);
        CHECK(node->branches[i].conditions[0].kind == CONDITION_TYPE);
        CHECK(node->branches[i].conditions[0].value == TYPE_COUNT);
    }
    style_free(style);
}

TEST(an_unknown_variable_is_an_absent_one)
{
    const struct node *node;
    struct style *style =
        read_layout("<group><text value=\"x\"/><text variable=\"nope\"/></group>", &node);
    CHECK(node->children.count == 2);
    CHECK(node->children.items[1]->kind == NODE_TEXT_VARIABLE);
    CHECK(node->children.items[1]->variable == VARIABLE_NONE);
    style_free(style);
}

TEST(a_dependent_style_names_its_parent)
{
    struct style *style;
    osler_error error;
    CHECK(read_xml(&style,
                   "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" "
                   "default-locale=\"en-GB\"><info><title>T</title><id>i</id>"
                   "<link href=\"http://x/styles/parent\" rel=\"independent-parent\"/></info>"
                   "</style>",
                   &error) == OSLER_OK);
    CHECK_TEXT(style->parent_id, "http://x/styles/parent");
    CHECK_TEXT(style->default_locale, "en-GB");
    CHECK_HEARD("");
    style_free(style);
}

static void check_refused(const char *xml, osler_status status, unsigned line, const char *message)
{
    struct style *style;
    osler_error error;
    CHECK(read_xml(&style, xml, &error) == status);
    CHECK(!style);
    CHECK(error.line == line);
    CHECK_TEXT(error.message, message);
    CHECK_TEXT(error.source, "test.csl");
    style_free(style);
}

TEST(what_is_no_style_is_refused)
{
    check_refused("", OSLER_EINPUT, 0, "empty; expected <style>");
    check_refused("\n<locale xmlns=\"http://purl.org/net/xbiblio/csl\"/>", OSLER_EINPUT, 2,
                  "the root element is <locale>; expected <style>");
    check_refused("<style xmlns=\"urn:x\"/>", OSLER_EINPUT, 1,
                  "<style> is of the namespace urn:x; expected http://purl.org/net/xbiblio/csl");
    check_refused("<!DOCTYPE style SYSTEM \"http://x/y.dtd\"><style/>", OSLER_EINPUT, 1,
                  "a document type declaration; expected none");
    check_refused("<!DOCTYPE style [<!ENTITY a \"b\">]><style>&a;</style>", OSLER_EINPUT, 1,
                  "a document type declaration; expected none");
    check_refused("<style>\n&a;</style>", OSLER_EINPUT, 2, "malformed XML: Entity 'a' not defined");
    check_refused(STYLE_HEAD ">\n" INFO "</style>", OSLER_EINPUT, 1,
                  "<style>: neither <citation> nor <bibliography>; expected <citation>");
    struct style *style;
    osler_error error;
    CHECK(read_xml(&style, "{\"style\": 1}", &error) == OSLER_EINPUT);
    CHECK(strncmp(error.message, "malformed XML: ", 15) == 0);
}

TEST(macros_that_call_themselves_are_refused)
{
    check_refused(STYLE_HEAD ">" INFO "\n<macro name=\"a\"><text macro=\"b\"/></macro>\n"
                             "<macro name=\"b\"><group>\n<text macro=\"a\"/></group></macro>"
                             "<citation><layout><text macro=\"a\"/></layout></citation></style>",
                  OSLER_EINPUT, 4,
                  "the macro \"a\" (line 2) calls itself, at last here; expected an end");
    check_refused(STYLE_HEAD ">" INFO "<macro name=\"self\">\n<names variable=\"author\">"
                             "<substitute><text macro=\"self\"/></substitute></names></macro>"
                             "<citation><layout/></citation></style>",
                  OSLER_EINPUT, 2,
                  "the macro \"self\" (line 1) calls itself, at last here; expected an end");
}

TEST(a_style_that_would_grow_without_measure_is_refused)
{
    struct style *style;
    osler_error error;
    buf xml = {0};
    buf_printf(&xml, STYLE_HEAD ">" INFO);
    for (int i = 0; i < 40; i++) /* each calls the next twice: 2^40 elements */
        buf_printf(&xml, "<macro name=\"m%d\"><text macro=\"m%d\"/><text macro=\"m%d\"/></macro>",
                   i, i + 1, i + 1);
    buf_printf(&xml, "<macro name=\"m40\"><text value=\"x\"/></macro>%s</style>", citation);
    CHECK(read_xml(&style, buf_text(&xml), &error) == OSLER_ELIMIT);
    CHECK(strstr(error.message, "there would be more than"));

    buf_clear(&xml);
    buf_printf(&xml, STYLE_HEAD ">" INFO);
    for (int i = 0; i < 1000; i++) /* a long chain of calls */
        buf_printf(&xml, "<macro name=\"m%d\"><text macro=\"m%d\"/></macro>", i, i + 1);
    buf_printf(&xml, "<macro name=\"m1000\"><text value=\"x\"/></macro>%s</style>", citation);
    CHECK(read_xml(&style, buf_text(&xml), &error) == OSLER_ELIMIT);
    CHECK(strstr(error.message, "nests elements deeper than"));

    buf_clear(&xml);
    buf_printf(&xml, STYLE_HEAD ">" INFO "<citation><layout>");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&xml, "<group>");
    CHECK(read_xml(&style, buf_text(&xml), &error) == OSLER_ELIMIT);
    CHECK(strstr(error.message, "nested deeper than"));
    buf_free(&xml);
}

TEST(a_style_is_read_without_anyone_to_hear_complaints)
{
    struct style *style;
    osler_error error = {0};
    str xml = STR(STYLE_HEAD ">" INFO "<citation><layout><zoom/></layout></citation></style>");
    CHECK(style_read(&style, xml, "x", NULL, NULL, &error) == OSLER_OK);
    style_free(style);
    style_free(NULL);
    buf_free(&heard);
}
