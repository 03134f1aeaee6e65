/* The names in a record: authors, editors, investigators, subjects. */
#include "formats/pubmed_xml/handlers.h"
#include "record/identifiers.h"
#include "record/record.h"

enum { MOST_COLLECTIVES = 200 /* whose investigators are looked for */ };

void pubmed_start_author_list(pubmed_parser *p, const struct rule *rule,
                              const struct attributes *attributes)
{
    (void)rule;
    p->parts.role = pubmed_attribute_is(attributes, "Type", "editors") ? "editor" : "author";
    if (pubmed_attribute_is(attributes, "CompleteYN", "N"))
        p->record->names_incomplete = true;
}

void pubmed_start_book_author_list(pubmed_parser *p, const struct rule *rule,
                                   const struct attributes *attributes)
{
    pubmed_start_author_list(p, rule, attributes);
    if (pubmed_is(p->parts.role, "author"))
        p->parts.role = "container-author";
}

static osler_name *start_person(pubmed_parser *p, const char *role,
                                const struct attributes *attributes)
{
    osler_name *name = PUBMED_ADD(p, &p->record->names);
    p->objects[OBJECT_name] = name;
    p->parts.first_name = p->parts.middle_name = NULL;
    if (!name)
        return NULL;
    name->role = role;
    name->superseded = pubmed_attribute_is(attributes, "ValidYN", "N");
    name->equal_contribution = pubmed_attribute_is(attributes, "EqualContrib", "Y");
    return name;
}

void pubmed_start_author(pubmed_parser *p, const struct rule *rule,
                         const struct attributes *attributes)
{
    (void)rule;
    start_person(p, p->parts.role, attributes);
}

void pubmed_start_subject(pubmed_parser *p, const struct rule *rule,
                          const struct attributes *attributes)
{
    (void)rule;
    start_person(p, "subject", attributes);
}

void pubmed_start_investigator_list(pubmed_parser *p, const struct rule *rule,
                                    const struct attributes *attributes)
{
    (void)rule;
    const char *id = pubmed_attribute(p, attributes, "ID");
    p->parts.group = NULL;
    for (size_t i = 0; i < p->collective_count; i++)
        if ((id && pubmed_is(p->collectives[i].id, id)) || (!id && p->collective_count == 1))
            p->parts.group = p->collectives[i].name;
}

void pubmed_start_investigator(pubmed_parser *p, const struct rule *rule,
                               const struct attributes *attributes)
{
    (void)rule;
    osler_name *name = start_person(p, "investigator", attributes);
    if (name)
        name->group = builder_keep(&p->build, str_of(p->parts.group));
}

/* First and middle name of old records are the given name; "et al" is nobody. */
void pubmed_end_person(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    (void)text;
    osler_name *name = p->objects[OBJECT_name];
    p->objects[OBJECT_name] = NULL;
    if (!name)
        return;
    if (!name->given && p->parts.first_name) {
        buf given = {0};
        buf_printf(&given, "%s%s%s", p->parts.first_name, p->parts.middle_name ? " " : "",
                   p->parts.middle_name ? p->parts.middle_name : "");
        name->given = pubmed_keep(p, buf_str(&given));
        buf_free(&given);
    }
    bool others =
        (pubmed_is(name->family, "et al") || pubmed_is(name->family, "et al.")) && !name->given;
    if (others)
        p->record->names_incomplete = true;
    if (others || (!name->family && !name->given && !name->collective))
        p->record->names.count--;
}

void pubmed_start_collective(pubmed_parser *p, const struct rule *rule,
                             const struct attributes *attributes)
{
    (void)rule;
    p->collective = NULL;
    if (p->collective_count == MOST_COLLECTIVES)
        return;
    p->collective = arena_append(p->build.memory, &p->collectives, &p->collective_count,
                                 sizeof *p->collectives);
    p->collective->id = pubmed_attribute(p, attributes, "Investigators");
}

void pubmed_end_collective(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    osler_name *name = p->objects[OBJECT_name];
    if (!name)
        return;
    name->collective = pubmed_keep(p, text);
    if (!p->collective)
        return;
    buf plain = {0};
    markup_add_text(&plain, text);
    p->collective->name = pubmed_keep(p, buf_str(&plain));
    buf_free(&plain);
}

void pubmed_start_name_identifier(pubmed_parser *p, const struct rule *rule,
                                  const struct attributes *attributes)
{
    (void)rule;
    osler_name *name = p->objects[OBJECT_name];
    if (name)
        pubmed_add_identifier(p, &name->identifiers, pubmed_attribute(p, attributes, "Source"));
}

void pubmed_end_name_identifier(pubmed_parser *p, const struct rule *rule, str text)
{
    (void)rule;
    osler_identifier *id = p->objects[OBJECT_identifier];
    osler_name *name = p->objects[OBJECT_name];
    pubmed_set_identifier(p, text);
    if (!id || !name)
        return;
    const char *orcid =
        pubmed_is(id->scheme, "orcid") ? identifier_orcid(p->build.memory, text) : NULL;
    if (orcid && !name->orcid)
        name->orcid = orcid;
    if (orcid || !id->value)
        name->identifiers.count--; /* it has its own place */
}

void pubmed_start_affiliation_identifier(pubmed_parser *p, const struct rule *rule,
                                         const struct attributes *attributes)
{
    (void)rule;
    osler_affiliation *affiliation = p->objects[OBJECT_affiliation];
    if (affiliation)
        pubmed_add_identifier(p, &affiliation->identifiers,
                              pubmed_attribute(p, attributes, "Source"));
}
