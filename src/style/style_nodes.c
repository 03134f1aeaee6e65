/* Reading the rendering elements of a style: text, date, number, names, label, group, choose. */
#include "style/style_reader.h"

static enum variable look_up_variable(struct style_reader *r, const struct element *element,
                                      str name)
{
    enum variable variable = variable_of(name);
    if (variable == VARIABLE_NONE) {
        str shown = str_part(name, 0, 60);
        csl_complain(&r->complaints, element->line, "<%s>: unknown variable \"%.*s\"",
                     element_name(element), STR_ARG(shown));
    }
    return variable;
}

static const char *const kind_names[] = {
    [VARIABLE_KIND_NONE] = "",         [VARIABLE_KIND_TEXT] = "text",
    [VARIABLE_KIND_NUMBER] = "number", [VARIABLE_KIND_DATE] = "date",
    [VARIABLE_KIND_NAMES] = "name",
};

/* The variable of that attribute, which must be of `kind`; VARIABLE_NONE after a complaint. */
static enum variable read_variable(struct style_reader *r, const struct element *element,
                                   enum variable_kind kind)
{
    const str *name = value_required(&r->complaints, element, ATTRIBUTE_VARIABLE);
    enum variable variable = name ? look_up_variable(r, element, str_trim(*name)) : VARIABLE_NONE;
    if (variable == VARIABLE_NONE || variable_kind(variable) == kind)
        return variable;
    csl_complain(&r->complaints, element->line, "<%s>: \"%s\" is no %s variable",
                 element_name(element), variable_name(variable), kind_names[kind]);
    return VARIABLE_NONE;
}

static uint8_t read_term_form(struct style_reader *r, const struct element *element)
{
    unsigned choice =
        value_choice(&r->complaints, element, ATTRIBUTE_FORM, "long|short|verb|verb-short|symbol");
    return (uint8_t)(choice ? choice - 1 : FORM_LONG);
}

static bool read_text_term(struct style_reader *r, const struct element *element, struct node *out)
{
    str name = element_value(element, ATTRIBUTE_TERM);
    out->kind = NODE_TEXT_TERM;
    out->term = term_of(name);
    out->form = read_term_form(r, element);
    out->plural = value_flag(&r->complaints, element, ATTRIBUTE_PLURAL, false);
    if (out->term)
        return true;
    str shown = str_part(name, 0, 60);
    csl_complain(&r->complaints, element->line, "<text>: unknown term \"%.*s\"", STR_ARG(shown));
    return false;
}

/* False: the element renders nothing, whatever the item. */
static bool read_text(struct style_reader *r, const struct element *element, struct node *out)
{
    const str *name = element_attribute(element, ATTRIBUTE_VARIABLE);
    if (name) {
        out->kind = NODE_TEXT_VARIABLE;
        out->variable = look_up_variable(r, element, str_trim(*name));
        out->form = value_choice(&r->complaints, element, ATTRIBUTE_FORM, "long|short") == 2;
        return true;
    }
    name = element_attribute(element, ATTRIBUTE_MACRO);
    if (name) {
        out->kind = NODE_TEXT_MACRO;
        out->macro = call_macro(r, element, *name, out);
        return out->macro != NULL;
    }
    if (element_attribute(element, ATTRIBUTE_TERM))
        return read_text_term(r, element, out);
    name = element_attribute(element, ATTRIBUTE_VALUE);
    if (name) {
        out->kind = NODE_TEXT_VALUE;
        out->value = *name;
        return true;
    }
    csl_complain(&r->complaints, element->line, "<text>: expected variable, macro, term or value");
    return false;
}

static void read_date(struct style_reader *r, const struct element *element, struct node *out)
{
    struct date_node *date = arena_alloc(r->memory, sizeof *date);
    unsigned precision = value_choice(&r->complaints, element, ATTRIBUTE_DATE_PARTS,
                                      "year-month-day|year-month|year");
    out->kind = NODE_DATE;
    out->date = date;
    date->variable = out->variable = read_variable(r, element, VARIABLE_KIND_DATE);
    date->form = (uint8_t)value_choice(&r->complaints, element, ATTRIBUTE_FORM, "text|numeric");
    date->precision = (uint8_t)(precision ? precision - 1 : DATE_PARTS_YEAR_MONTH_DAY);
    value_date_parts(r->memory, &r->complaints, element, &date->parts);
}

static void read_number(struct style_reader *r, const struct element *element, struct node *out)
{
    unsigned form =
        value_choice(&r->complaints, element, ATTRIBUTE_FORM, "numeric|ordinal|long-ordinal|roman");
    out->kind = NODE_NUMBER;
    out->variable = read_variable(r, element, VARIABLE_KIND_NUMBER);
    out->form = (uint8_t)(form ? form - 1 : NUMBER_NUMERIC);
}

