/*
 * The output format "nbib": PubMed's tagged text, the tags in PubMed's order.  It is plain text:
 * markup goes.  What has no tag of its own becomes a general note (GN).
 */
#include "formats/nbib/nbib.h"
#include "formats/tagged/tagged.h"
#include "formats/writer.h"
#include "record/cited.h"
#include "record/dates.h"
#include "record/record.h"

#include <string.h>

enum { COLUMNS = 88, INDENT = 6 };

struct output {
    buf *out, work;
    const osler_record *record;
};

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

/* Where the line that starts at `text` is broken: at the last space that fits, or at the first. */
static size_t break_at(str text)
{
    size_t most = COLUMNS - INDENT, at = most;
    if (text.length <= most)
        return text.length;
    while (at && text.data[at] != ' ')
        at--;
    return at ? at : str_find(text, ' ');
}

static void put(struct output *o, const char *tag, str text)
{
    text = str_trim(text);
    if (!text.length)
        return;
    buf_printf(o->out, "%-4.4s- ", tag);
    while (text.length) {
        size_t end = break_at(text);
        for (size_t i = 0; i < end; i++)
            buf_add_byte(o->out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
        buf_add_byte(o->out, '\n');
        text = str_trim(str_part(text, end, text.length));
        if (text.length)
            buf_add_text(o->out, "      ");
    }
}

static void put_text(struct output *o, const char *tag, const char *text)
{
    put(o, tag, str_of(text));
}

static void put_markup(struct output *o, const char *tag, const char *markup)
{
    buf_clear(&o->work);
    if (markup)
        markup_add_text(&o->work, str_of(markup));
    put(o, tag, buf_str(&o->work));
}

static void put_texts(struct output *o, const char *tag, const osler_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        put_text(o, tag, list->items[i]);
}

/* Two texts as "before|a|between|b|behind"; nothing without the first. */
static void put_pair(struct output *o, const char *tag, const char *a, const char *open,
                     const char *b, const char *close)
{
    if (!a)
        return;
    buf_clear(&o->work);
    buf_add_text(&o->work, a);
    if (b) {
        buf_add_text(&o->work, open);
        buf_add_text(&o->work, b);
        buf_add_text(&o->work, close);
    }
    put(o, tag, buf_str(&o->work));
}

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const seasons[] = {"Spring", "Summer", "Autumn", "Winter"};

static void add_printed(buf *out, int month, int day, int season)
{
    if (month >= 1 && month <= 12) {
        buf_printf(out, "%s", months[month - 1]);
        if (day)
            buf_printf(out, " %d", day);
    } else if (season >= 1 && season <= 4) {
        buf_add_text(out, seasons[season - 1]);
    }
}

/* "2019 Mar 12", "2019 Dec-2020 Jan", "2015 Oct-Dec" */
static void put_issued(struct output *o)
{
    const osler_date *date = osler_record_date(o->record, "issued");
    buf_clear(&o->work);
    if (date && date->text) {
        osler_date said = {0};
        date_parse(&said, str_of(date->text));
        if (!said.year && date->year)
            buf_printf(&o->work, "%d ", date->year);
        buf_add_text(&o->work, date->text);
        put(o, "DP", buf_str(&o->work));
    }
    if (!date || date->text || !date->year)
        return;
    buf_printf(&o->work, "%d ", date->year);
    add_printed(&o->work, date->month, date->day, date->season);
    if (date->end_year) {
        if (o->work.data[o->work.length - 1] == ' ')
            o->work.length--;
        buf_add_byte(&o->work, '-');
        if (date->end_year != date->year || !(date->end_month || date->end_season))
            buf_printf(&o->work, "%d ", date->end_year);
        add_printed(&o->work, date->end_month, date->end_day, date->end_season);
    }
    put(o, "DP", buf_str(&o->work));
}

/* "20190312" */
static void put_dates(struct output *o, const char *tag, const char *kind)
{
    for (size_t i = 0; i < o->record->dates.count; i++) {
        const osler_date *date = &o->record->dates.items[i];
        if (!is(date->kind, kind))
            continue;
        buf_clear(&o->work);
        if (date->year)
            buf_printf(&o->work, "%04d", date->year);
        if (date->year && date->month)
            buf_printf(&o->work, "%02d", date->month);
        if (date->year && date->month && date->day)
            buf_printf(&o->work, "%02d", date->day);
        if (!date->year || date->text)
            buf_clear(&o->work);
        put(o, tag, o->work.length ? buf_str(&o->work) : str_of(date->text));
    }
}

static void add_moment(buf *out, const osler_date *date)
{
    buf_printf(out, "%04d", date->year);
    if (date->month)
        buf_printf(out, "/%02d", date->month);
    if (date->month && date->day)
        buf_printf(out, "/%02d", date->day);
    if (date->hour)
        buf_printf(out, " %02d:%02d", date->hour - 1, date->minute ? date->minute - 1 : 0);
}

static const struct {
    const char *kind, *tag;
} moments[] = {
    {"history:pubmed", "EDAT"},
    {"history:medline", "MHDA"},
    {"history:entrez", "CRDT"},
    {"history:pmc-release", "PMCR"},
};

enum { MOMENTS = sizeof moments / sizeof *moments };

/* "2019/03/12 06:00"; those without a tag as "PHST- 2019/03/12 00:00 [received]". */
static void put_history(struct output *o)
{
    static const str prefix = STR("history:");
    for (size_t m = 0; m <= MOMENTS; m++) {
        for (size_t i = 0; i < o->record->dates.count; i++) {
            const osler_date *date = &o->record->dates.items[i];
            str kind = str_of(date->kind);
            size_t own = 0;
            while (own < MOMENTS && !str_is(kind, moments[own].kind))
                own++;
            if (own != m || !str_starts_with(kind, prefix) || !date->year)
                continue;
            buf_clear(&o->work);
            add_moment(&o->work, date);
            if (m == MOMENTS)
                buf_printf(&o->work, " [%s]", date->kind + prefix.length);
            put(o, m < MOMENTS ? moments[m].tag : "PHST", buf_str(&o->work));
        }
    }
}

/* The reader takes the first of a kind for the record's own. */
static void put_identifiers(struct output *o)
{
    const osler_record *r = o->record;
    put_pair(o, "AID", r->doi, " [", "doi", "]");
    put_pair(o, "AID", r->pii, " [", "pii", "]");
    for (size_t i = 0; i < r->identifiers.count; i++) {
        const osler_identifier *id = &r->identifiers.items[i];
        bool elsewhere = is(id->scheme, "pubmed") || is(id->scheme, "pmc") ||
                         is(id->scheme, "mid") || (id->value && is(r->pii, id->value)) ||
                         (id->value && is(r->doi, id->value));
        if (!elsewhere && !id->invalid)
            put_pair(o, "AID", id->value, " [", id->scheme, "]");
    }
}

static void put_sections(struct output *o, const char *tag, const char *type,
                         const osler_section_list *sections)
{
    buf_clear(&o->work);
    if (type && sections->count)
        buf_printf(&o->work, "%s: ", type);
    for (size_t i = 0; i < sections->count; i++) {
        const osler_section *section = &sections->items[i];
        buf_add_text(&o->work, i ? " " : "");
        if (section->label)
            buf_printf(&o->work, "%s: ", section->label);
        markup_add_text(&o->work, str_of(section->text));
    }
    put(o, tag, buf_str(&o->work));
}

/* The tags of a role: the full name, the short one, where they work. */
static const struct role {
    const char *role, *full, *abbreviated, *place;
} roles[] = {
    {"author", "FAU", "AU", "AD"},
    {"editor", "FED", "ED", NULL},
    {"investigator", "FIR", "IR", "IRAD"},
    {"subject", "FPS", "PS", NULL},
};

static void put_person(struct output *o, const struct role *role, const osler_name *name)
{
    char room[CITED_ROOM];
    buf full = {0}, family = {0};
    if (name->non_dropping_particle)
        buf_printf(&family, "%s ", name->non_dropping_particle);
    if (name->family)
        markup_add_text(&family, str_of(name->family));
    buf_add(&full, buf_str(&family));
    str given = cited_given(name, room);
    if (given.length)
        buf_printf(&full, ", %.*s", STR_ARG(given));
    if (name->suffix) {
        buf_add_text(&full, given.length ? " " : ", ");
        markup_add_text(&full, str_of(name->suffix));
    }
    put(o, role->full, buf_str(&full));
    buf_clear(&o->work);
    buf_add(&o->work, buf_str(&family));
    if (name->initials)
        buf_printf(&o->work, " %s", name->initials);
    if (name->suffix) {
        buf_add_byte(&o->work, ' ');
        markup_add_text(&o->work, str_of(name->suffix));
    }
    if (name->initials || !given.length)
        put(o, role->abbreviated, buf_str(&o->work));
    buf_free(&full);
    buf_free(&family);
}

static void put_name(struct output *o, const struct role *role, const osler_name *name)
{
    if (name->collective)
        put_markup(o, "CN", name->collective);
    else
        put_person(o, role, name);
    put_pair(o, "AUID", name->orcid ? "ORCID" : NULL, ": ", name->orcid, "");
    for (size_t i = 0; i < name->identifiers.count; i++)
        put_pair(o, "AUID", name->identifiers.items[i].scheme, ": ",
                 name->identifiers.items[i].value, "");
    for (size_t i = 0; role->place && i < name->affiliations.count; i++)
        put_markup(o, role->place, name->affiliations.items[i].text);
}

static void put_names(struct output *o, const char *wanted)
{
    const struct role *role = roles;
    while (strcmp(role->role, wanted) != 0)
        role++;
    for (size_t i = 0; i < o->record->names.count; i++) {
        const osler_name *name = &o->record->names.items[i];
        if (!name->superseded && is(name->role, wanted))
            put_name(o, role, name);
    }
    if (is(wanted, "author") && o->record->names_incomplete)
        put_text(o, "AU", "et al");
}

/* Roles that PubMed has no tags for. */
static void put_other_names(struct output *o)
{
    char room[CITED_ROOM];
    for (size_t i = 0; i < o->record->names.count; i++) {
        const osler_name *name = &o->record->names.items[i];
        bool known = !name->role || name->superseded;
        for (size_t k = 0; k < sizeof roles / sizeof *roles && !known; k++)
            known = is(name->role, roles[k].role);
        if (known)
            continue;
        str given = cited_given(name, room);
        buf_clear(&o->work);
        buf_printf(&o->work, "%s: ", name->role);
        markup_add_text(&o->work, str_of(name->collective ? name->collective : name->family));
        if (given.length && !name->collective)
            buf_printf(&o->work, ", %.*s", STR_ARG(given));
        put(o, "GN", buf_str(&o->work));
    }
}

static void put_grants(struct output *o)
{
    for (size_t i = 0; i < o->record->grants.count; i++) {
        const osler_grant *grant = &o->record->grants.items[i];
        const char *parts[] = {grant->number, grant->acronym, grant->agency, grant->country};
        buf_clear(&o->work);
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            if (parts[k])
                buf_printf(&o->work, "%s%s", o->work.length ? "/" : "", parts[k]);
        put(o, "GR", buf_str(&o->work));
    }
}

static const struct {
    const char *tag, *handler, *argument;
} tags[] = {
#define TEXT(tag, member)
#define MARKUP(tag, member)
#define TEXTS(tag, member)
#define DO(tag, handler, argument) {tag, #handler, argument},
#include "formats/nbib/tags.def"
#undef TEXT
#undef MARKUP
#undef TEXTS
#undef DO
};

static const char *correction_tag(const char *type)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].handler, "nbib_correction") == 0 && is(type, tags[i].argument))
            return tags[i].tag;
    return NULL;
}

