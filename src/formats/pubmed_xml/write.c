/*
 * The output format "pubmed-xml": a PubmedArticleSet, the elements of each PubmedArticle in the
 * order of NLM's DTD.  Books are written as articles too; what the DTD has no element for is a
 * GeneralNote.
 */
#include "formats/writer.h"
#include "record/cited.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

static void add_escaped(buf *out, const char *text)
{
    for (const char *c = text; c && *c; c++) {
        if (*c == '<')
            buf_add_text(out, "&lt;");
        else if (*c == '>')
            buf_add_text(out, "&gt;");
        else if (*c == '&')
            buf_add_text(out, "&amp;");
        else if (*c == '"')
            buf_add_text(out, "&quot;");
        else
            buf_add_byte(out, (unsigned char)*c < ' ' ? ' ' : *c);
    }
}

static void add_attribute(buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, " %s=\"", name);
    add_escaped(out, value);
    buf_add_byte(out, '"');
}

/* A start tag with up to two attributes; those without a value are left out. */
static void start(buf *out, const char *name, const char *a, const char *a_value, const char *b,
                  const char *b_value)
{
    buf_printf(out, "<%s", name);
    add_attribute(out, a, a_value);
    add_attribute(out, b, b_value);
    buf_add_byte(out, '>');
}

static void end(buf *out, const char *name)
{
    buf_printf(out, "</%s>\n", name);
}

static void put(buf *out, const char *name, const char *text)
{
    if (!text)
        return;
    start(out, name, NULL, NULL, NULL, NULL);
    add_escaped(out, text);
    end(out, name);
}

/* A text with one attribute. */
static void put_with(buf *out, const char *name, const char *attribute, const char *value,
                     const char *text)
{
    if (!text)
        return;
    start(out, name, attribute, value, NULL, NULL);
    add_escaped(out, text);
    end(out, name);
}

/* Osler's markup is PubMed's. */
static void put_markup(buf *out, const char *name, const char *markup)
{
    if (markup)
        buf_printf(out, "<%s>%s</%s>\n", name, markup, name);
}

static void put_texts(buf *out, const char *name, const osler_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        put(out, name, list->items[i]);
}

static void put_number(buf *out, const char *name, int number)
{
    if (number)
        buf_printf(out, "<%s>%d</%s>", name, number, name);
}

static const char *const seasons[] = {"Spring", "Summer", "Autumn", "Winter"};

static void put_parts(buf *out, const osler_date *date)
{
    put_number(out, "Year", date->year);
    put_number(out, "Month", date->month);
    put_number(out, "Day", date->day);
    if (date->hour)
        buf_printf(out, "<Hour>%d</Hour><Minute>%d</Minute>", date->hour - 1,
                   date->minute ? date->minute - 1 : 0);
}

static void put_dates(buf *out, const osler_record *record, const char *name, const char *kind)
{
    for (size_t i = 0; i < record->dates.count; i++) {
        if (!is(record->dates.items[i].kind, kind))
            continue;
        start(out, name, NULL, NULL, NULL, NULL);
        put_parts(out, &record->dates.items[i]);
        end(out, name);
    }
}

/* One end of a range in words: "2019 Dec". */
static void add_words(buf *out, int year, int month, int season)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    buf_printf(out, "%d", year);
    if (month >= 1 && month <= 12)
        buf_printf(out, " %s", months[month - 1]);
    else if (season >= 1 && season <= 4)
        buf_printf(out, " %s", seasons[season - 1]);
}

/* A range, and what is no date, stand in words. */
static void put_issued(buf *out, const osler_record *record)
{
    const osler_date *date = osler_record_date(record, "issued");
    if (!date)
        return;
    start(out, "PubDate", NULL, NULL, NULL, NULL);
    if (date->text) {
        put(out, "MedlineDate", date->text);
    } else if (date->end_year) {
        buf_add_text(out, "<MedlineDate>");
        add_words(out, date->year, date->month, date->season);
        buf_add_byte(out, '-');
        add_words(out, date->end_year, date->end_month, date->end_season);
        buf_add_text(out, "</MedlineDate>");
    } else {
        put_number(out, "Year", date->year);
        if (date->season >= 1 && date->season <= 4 && !date->month)
            put(out, "Season", seasons[date->season - 1]);
        put_number(out, "Month", date->month);
        put_number(out, "Day", date->day);
    }
    end(out, "PubDate");
}

