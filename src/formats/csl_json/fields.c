/* The members of a work as fields of a record, their JSON understood. */
#include "base/buf.h"
#include "formats/csl_json/csl_json.h"
#include "formats/making.h"
#include "record/csl_json.h"
#include "record/identifiers.h"
#include "record/record.h"

#include <stddef.h>
#include <string.h>

static void take_date(struct making *m, enum variable variable, const struct json_value *value)
{
    osler_date date = {.kind = variable == VARIABLE_AVAILABLE_DATE ? "epublished"
                                                                   : variable_name(variable)};
    csl_json_date(m->memory, &date, value);
    osler_date *added = date.year || date.month || date.season || date.text
                            ? BUILDER_ADD(m->b, &m->record->dates)
                            : NULL;
    if (added)
        *added = date;
}

static const char *kept(struct making *m, const struct json_value *object, const char *key)
{
    return builder_keep(m->b, str_trim(csl_json_text(json_member(object, key))));
}

static const char *kept_markup(struct making *m, const struct json_value *object, const char *key)
{
    return making_markup(m, str_trim(csl_json_text(json_member(object, key))));
}

static void add_affiliations(struct making *m, osler_name *name, const struct json_value *value)
{
    const struct json_value *one = value && value->kind == JSON_IS_ARRAY ? value->first : value;
    for (; one; one = one == value ? NULL : one->next) {
        const struct json_value *text =
            one->kind == JSON_IS_OBJECT ? json_member(one, "name") : one;
        str place = str_trim(csl_json_text(text));
        osler_affiliation *added = place.length ? BUILDER_ADD(m->b, &name->affiliations) : NULL;
        if (added)
            added->text = making_markup(m, place);
    }
}

/* A group whose name may have come in the parts of a person's. */
static const char *collective(struct making *m, const struct json_value *value)
{
    str literal = str_trim(csl_json_text(json_member(value, "literal")));
    str family = str_trim(csl_json_text(json_member(value, "family")));
    str given = str_trim(csl_json_text(json_member(value, "given")));
    buf both = {0};
    if (!literal.length) {
        buf_add(&both, given);
        buf_add_text(&both, given.length && family.length ? " " : "");
        buf_add(&both, family);
        literal = buf_str(&both);
    }
    const char *text = making_markup(m, literal);
    buf_free(&both);
    return text;
}

static void add_name(struct making *m, const char *role, const struct json_value *value)
{
    osler_name name = {.role = role};
    const struct json_value *parse = json_member(value, "parse-names");
    if (value->kind != JSON_IS_OBJECT) {
        name.collective = making_markup(m, str_trim(csl_json_text(value)));
    } else if (csl_json_yes(json_member(value, "isInstitution")) ||
               str_trim(csl_json_text(json_member(value, "literal"))).length) {
        name.collective = collective(m, value);
    } else {
        name.family = kept_markup(m, value, "family");
        name.given = kept(m, value, "given");
        name.suffix = kept_markup(m, value, "suffix");
        name.dropping_particle = kept(m, value, "dropping-particle");
        name.non_dropping_particle = kept(m, value, "non-dropping-particle");
        name.comma_suffix = csl_json_yes(json_member(value, "comma-suffix"));
        name.static_ordering = csl_json_yes(json_member(value, "static-ordering"));
        name.unparsed = parse && !csl_json_yes(parse);
    }
    if (!name.family && !name.given && !name.collective)
        return;
    name.orcid = identifier_orcid(m->memory, csl_json_text(json_member(value, "ORCID")));
    add_affiliations(m, &name, json_member(value, "affiliation"));
    osler_name *added = BUILDER_ADD(m->b, &m->record->names);
    if (added)
        *added = name;
}

static void take_names(struct making *m, enum variable variable, const struct json_value *value)
{
    const char *role = variable_name(variable);
    if (value->kind != JSON_IS_ARRAY) {
        add_name(m, role, value);
        return;
    }
    for (const struct json_value *one = value->first; one; one = one->next)
        add_name(m, role, one);
}

/* What Crossref calls the types of CSL, in its CSL-JSON too. */
static const struct {
    const char *crossref, *csl;
} types[] = {
    {"journal-article", "article-journal"},
    {"book-chapter", "chapter"},
    {"proceedings-article", "paper-conference"},
    {"posted-content", "article"},
    {"dissertation", "thesis"},
    {"monograph", "book"},
    {"edited-book", "book"},
    {"reference-book", "book"},
    {"book-section", "chapter"},
    {"reference-entry", "entry"},
};

static void take_type(struct making *m, str type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i].crossref))
            type = str_of(types[i].csl);
    m->record->csl_type = builder_keep(m->b, type);
}

/* A member that is no variable of CSL: its text, or its JSON. */
static void take_other(struct making *m, const struct json_value *member)
{
    if (member->kind == JSON_IS_TEXT || member->kind == JSON_IS_NUMBER) {
        making_add_extra(m, member->key, member->text);
        return;
    }
    buf json = {0};
    json_add_value(&json, member);
    if (member->kind != JSON_IS_NULL)
        making_add_extra(m, member->key, buf_str(&json));
    buf_free(&json);
}

static void take_variable(struct making *m, enum variable variable, const struct json_value *value)
{
    switch (variable_kind(variable)) {
    case VARIABLE_KIND_TEXT:
    case VARIABLE_KIND_NUMBER:
        making_add_text(m, variable, csl_json_joined(m->memory, value));
        break;
    case VARIABLE_KIND_DATE: take_date(m, variable, value); break;
    case VARIABLE_KIND_NAMES: take_names(m, variable, value); break;
    case VARIABLE_KIND_NONE: break;
    }
}

/* Of two members with the same variable the later one wins, and today's name over an older one. */
static void choose(const struct json_value **chosen, const struct json_value *member,
                   enum variable variable)
{
    const char *today = variable_name(variable);
    if (!*chosen || str_is(member->key, today) || !str_is((*chosen)->key, today))
        *chosen = member;
}

osler_record *csl_json_record(builder *b, arena *memory, const struct json_value *object)
{
    struct making m = making_start(b, memory);
    const struct json_value *chosen[VARIABLE_COUNT] = {NULL};
    for (const struct json_value *member = object->first; member; member = member->next) {
        enum variable variable = variable_of(member->key);
        if (variable)
            choose(&chosen[variable], member, variable);
        else if (str_is(member->key, "id"))
            m.record->key = builder_keep(b, str_trim(csl_json_text(member)));
        else if (str_is(member->key, "type"))
            take_type(&m, csl_json_text(member));
        else
            take_other(&m, member);
    }
    for (enum variable variable = 1; variable < VARIABLE_COUNT; variable++)
        if (chosen[variable])
            take_variable(&m, variable, chosen[variable]);
    making_finish(&m);
    if (!m.record->key) /* a work of a list always has one */
        m.record->key = m.record->pmid ? m.record->pmid : m.record->pmcid;
    return m.record;
}