static void put_corrections(struct output *o)
{
    for (size_t i = 0; i < o->record->corrections.count; i++) {
        const osler_correction *c = &o->record->corrections.items[i];
        const char *tag = correction_tag(c->type);
        buf_clear(&o->work);
        if (!tag)
            buf_printf(&o->work, "%s: ", c->type ? c->type : "Link");
        buf_add_text(&o->work, c->source);
        if (c->pmid) {
            bool stop = o->work.length && o->work.data[o->work.length - 1] != ' ';
            buf_printf(&o->work, "%sPMID: %s", stop ? ". " : "", c->pmid);
        }
        put(o, tag ? tag : "GN", buf_str(&o->work));
    }
}

static void put_subjects(struct output *o)
{
    const osler_record *r = o->record;
    const char *owner = NULL;
    for (size_t i = 0; i < r->headings.count; i++) {
        buf_clear(&o->work);
        tagged_add_heading(&o->work, &r->headings.items[i]);
        put(o, "MH", buf_str(&o->work));
    }
    for (size_t i = 0; i < r->keywords.count; i++) {
        const osler_keyword *keyword = &r->keywords.items[i];
        if (keyword->owner && !is(owner, keyword->owner))
            put_text(o, "OTO", keyword->owner);
        owner = keyword->owner ? keyword->owner : owner;
        buf_clear(&o->work);
        buf_add_text(&o->work, keyword->major ? "*" : "");
        markup_add_text(&o->work, str_of(keyword->text));
        put(o, "OT", buf_str(&o->work));
    }
}