static void put_sections(buf *out, const osler_section_list *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        const osler_section *section = &sections->items[i];
        if (!section->text)
            continue;
        start(out, "AbstractText", "Label", section->label, "NlmCategory", section->category);
        buf_add_text(out, section->text);
        end(out, "AbstractText");
    }
}

static void put_abstract(buf *out, const osler_record *r)
{
    if (!r->abstract.count && !r->abstract_copyright)
        return;
    start(out, "Abstract", NULL, NULL, NULL, NULL);
    put_sections(out, &r->abstract);
    put_markup(out, "CopyrightInformation", r->abstract_copyright);
    end(out, "Abstract");
}

static void put_name(buf *out, const char *element, const osler_name *name)
{
    start(out, element, "ValidYN", name->superseded ? "N" : "Y", "EqualContrib",
          name->equal_contribution ? "Y" : NULL);
    put_markup(out, "LastName", name->family);
    put(out, "ForeName", name->given);
    put(out, "Initials", name->initials);
    put_markup(out, "Suffix", name->suffix);
    put_markup(out, "CollectiveName", name->collective);
    put_with(out, "Identifier", "Source", "ORCID", name->orcid);
    for (size_t i = 0; i < name->identifiers.count; i++)
        put_with(out, "Identifier", "Source", name->identifiers.items[i].scheme,
                 name->identifiers.items[i].value);
    for (size_t i = 0; i < name->affiliations.count; i++) {
        const osler_affiliation *place = &name->affiliations.items[i];
        start(out, "AffiliationInfo", NULL, NULL, NULL, NULL);
        put_markup(out, "Affiliation", place->text);
        for (size_t k = 0; k < place->identifiers.count; k++)
            put_with(out, "Identifier", "Source", place->identifiers.items[k].scheme,
                     place->identifiers.items[k].value);
        end(out, "AffiliationInfo");
    }
    end(out, element);
}

static void put_names(buf *out, const osler_record *r, const char *role, const char *list,
                      const char *element)
{
    bool begun = false, authors = is(role, "author");
    for (size_t i = 0; i < r->names.count; i++) {
        const osler_name *name = &r->names.items[i];
        if (!is(name->role, role))
            continue;
        if (!begun)
            start(out, list, "CompleteYN",
                  !authors              ? NULL
                  : r->names_incomplete ? "N"
                                        : "Y",
                  "Type", is(role, "editor") ? "editors" : NULL);
        begun = true;
        put_name(out, element, name);
    }
    if (begun)
        end(out, list);
}

