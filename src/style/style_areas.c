/* Reading cs:citation and cs:bibliography: their options, sorting and layout. */
#include "style/style_reader.h"

static void read_key(struct style_reader *r, const struct element *element, struct area *out)
{
    struct sort_key key = {0};
    const str *name = element_attribute(element, ATTRIBUTE_MACRO);
    if (name) {
        key.macro = call_macro(r, element, *name, NULL);
    } else {
        name = element_attribute(element, ATTRIBUTE_VARIABLE);
        key.variable = name ? variable_of(str_trim(*name)) : VARIABLE_NONE;
        if (!name)
            csl_complain(&r->complaints, element->line, "<key>: expected variable or macro");
        else if (key.variable == VARIABLE_NONE)
            csl_complain(&r->complaints, element->line, "<key>: unknown variable \"%.60s\"",
                         name->data);
    }
    if (!key.macro && key.variable == VARIABLE_NONE)
        return;
    key.descending =
        value_choice(&r->complaints, element, ATTRIBUTE_SORT, "ascending|descending") == 2;
    value_name_options(&r->complaints, element, &key.names);
    struct sort_key *place = arena_append(r->memory, &out->keys, &out->key_count, sizeof *place);
    *place = key;
}

static void read_citation_options(struct style_reader *r, const struct element *element,
                                  struct area *out)
{
    const struct complaints *c = &r->complaints;
    unsigned rule = value_choice(c, element, ATTRIBUTE_GIVENNAME_DISAMBIGUATION_RULE,
                                 "by-cite|all-names|all-names-with-initials|primary-name|"
                                 "primary-name-with-initials");
    out->add_names = value_flag(c, element, ATTRIBUTE_DISAMBIGUATE_ADD_NAMES, false);
    out->add_givenname = value_flag(c, element, ATTRIBUTE_DISAMBIGUATE_ADD_GIVENNAME, false);
    out->add_year_suffix = value_flag(c, element, ATTRIBUTE_DISAMBIGUATE_ADD_YEAR_SUFFIX, false);
    out->givenname_rule = (uint8_t)(rule ? rule - 1 : GIVENNAME_BY_CITE);
    out->collapse = (uint8_t)value_choice(c, element, ATTRIBUTE_COLLAPSE,
                                          "citation-number|year|year-suffix|year-suffix-ranged");
    out->near_note_distance = 5;
    value_number(c, element, ATTRIBUTE_NEAR_NOTE_DISTANCE, &out->near_note_distance);

    const str *delimiter = element_attribute(element, ATTRIBUTE_CITE_GROUP_DELIMITER);
    out->has_cite_group_delimiter = delimiter || out->collapse >= COLLAPSE_YEAR;
    str usual = r->style->is_note ? out->look.delimiter : (str)STR(", ");
    out->cite_group_delimiter = delimiter ? *delimiter : usual;
    usual = delimiter ? *delimiter : out->look.delimiter;
    delimiter = element_attribute(element, ATTRIBUTE_YEAR_SUFFIX_DELIMITER);
    out->year_suffix_delimiter = delimiter ? *delimiter : usual;
    delimiter = element_attribute(element, ATTRIBUTE_AFTER_COLLAPSE_DELIMITER);
    out->has_after_collapse_delimiter = delimiter != NULL;
    out->after_collapse_delimiter = delimiter ? *delimiter : out->look.delimiter;
}

static void read_bibliography_options(struct style_reader *r, const struct element *element,
                                      struct area *out)
{
    const struct complaints *c = &r->complaints;
    unsigned rule = value_choice(c, element, ATTRIBUTE_SUBSEQUENT_AUTHOR_SUBSTITUTE_RULE,
                                 "complete-all|complete-each|partial-each|partial-first");
    const str *substitute = element_attribute(element, ATTRIBUTE_SUBSEQUENT_AUTHOR_SUBSTITUTE);
    out->hanging_indent = value_flag(c, element, ATTRIBUTE_HANGING_INDENT, false);
    out->second_field_align =
        (uint8_t)value_choice(c, element, ATTRIBUTE_SECOND_FIELD_ALIGN, "flush|margin");
    out->line_spacing = out->entry_spacing = 1;
    value_number(c, element, ATTRIBUTE_LINE_SPACING, &out->line_spacing);
    value_number(c, element, ATTRIBUTE_ENTRY_SPACING, &out->entry_spacing);
    out->has_substitute = substitute != NULL;
    out->subsequent_author_substitute = substitute ? *substitute : (str){0};
    out->subsequent_rule = (uint8_t)(rule ? rule - 1 : SUBSTITUTE_COMPLETE_ALL);
}

void read_area(struct style_reader *r, const struct element *element, struct area *out)
{
    const struct element *layout = element_child(element, ELEMENT_LAYOUT);
    const struct element *sort = element_child(element, ELEMENT_SORT);
    *out = (struct area){.present = layout != NULL};
    r->caller = (unsigned)r->macro_count;
    value_name_options(&r->complaints, element, &out->names);
    if (layout) {
        value_look(&r->complaints, layout, &out->look);
        read_nodes(r, layout, &out->layout);
        if (!layout->first)
            csl_complain(&r->complaints, layout->line,
                         "<layout>: empty; expected rendering elements");
    } else {
        csl_complain(&r->complaints, element->line, "<%s>: no <layout>; expected one",
                     element_name(element));
    }
    for (const struct element *key = sort ? sort->first : NULL; key; key = key->next)
        read_key(r, key, out);
    if (element->name == ELEMENT_CITATION)
        read_citation_options(r, element, out);
    else
        read_bibliography_options(r, element, out);
}