static void read_label(struct style_reader *r, const struct element *element, struct node *out)
{
    unsigned plural =
        value_choice(&r->complaints, element, ATTRIBUTE_PLURAL, "contextual|always|never");
    out->kind = NODE_LABEL;
    out->form = read_term_form(r, element);
    out->plural = (uint8_t)(plural ? plural - 1 : PLURAL_CONTEXTUAL);
}

static void read_name(struct style_reader *r, const struct element *element, struct names_node *out)
{
    out->has_name = true;
    value_name_options(&r->complaints, element, &out->options);
    value_look(&r->complaints, element, &out->name_look);
    out->name_look.has_delimiter = false; /* it stands between names: options.delimiter */
    out->name_look.delimiter = (str){0};
    for (const struct element *part = element->first; part; part = part->next) {
        unsigned choice = value_choice(&r->complaints, part, ATTRIBUTE_NAME, "given|family");
        if (choice)
            value_look(&r->complaints, part, choice == 1 ? &out->given : &out->family);
        else
            value_required(&r->complaints, part, ATTRIBUTE_NAME);
    }
}

static void read_names_label(struct style_reader *r, const struct element *element,
                             struct names_node *out)
{
    struct node *label = arena_alloc(r->memory, sizeof *label);
    label->line = element->line;
    value_look(&r->complaints, element, &label->look);
    read_label(r, element, label);
    out->label = label;
    for (const struct element *next = element->next; next; next = next->next)
        out->label_first |= next->name == ELEMENT_NAME;
}

static void read_names_child(struct style_reader *r, const struct element *child,
                             struct names_node *out)
{
    switch (child->name) {
    case ELEMENT_NAME: read_name(r, child, out); break;
    case ELEMENT_LABEL: read_names_label(r, child, out); break;
    case ELEMENT_SUBSTITUTE: read_nodes(r, child, &out->substitute); break;
    case ELEMENT_ET_AL:
        out->has_et_al = true;
        value_look(&r->complaints, child, &out->et_al);
        if (value_choice(&r->complaints, child, ATTRIBUTE_TERM, "et-al|and others") == 2)
            out->et_al_term = TERM_AND_OTHERS;
        break;
    default: break;
    }
}

static void read_names(struct style_reader *r, const struct element *element, struct node *out)
{
    struct names_node *names = arena_alloc(r->memory, sizeof *names);
    enum variable *variables = NULL;
    str rest = element_value(element, ATTRIBUTE_VARIABLE), word;
    value_required(&r->complaints, element, ATTRIBUTE_VARIABLE);
    while (value_next_word(&rest, &word)) {
        enum variable variable = look_up_variable(r, element, word);
        if (variable == VARIABLE_NONE)
            continue;
        if (variable_kind(variable) == VARIABLE_KIND_NAMES) {
            enum variable *place =
                arena_append(r->memory, &variables, &names->variable_count, sizeof *place);
            *place = variable;
        } else {
            csl_complain(&r->complaints, element->line, "<names>: \"%s\" is no name variable",
                         variable_name(variable));
        }
    }
    out->kind = NODE_NAMES;
    out->names = names;
    names->variables = variables;
    names->et_al_term = TERM_ET_AL;
    names->options.initialize = true;
    for (const struct element *child = element->first; child; child = child->next)
        read_names_child(r, child, names);
    if (out->look.has_delimiter) {
        names->options.said |= NAMES_DELIMITER;
        names->options.names_delimiter = out->look.delimiter;
    }
}

/* The value of one word of a condition's attribute; after a complaint one that is never true. */
static struct condition read_condition(struct style_reader *r, const struct element *element,
                                       enum attribute_name attribute, enum condition_kind kind,
                                       str word)
{
    const struct condition never = {CONDITION_TYPE, TYPE_COUNT};
    struct condition condition = {.kind = (uint8_t)kind};
    if (kind == CONDITION_TYPE || kind == CONDITION_LOCATOR) {
        condition.value = kind == CONDITION_TYPE ? work_type_of(word) : term_of(word);
        if (condition.value)
            return condition;
    } else {
        condition.value = look_up_variable(r, element, word);
        if (kind != CONDITION_IS_UNCERTAIN_DATE || !condition.value ||
            variable_kind(condition.value) == VARIABLE_KIND_DATE)
            return condition;
    }
    str shown = str_part(word, 0, 60);
    csl_complain(&r->complaints, element->line, "<%s>: unknown value \"%.*s\" of %s",
                 element_name(element), STR_ARG(shown), attribute_name(attribute));
    return never;
}

static void add_condition(struct style_reader *r, struct branch *branch, struct condition condition)
{
    struct condition *place =
        arena_append(r->memory, &branch->conditions, &branch->count, sizeof *place);
    *place = condition;
}