static void put_substances(struct output *o)
{
    const osler_record *r = o->record;
    for (size_t i = 0; i < r->chemicals.count; i++)
        put_pair(o, "RN", r->chemicals.items[i].registry_number, " (", r->chemicals.items[i].name,
                 ")");
    put_texts(o, "SB", &r->citation_subsets);
    for (size_t i = 0; i < r->supplementaries.count; i++)
        put_text(o, "NM", r->supplementaries.items[i].name);
}

static void put_databanks(struct output *o)
{
    for (size_t i = 0; i < o->record->databanks.count; i++) {
        const osler_databank *bank = &o->record->databanks.items[i];
        for (size_t k = 0; k < bank->numbers.count; k++)
            put_pair(o, "SI", bank->name ? bank->name : bank->numbers.items[k],
                     bank->name ? "/" : "", bank->name ? bank->numbers.items[k] : NULL, "");
    }
}

/* No record leaves without its mark, also where only a notice says it. */
static void put_types(struct output *o)
{
    static const char retracted[] = "Retracted Publication";
    const osler_publication_type_list *types = &o->record->publication_types;
    bool said = !is(cited_mark(o->record), "RETRACTED: ");
    for (size_t i = 0; i < types->count; i++) {
        said |= is(types->items[i].name, retracted);
        put_text(o, "PT", types->items[i].name);
    }
    if (!said)
        put_text(o, "PT", retracted);
}

