/* cs:choose: which branch holds for an item in its place. */
#include "style/numbers.h"
#include "style/render.h"

/* True when `r` renders a cite: a bibliography has no positions. */
static bool has_position(const struct render *r)
{
    return r->area == &r->style->citation;
}

static bool position_holds(const struct render *r, enum position asked)
{
    if (!has_position(r))
        return false;
    switch (asked) {
    case POSITION_FIRST: return r->position == POSITION_FIRST;
    case POSITION_SUBSEQUENT: return r->position != POSITION_FIRST;
    case POSITION_IBID:
        return r->position == POSITION_IBID || r->position == POSITION_IBID_WITH_LOCATOR;
    case POSITION_IBID_WITH_LOCATOR: return r->position == POSITION_IBID_WITH_LOCATOR;
    case POSITION_NEAR_NOTE: return r->near_note;
    case POSITION_FAR_NOTE: return r->position != POSITION_FIRST && !r->near_note;
    }
    return false;
}

/* Tests see what the item has, even where cs:substitute has printed it. */
static bool variable_has_content(const struct render *r, enum variable variable)
{
    switch ((int)variable) {
    case VARIABLE_LOCATOR: return r->locator.length != 0;
    case VARIABLE_CITATION_NUMBER: return r->citation_number != 0;
    case VARIABLE_FIRST_REFERENCE_NOTE_NUMBER: return r->first_reference_note_number != 0;
    case VARIABLE_YEAR_SUFFIX: return r->shape.year_suffix.length != 0;
    case VARIABLE_PAGE_FIRST:
        return item_has(r->item, variable) || item_has(r->item, VARIABLE_PAGE);
    default: return item_has(r->item, variable);
    }
}

static bool condition_holds(const struct render *r, const struct condition *condition)
{
    const struct item_date *date;

    switch ((enum condition_kind)condition->kind) {
    case CONDITION_DISAMBIGUATE: return r->shape.condition == (condition->value != 0);
    case CONDITION_IS_NUMERIC: return number_is_numeric(render_variable_text(r, condition->value));
    case CONDITION_IS_UNCERTAIN_DATE:
        date = item_date(r->item, condition->value);
        return date && date->circa;
    case CONDITION_LOCATOR: return r->locator.length && r->locator_label == condition->value;
    case CONDITION_POSITION: return position_holds(r, condition->value);
    case CONDITION_TYPE: return r->item->type != TYPE_NONE && r->item->type == condition->value;
    case CONDITION_VARIABLE: return variable_has_content(r, condition->value);
    }
    return false;
}

/* An item has one type: of several in a test any will do, even where all conditions must hold. */
static bool any_type_holds(const struct render *r, const struct branch *branch)
{
    for (size_t i = 0; i < branch->count; i++)
        if (branch->conditions[i].kind == CONDITION_TYPE &&
            condition_holds(r, &branch->conditions[i]))
            return true;
    return false;
}

static bool branch_holds(const struct render *r, const struct branch *branch)
{
    if (!branch->count)
        return true;
    for (size_t i = 0; i < branch->count; i++) {
        const struct condition *condition = &branch->conditions[i];
        bool holds = condition->kind == CONDITION_TYPE && branch->match == MATCH_ALL
                         ? any_type_holds(r, branch)
                         : condition_holds(r, condition);
        if (holds && branch->match == MATCH_ANY)
            return true;
        if (holds && branch->match == MATCH_NONE)
            return false;
        if (!holds && branch->match == MATCH_ALL)
            return false;
    }
    return branch->match != MATCH_ANY;
}

const struct branch *choose_branch(const struct render *r, const struct node *choose)
{
    for (size_t i = 0; i < choose->branch_count; i++)
        if (branch_holds(r, &choose->branches[i]))
            return &choose->branches[i];
    return NULL;
}