static void read_position(struct style_reader *r, const struct element *element, str word,
                          struct branch *out)
{
    static const char *const positions[] = {
        [POSITION_FIRST] = "first",         [POSITION_SUBSEQUENT] = "subsequent",
        [POSITION_IBID] = "ibid",           [POSITION_IBID_WITH_LOCATOR] = "ibid-with-locator",
        [POSITION_NEAR_NOTE] = "near-note", [POSITION_FAR_NOTE] = "far-note",
    };
    for (unsigned i = 0; i < sizeof positions / sizeof *positions; i++) {
        if (!str_is(word, positions[i]))
            continue;
        add_condition(r, out, (struct condition){CONDITION_POSITION, i});
        return;
    }
    str shown = str_part(word, 0, 60);
    csl_complain(&r->complaints, element->line,
                 "<%s>: unknown value \"%.*s\" of position; expected first, subsequent, ibid, "
                 "ibid-with-locator or near-note",
                 element_name(element), STR_ARG(shown));
    add_condition(r, out, (struct condition){CONDITION_TYPE, TYPE_COUNT});
}

static void read_conditions(struct style_reader *r, const struct element *element,
                            struct branch *out)
{
    static const struct {
        uint8_t attribute, kind;
    } rows[] = {
        {ATTRIBUTE_TYPE, CONDITION_TYPE},
        {ATTRIBUTE_VARIABLE, CONDITION_VARIABLE},
        {ATTRIBUTE_IS_NUMERIC, CONDITION_IS_NUMERIC},
        {ATTRIBUTE_IS_UNCERTAIN_DATE, CONDITION_IS_UNCERTAIN_DATE},
        {ATTRIBUTE_LOCATOR, CONDITION_LOCATOR},
        {ATTRIBUTE_POSITION, CONDITION_POSITION},
    };
    if (element_attribute(element, ATTRIBUTE_DISAMBIGUATE))
        add_condition(
            r, out,
            (struct condition){CONDITION_DISAMBIGUATE,
                               value_flag(&r->complaints, element, ATTRIBUTE_DISAMBIGUATE, true)});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str rest = element_value(element, rows[i].attribute), word;
        while (value_next_word(&rest, &word)) {
            if (rows[i].kind == CONDITION_POSITION)
                read_position(r, element, word, out);
            else
                add_condition(r, out,
                              read_condition(r, element, rows[i].attribute, rows[i].kind, word));
        }
    }
    if (out->count)
        return;
    /* A condition that is not known here must not hold for everything. */
    csl_complain(&r->complaints, element->line, "<%s>: no condition; expected one",
                 element_name(element));
    add_condition(r, out, (struct condition){CONDITION_TYPE, TYPE_COUNT});
}

static void read_choose(struct style_reader *r, const struct element *element, struct node *out)
{
    struct branch *branches = arena_alloc(r->memory, (element->child_count + 1) * sizeof *branches);
    out->kind = NODE_CHOOSE;
    out->branches = branches;
    if (!element->first || element->first->name != ELEMENT_IF)
        csl_complain(&r->complaints, element->line, "<choose>: does not begin with <if>");
    for (const struct element *child = element->first; child; child = child->next) {
        struct branch *branch = &branches[out->branch_count++];
        if (child->name == ELEMENT_ELSE) {
            if (child->next)
                csl_complain(&r->complaints, child->next->line, "<choose>: <%s> after <else>",
                             element_name(child->next));
        } else {
            unsigned match = value_choice(&r->complaints, child, ATTRIBUTE_MATCH, "all|any|none");
            branch->match = (uint8_t)(match ? match - 1 : MATCH_ALL);
            read_conditions(r, child, branch);
        }
        read_nodes(r, child, &branch->children);
    }
}

/* NULL for an element that renders nothing, whatever the item. */
static const struct node *read_node(struct style_reader *r, const struct element *element)
{
    struct node *node = arena_alloc(r->memory, sizeof *node);
    node->line = element->line;
    value_look(&r->complaints, element, &node->look);
    switch (element->name) {
    case ELEMENT_TEXT:
        if (!read_text(r, element, node))
            return NULL;
        break;
    case ELEMENT_DATE: read_date(r, element, node); break;
    case ELEMENT_NUMBER: read_number(r, element, node); break;
    case ELEMENT_NAMES: read_names(r, element, node); break;
    case ELEMENT_LABEL:
        read_label(r, element, node);
        node->variable = read_variable(r, element, VARIABLE_KIND_NUMBER);
        break;
    case ELEMENT_GROUP:
        node->kind = NODE_GROUP;
        read_nodes(r, element, &node->children);
        break;
    case ELEMENT_CHOOSE: read_choose(r, element, node); break;
    default: return NULL;
    }
    return node;
}

void read_nodes(struct style_reader *r, const struct element *parent, struct nodes *out)
{
    struct macro_extent *extent = &r->extents[r->caller];
    if (!parent->child_count)
        return;
    const struct node **items = arena_room(r->memory, parent->child_count * sizeof *items);
    r->depth++;
    if (r->depth > extent->depth)
        extent->depth = r->depth;
    for (const struct element *child = parent->first; child; child = child->next) {
        const struct node *node = read_node(r, child);
        if (node)
            items[out->count++] = node;
    }
    extent->size += out->count;
    r->depth--;
    out->items = items;
}