/* Tags that are not understood stay what they are; others are notes. */
static void put_extras(struct output *o)
{
    for (size_t i = 0; i < o->record->extras.count; i++) {
        const osler_extra *extra = &o->record->extras.items[i];
        str tag = str_of(extra->tag);
        bool own = tag.length >= 2 && tag.length <= 4 && !nbib_rule(tag);
        for (size_t k = 0; k < tag.length; k++)
            own &= (tag.data[k] >= 'A' && tag.data[k] <= 'Z') || (k && char_is_digit(tag.data[k]));
        if (is(extra->tag, "NumberOfReferences"))
            put_text(o, "RF", extra->value);
        else if (is(extra->tag, "VolumeTitle"))
            put_text(o, "VTI", extra->value);
        else if (own || is(extra->tag, "IS")) /* the number of another medium */
            put_text(o, extra->tag, extra->value);
        else
            put_pair(o, "GN", extra->tag, ": ", extra->value, "");
    }
}

static void put_other_abstracts(struct output *o)
{
    for (size_t i = 0; i < o->record->other_abstracts.count; i++) {
        const osler_other_abstract *other = &o->record->other_abstracts.items[i];
        put_sections(o, "OAB", other->type, &other->sections);
        put_text(o, "OABL", other->language);
        put_markup(o, "OCI", other->copyright);
    }
}

