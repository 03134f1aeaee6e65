/* The people of JATS: names in parts, groups, "et al.". */
#include "base/utf8.h"
#include "formats/jats/jats.h"
#include "record/identifiers.h"

#include <string.h>

/* "JA" of "John A.", "JA" and "J.-A."; capitals that stand together are initials already. */
static const char *initials_of(struct jats *j, str given)
{
    buf initials = {0};
    bool start = true, capitals = true;
    enum { MOST = 4 };
    for (size_t i = 0; i < given.length; i++)
        capitals &=
            !(given.data[i] >= 'a' && given.data[i] <= 'z') && (unsigned char)given.data[i] < 0x80;
    capitals &= given.length <= MOST;
    for (size_t i = 0, length; i < given.length; i += length) {
        uint32_t c = utf8_decode(str_part(given, i, given.length), &length);
        bool sign = c == ' ' || c == '.' || c == '-' || c == 0xA0 || c == 0x2010;
        bool letter = c > '9' && !(c >= 'a' && c <= 'z');
        if (!sign && (start || capitals) && letter)
            buf_add(&initials, str_part(given, i, length));
        start = sign;
    }
    const char *kept = builder_keep(&j->b, buf_str(&initials));
    buf_free(&initials);
    return kept;
}

static osler_name *add_name(struct jats *j, const char *role)
{
    osler_name *name = BUILDER_ADD(&j->b, &j->record->names);
    if (name)
        name->role = role;
    return name;
}

static void take_parts(struct jats *j, const struct element *e, const char *role)
{
    const struct element *family = elements_child(e, "surname"),
                         *given = elements_child(e, "given-names"),
                         *suffix = elements_child(e, "suffix"),
                         *prefix = elements_child(e, "prefix");
    if (!family && !given)
        return;
    osler_name *name = add_name(j, role);
    if (!name)
        return;
    str text = given ? jats_text(j, given) : (str){"", 0};
    name->family = family ? jats_markup(j, family) : NULL;
    name->given = builder_keep(&j->b, text);
    str initials = given ? elements_attribute(given, "initials") : text;
    name->initials = initials.length ? builder_keep(&j->b, initials) : initials_of(j, text);
    name->suffix = suffix ? jats_markup(j, suffix) : NULL;
    if (prefix)
        jats_keep(j, prefix->name, jats_text(j, prefix));
}

static void take_collective(struct jats *j, const struct element *e, const char *role)
{
    const char *text = jats_markup(j, e);
    osler_name *name = text ? add_name(j, role) : NULL;
    if (name)
        name->collective = text;
}

/* <string-name>: parts, or a text that cannot be told apart. */
static void take_string_name(struct jats *j, const struct element *e, const char *role)
{
    if (elements_child(e, "surname"))
        take_parts(j, e, role);
    else
        take_collective(j, e, role);
}

bool jats_take_person(struct jats *j, const struct element *e, const char *role)
{
    if (str_is(e->name, "name")) {
        take_parts(j, e, role);
    } else if (str_is(e->name, "string-name")) {
        take_string_name(j, e, role);
    } else if (str_is(e->name, "collab") || str_is(e->name, "on-behalf-of")) {
        take_collective(j, e, role);
    } else if (str_is(e->name, "etal")) {
        j->record->names_incomplete = true;
    } else if (str_is(e->name, "name-alternatives") || str_is(e->name, "collab-alternatives")) {
        const struct element *first = e->first;
        while (first && !first->name.length)
            first = first->next;
        return first && jats_take_person(j, first, role);
    } else {
        return false;
    }
    return true;
}

static const struct {
    const char *type, *role;
} roles[] = {
    {"author", "author"},
    {"allauthors", "author"},
    {"inventor", "author"},
    {"editor", "editor"},
    {"guest-editor", "editor"},
    {"translator", "translator"},
    {"transed", "translator"},
    {"compiler", "compiler"},
    {"director", "director"},
    {"curator", "curator"},
    {"illustrator", "illustrator"},
    {"chair", "chair"},
    {"investigator", "investigator"},
};

static const char *role_of(str type)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_equal_ignoring_case(type, str_of(roles[i].type)))
            return roles[i].role;
    return NULL;
}

void jats_take_group(struct jats *j, const struct element *group)
{
    str type = elements_attribute(group, "person-group-type");
    const char *role = role_of(type);
    size_t before = j->record->names.count;
    for (const struct element *e = group->first; e; e = e->next)
        if (e->name.length && !jats_take_person(j, e, role ? role : "author") &&
            (str_is(e->name, "institution") || str_is(e->name, "aff")))
            take_collective(j, e, role ? role : "author");
    if (j->record->names.count == before && !elements_child(group, "etal"))
        jats_keep(j, group->name, jats_text(j, group));
    if (type.length && !role)
        jats_keep(j, (str)STR("person-group-type"), type);
}

/* The <aff> with this id in `parent`, or NULL. */
static const struct element *place_in(const struct element *parent, str id)
{
    for (const struct element *e = parent->first; e; e = e->next)
        if (str_is(e->name, "aff") && str_equal(elements_attribute(e, "id"), id))
            return e;
    return NULL;
}

/* The affiliation with this id: among the contributors, or beside them. */
static const struct element *find_place(const struct element *meta, str id)
{
    const struct element *place = place_in(meta, id);
    for (const struct element *e = meta->first; e && !place; e = e->next)
        if (str_is(e->name, "contrib-group"))
            place = place_in(e, id);
    return place;
}

static void add_place(struct jats *j, osler_name *name, const struct element *aff)
{
    buf text = {0};
    for (const struct element *part = aff->first; part; part = part->next)
        if (!str_is(part->name, "label") && !str_is(part->name, "institution-id"))
            elements_add_text(&text, part);
    struct element whole = {.text = buf_str(&text)};
    const char *markup = jats_markup(j, &whole);
    osler_affiliation *added = markup ? BUILDER_ADD(&j->b, &name->affiliations) : NULL;
    if (added)
        added->text = markup;
    buf_free(&text);
}

/* What stands in a <contrib> beside the name. */
static void take_about(struct jats *j, const struct element *meta, const struct element *contrib,
                       osler_name *name)
{
    for (const struct element *e = contrib->first; e; e = e->next) {
        if (str_is(e->name, "contrib-id") &&
            str_is(elements_attribute(e, "contrib-id-type"), "orcid"))
            name->orcid = identifier_orcid(j->memory, jats_text(j, e));
        else if (str_is(e->name, "aff"))
            add_place(j, name, e);
        if (!str_is(e->name, "xref") || !str_is(elements_attribute(e, "ref-type"), "aff"))
            continue;
        const struct element *aff = find_place(meta, elements_attribute(e, "rid"));
        if (aff)
            add_place(j, name, aff);
    }
    name->equal_contribution = str_is(elements_attribute(contrib, "equal-contrib"), "yes");
}

static void take_contributor(struct jats *j, const struct element *meta,
                             const struct element *contrib)
{
    const char *role = role_of(elements_attribute(contrib, "contrib-type"));
    size_t before = j->record->names.count;
    for (const struct element *e = contrib->first; e && j->record->names.count == before;
         e = e->next)
        if (e->name.length)
            jats_take_person(j, e, role ? role : "author");
    if (j->record->names.count > before)
        take_about(j, meta, contrib, &j->record->names.items[before]);
}

void jats_take_contributors(struct jats *j, const struct element *meta)
{
    for (const struct element *group = meta->first; group; group = group->next)
        for (const struct element *e = group->first; e; e = e->next)
            if (str_is(group->name, "contrib-group") && str_is(e->name, "contrib"))
                take_contributor(j, meta, e);
}