/* One item of a list, and the list: what puts the items, what they stand in. */
static void put_list(buf *out, const osler_record *r, const char *name, size_t count,
                     void (*put_item)(buf *out, const osler_record *r, size_t i))
{
    if (!count)
        return;
    start(out, name, NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        put_item(out, r, i);
    end(out, name);
}

static void put_databank(buf *out, const osler_record *r, size_t i)
{
    start(out, "DataBank", NULL, NULL, NULL, NULL);
    put(out, "DataBankName", r->databanks.items[i].name);
    start(out, "AccessionNumberList", NULL, NULL, NULL, NULL);
    put_texts(out, "AccessionNumber", &r->databanks.items[i].numbers);
    end(out, "AccessionNumberList");
    end(out, "DataBank");
}

static void put_grant(buf *out, const osler_record *r, size_t i)
{
    const osler_grant *grant = &r->grants.items[i];
    start(out, "Grant", NULL, NULL, NULL, NULL);
    put(out, "GrantID", grant->number);
    put(out, "Acronym", grant->acronym);
    put(out, "Agency", grant->agency);
    put(out, "Country", grant->country);
    end(out, "Grant");
}

/* No record leaves without its mark, also where only a notice says it. */
static void put_types(buf *out, const osler_record *r)
{
    bool said = !is(cited_mark(r), "RETRACTED: ");
    if (!r->publication_types.count && said)
        return;
    start(out, "PublicationTypeList", NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < r->publication_types.count; i++) {
        const osler_publication_type *type = &r->publication_types.items[i];
        said |= is(type->ui, "D016441") || is(type->name, "Retracted Publication");
        put_with(out, "PublicationType", "UI", type->ui, type->name);
    }
    if (!said)
        put_with(out, "PublicationType", "UI", "D016441", "Retracted Publication");
    end(out, "PublicationTypeList");
}

static void put_chemical(buf *out, const osler_record *r, size_t i)
{
    const osler_chemical *chemical = &r->chemicals.items[i];
    start(out, "Chemical", NULL, NULL, NULL, NULL);
    put(out, "RegistryNumber", chemical->registry_number);
    put_with(out, "NameOfSubstance", "UI", chemical->ui, chemical->name);
    end(out, "Chemical");
}

static void put_supplementary(buf *out, const osler_record *r, size_t i)
{
    const osler_supplementary *s = &r->supplementaries.items[i];
    start(out, "SupplMeshName", "Type", s->type, "UI", s->ui);
    add_escaped(out, s->name);
    end(out, "SupplMeshName");
}

static void put_correction(buf *out, const osler_record *r, size_t i)
{
    const osler_correction *c = &r->corrections.items[i];
    start(out, "CommentsCorrections", "RefType", c->type, NULL, NULL);
    put(out, "RefSource", c->source);
    put_with(out, "PMID", "Version", "1", c->pmid);
    put(out, "DOI", c->doi);
    put(out, "Note", c->note);
    end(out, "CommentsCorrections");
}

/* A heading or a subheading, whose attributes are more than two. */
static void put_topic(buf *out, const char *element, const osler_heading *topic)
{
    buf_printf(out, "<%s", element);
    add_attribute(out, "UI", topic->ui);
    add_attribute(out, "Type", topic->type);
    buf_printf(out, " MajorTopicYN=\"%s\"%s>", topic->major ? "Y" : "N",
               topic->automatic ? " AutoHM=\"Y\"" : "");
    add_escaped(out, topic->name);
    end(out, element);
}

static void put_heading(buf *out, const osler_record *r, size_t i)
{
    const osler_heading *h = &r->headings.items[i];
    start(out, "MeshHeading", NULL, NULL, NULL, NULL);
    put_topic(out, "DescriptorName", h);
    for (size_t k = 0; k < h->qualifiers.count; k++) {
        const osler_qualifier *q = &h->qualifiers.items[k];
        osler_heading topic = {
            .ui = q->ui, .name = q->name, .major = q->major, .automatic = q->automatic};
        put_topic(out, "QualifierName", &topic);
    }
    end(out, "MeshHeading");
}

static void put_gene(buf *out, const osler_record *r, size_t i)
{
    put(out, "GeneSymbol", r->genes.items[i]);
}

/* One list an owner, as long as it is the same. */
static void put_keywords(buf *out, const osler_record *r)
{
    for (size_t i = 0; i < r->keywords.count; i++) {
        const osler_keyword *k = &r->keywords.items[i];
        const char *owner = k->owner ? k->owner : "NOTNLM";
        const char *before = i ? r->keywords.items[i - 1].owner : NULL;
        if (!i || !is(before ? before : "NOTNLM", owner)) {
            if (i)
                end(out, "KeywordList");
            start(out, "KeywordList", "Owner", owner, NULL, NULL);
        }
        start(out, "Keyword", "MajorTopicYN", k->major ? "Y" : "N", NULL, NULL);
        buf_add_text(out, k->text);
        end(out, "Keyword");
    }
    if (r->keywords.count)
        end(out, "KeywordList");
}

static void put_journal(buf *out, const osler_record *r)
{
    start(out, "Journal", NULL, NULL, NULL, NULL);
    put_with(out, "ISSN", "IssnType", r->issn_type, r->issn);
    start(out, "JournalIssue", "CitedMedium", r->medium, NULL, NULL);
    put(out, "Volume", r->volume);
    put(out, "Issue", r->issue);
    put_issued(out, r);
    end(out, "JournalIssue");
    put(out, "Title", r->container_title);
    put(out, "ISOAbbreviation", r->container_title_iso);
    end(out, "Journal");
}

/*
 * The list of ids names the record's own first: what else is a DOI or a publisher's number, or is
 * not valid, stands beside the pages.
 */
static bool is_location(const osler_record *r, const osler_identifier *id)
{
    return id->invalid || (is(id->scheme, "pii") && !is(r->pii, id->value)) ||
           (is(id->scheme, "doi") && !is(r->doi, id->value));
}

static void put_locations(buf *out, const osler_record *r)
{
    for (size_t i = 0; i < r->identifiers.count; i++) {
        const osler_identifier *id = &r->identifiers.items[i];
        if (!id->value || !is_location(r, id))
            continue;
        start(out, "ELocationID", "EIdType", id->scheme, "ValidYN", id->invalid ? "N" : "Y");
        add_escaped(out, id->value);
        end(out, "ELocationID");
    }
}

static void put_article(buf *out, const osler_record *r)
{
    start(out, "Article", "PubModel", r->publication_model, NULL, NULL);
    put_journal(out, r);
    put_markup(out, "ArticleTitle", r->title);
    if (r->pages) {
        start(out, "Pagination", NULL, NULL, NULL, NULL);
        put(out, "MedlinePgn", r->pages);
        end(out, "Pagination");
    }
    put_locations(out, r);
    put_abstract(out, r);
    put_names(out, r, "author", "AuthorList", "Author");
    put_texts(out, "Language", &r->languages);
    put_list(out, r, "DataBankList", r->databanks.count, put_databank);
    put_list(out, r, "GrantList", r->grants.count, put_grant);
    put_types(out, r);
    put_markup(out, "VernacularTitle", r->vernacular_title);
    put_dates(out, r, "ArticleDate", "epublished");
    end(out, "Article");
}

static void put_journal_info(buf *out, const osler_record *r)
{
    start(out, "MedlineJournalInfo", NULL, NULL, NULL, NULL);
    put(out, "Country", r->country);
    put(out, "MedlineTA", r->container_title_medline);
    put(out, "NlmUniqueID", r->nlm_id);
    put(out, "ISSNLinking", r->issn_linking);
    end(out, "MedlineJournalInfo");
}

static void put_others(buf *out, const osler_record *r)
{
    for (size_t i = 0; i < r->other_ids.count; i++)
        put_with(out, "OtherID", "Source", r->other_ids.items[i].scheme,
                 r->other_ids.items[i].value);
    for (size_t i = 0; i < r->other_abstracts.count; i++) {
        const osler_other_abstract *other = &r->other_abstracts.items[i];
        start(out, "OtherAbstract", "Type", other->type, "Language", other->language);
        put_sections(out, &other->sections);
        put_markup(out, "CopyrightInformation", other->copyright);
        end(out, "OtherAbstract");
    }
    put_keywords(out, r);
    put_markup(out, "CoiStatement", r->conflict_of_interest);
    put_texts(out, "SpaceFlightMission", &r->space_flight_missions);
    put_names(out, r, "investigator", "InvestigatorList", "Investigator");
    put_texts(out, "GeneralNote", &r->notes);
    for (size_t i = 0; i < r->extras.count; i++) {
        const osler_extra *extra = &r->extras.items[i];
        if (!extra->value || is(extra->tag, "NumberOfReferences"))
            continue;
        buf_add_text(out, "<GeneralNote>");
        add_escaped(out, extra->tag);
        buf_add_text(out, ": ");
        add_escaped(out, extra->value);
        end(out, "GeneralNote");
    }
}

static void put_citation(buf *out, const osler_record *r)
{
    char version[16];
    snprintf(version, sizeof version, "%d", r->pmid_version ? r->pmid_version : 1);
    start(out, "MedlineCitation", "Status", r->status, "Owner", r->owner);
    if (r->indexing_method) { /* the third attribute, behind the others */
        out->length--;
        add_attribute(out, "IndexingMethod", r->indexing_method);
        buf_add_byte(out, '>');
    }
    put_with(out, "PMID", "Version", version, r->pmid);
    put_dates(out, r, "DateCreated", "created");
    put_dates(out, r, "DateCompleted", "completed");
    put_dates(out, r, "DateRevised", "revised");
    put_article(out, r);
    put_journal_info(out, r);
    put_list(out, r, "ChemicalList", r->chemicals.count, put_chemical);
    put_list(out, r, "SupplMeshList", r->supplementaries.count, put_supplementary);
    put_texts(out, "CitationSubset", &r->citation_subsets);
    put_list(out, r, "CommentsCorrectionsList", r->corrections.count, put_correction);
    put_list(out, r, "GeneSymbolList", r->genes.count, put_gene);
    put_list(out, r, "MeshHeadingList", r->headings.count, put_heading);
    for (size_t i = 0; i < r->extras.count; i++)
        if (is(r->extras.items[i].tag, "NumberOfReferences"))
            put(out, "NumberOfReferences", r->extras.items[i].value);
    put_names(out, r, "subject", "PersonalNameSubjectList", "PersonalNameSubject");
    put_others(out, r);
    end(out, "MedlineCitation");
}

static void put_history(buf *out, const osler_record *r)
{
    static const str prefix = STR("history:");
    start(out, "History", NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < r->dates.count; i++) {
        const osler_date *date = &r->dates.items[i];
        if (!str_starts_with(str_of(date->kind), prefix))
            continue;
        start(out, "PubMedPubDate", "PubStatus", date->kind + prefix.length, NULL, NULL);
        put_parts(out, date);
        end(out, "PubMedPubDate");
    }
    end(out, "History");
}

static void put_reference(buf *out, const osler_record *r, size_t i)
{
    const osler_reference *reference = &r->references.items[i];
    start(out, "Reference", NULL, NULL, NULL, NULL);
    put_markup(out, "Citation", reference->citation);
    if (reference->identifiers.count)
        buf_add_text(out, "<ArticleIdList>");
    for (size_t k = 0; k < reference->identifiers.count; k++)
        put_with(out, "ArticleId", "IdType", reference->identifiers.items[k].scheme,
                 reference->identifiers.items[k].value);
    if (reference->identifiers.count)
        buf_add_text(out, "</ArticleIdList>");
    end(out, "Reference");
}

/* A list for each section that references stand in. */
static void put_references(buf *out, const osler_record *r)
{
    for (size_t i = 0; i < r->references.count; i++) {
        const char *section = r->references.items[i].section;
        const char *before = i ? r->references.items[i - 1].section : NULL;
        if (!i || !str_equal(str_of(section), str_of(before))) {
            if (i)
                end(out, "ReferenceList");
            start(out, "ReferenceList", NULL, NULL, NULL, NULL);
            put(out, "Title", section);
        }
        put_reference(out, r, i);
    }
    if (r->references.count)
        end(out, "ReferenceList");
}

static void put_ids(buf *out, const osler_record *r)
{
    bool doi = false, pmc = false;
    start(out, "ArticleIdList", NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < r->identifiers.count; i++) {
        const osler_identifier *id = &r->identifiers.items[i];
        doi |= is(id->scheme, "doi");
        pmc |= is(id->scheme, "pmc");
        if (!is_location(r, id))
            put_with(out, "ArticleId", "IdType", id->scheme, id->value);
    }
    put_with(out, "ArticleId", "IdType", "doi", doi ? NULL : r->doi);
    put_with(out, "ArticleId", "IdType", "pmc", pmc ? NULL : r->pmcid);
    end(out, "ArticleIdList");
}

static void write_record(buf *out, const osler_record *record)
{
    start(out, "PubmedArticle", NULL, NULL, NULL, NULL);
    put_citation(out, record);
    start(out, "PubmedData", NULL, NULL, NULL, NULL);
    put_history(out, record);
    put(out, "PublicationStatus", record->publication_status);
    put_ids(out, record);
    put_references(out, record);
    end(out, "PubmedData");
    end(out, "PubmedArticle");
}

const struct writer writer_pubmed_xml = {
    .write = write_record,
    .head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n",
    .tail = "</PubmedArticleSet>\n",
};