/* The start of a record, up to its title and place in the journal. */
static void put_citation(struct output *o)
{
    const osler_record *r = o->record;
    bool book = is(r->csl_type, "book");
    bool nameless = !r->doi && !r->pmcid && !osler_record_title(r);
    put_text(o, "PMID", r->pmid || !nameless ? r->pmid : r->key);
    put_text(o, "OWN", r->owner);
    put_text(o, "STAT", r->status);
    put_dates(o, "DA", "created");
    put_dates(o, "DCOM", "completed");
    put_dates(o, "LR", "revised");
    put_dates(o, "CTDT", "contributed");
    for (size_t i = 0; i < r->isbn.count; i++)
        put_text(o, "ISBN", r->isbn.items[i]);
    put_pair(o, "IS", r->issn, " (", r->issn_type, ")");
    put_pair(o, "IS", r->issn_linking, " (", "Linking", ")");
    put_text(o, "VI", r->volume);
    put_text(o, "IP", r->issue);
    put_issued(o);
    if (!book)
        put_markup(o, "TI", r->title);
    if (book || is(r->csl_type, "chapter"))
        put_markup(o, "BTI", r->book_title ? r->book_title : book ? r->title : r->container_title);
    bool said = r->article_number && is(r->pii, r->article_number); /* AID will say it */
    put_text(o, "PG", r->pages || said ? r->pages : r->article_number);
}

static void put_journal(struct output *o)
{
    const osler_record *r = o->record;
    bool book = is(r->csl_type, "book") || is(r->csl_type, "chapter");
    put_markup(o, "TT", r->vernacular_title);
    put_dates(o, "DEP", "epublished");
    put_text(o, "PL", book ? r->publisher_place : r->country);
    put_text(o, "TA", r->container_title_medline);
    put_text(o, "JT", r->container_title);
    put_text(o, "JID", r->nlm_id);
    put_text(o, "PB", r->publisher);
    put_text(o, "EN", r->edition);
    put_text(o, "CTI", r->collection_title);
    put_text(o, "RPN", r->report_number);
    put_text(o, "PUBM", r->publication_model);
}

static void put_end(struct output *o)
{
    const osler_record *r = o->record;
    put_text(o, "PMC", r->pmcid);
    for (size_t i = 0; i < r->identifiers.count; i++)
        if (is(r->identifiers.items[i].scheme, "mid"))
            put_text(o, "MID", r->identifiers.items[i].value);
    for (size_t i = 0; i < r->other_ids.count; i++)
        put_pair(o, "OID", r->other_ids.items[i].scheme, ": ", r->other_ids.items[i].value, "");
    put_markup(o, "COIS", r->conflict_of_interest);
    put_texts(o, "GS", &r->genes);
    put_texts(o, "GN", &r->notes);
    put_texts(o, "SFM", &r->space_flight_missions);
    put_texts(o, "URL", &r->urls);
    put_history(o);
    put_identifiers(o);
    put_text(o, "PST", r->publication_status);
    put_other_names(o);
    put_extras(o);
}

static void write_record(buf *out, const osler_record *record)
{
    struct output o = {.out = out, .record = record};
    put_citation(&o);
    put_sections(&o, "AB", NULL, &record->abstract);
    put_markup(&o, "CI", record->abstract_copyright);
    put_other_abstracts(&o);
    put_names(&o, "author");
    put_names(&o, "editor");
    put_texts(&o, "LA", &record->languages);
    put_databanks(&o);
    put_grants(&o);
    put_types(&o);
    put_journal(&o);
    put_substances(&o);
    put_corrections(&o);
    put_subjects(&o);
    put_names(&o, "subject");
    put_names(&o, "investigator");
    put_end(&o);
    buf_free(&o.work);
}

const struct writer writer_nbib = {.write = write_record, .between = "\n"};
