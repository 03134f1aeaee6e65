/* One invented record as PubMed XML, element by element in the order of NLM's DTD. */
#include "invented_paper.h"

#include <stdlib.h>

static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const languages[8] = {"chi", "ger", "fre", "rus", "jpn", "spa", "ita", "pol"};
static const char *const qualifiers[16][2] = {
    {"Q000628", "therapy"},         {"Q000188", "drug therapy"},
    {"Q000175", "diagnosis"},       {"Q000209", "etiology"},
    {"Q000378", "metabolism"},      {"Q000235", "genetics"},
    {"Q000473", "pathology"},       {"Q000494", "pharmacology"},
    {"Q000601", "surgery"},         {"Q000150", "complications"},
    {"Q000453", "epidemiology"},    {"Q000276", "immunology"},
    {"Q000009", "adverse effects"}, {"Q000627", "therapeutic use"},
    {"Q000503", "physiopathology"}, {"Q000008", "administration &amp; dosage"}};

typedef struct record {
    paper paper;
    journal journal;
    const char *language; /* NULL: English. */
    bool pmc;
} record;

invented *invented_new(uint64_t seed)
{
    invented *made = calloc(1, sizeof *made);
    if (!made)
        abort();
    made->seed = seed;
    vocabulary_make(&made->words);
    paper_tables(made);
    return made;
}

void invented_free(invented *collection)
{
    if (collection)
        free(collection->seed_texts);
    free(collection);
}

static char *put_date(char *at, const char *indent, unsigned year, unsigned month, unsigned day)
{
    at = put_text(at, indent);
    at = PUT(at, "<Year>");
    at = put_number(at, year);
    at = PUT(at, "</Year>\n");
    at = put_text(at, indent);
    at = PUT(at, "<Month>");
    at = put_digits(at, month, 2);
    at = PUT(at, "</Month>\n");
    at = put_text(at, indent);
    at = PUT(at, "<Day>");
    at = put_digits(at, day, 2);
    return PUT(at, "</Day>\n");
}

static char *put_start(char *at, record *from)
{
    static const char *const others[4] = {"PubMed-not-MEDLINE", "PubMed-not-MEDLINE", "Publisher",
                                          "In-Process"};
    paper *p = &from->paper;
    at = PUT(at, "  <PubmedArticle>\n    <MedlineCitation Status=\"");
    at = put_text(at, p->indexed ? "MEDLINE" : others[draw_below(&p->draw, 4)]);
    at = PUT(at, "\" Owner=\"NLM\">\n      <PMID Version=\"1\">");
    at = put_number(at, p->pmid);
    at = PUT(at, "</PMID>\n");
    if (p->indexed) {
        at = PUT(at, "      <DateCompleted>\n");
        at = put_date(at, "        ", p->year, p->month, p->day);
        at = PUT(at, "      </DateCompleted>\n");
    }
    at = PUT(at, "      <DateRevised>\n");
    at = put_date(at, "        ", p->year, 12, p->day);
    return PUT(at, "      </DateRevised>\n      <Article PubModel=\"Print-Electronic\">\n");
}

static char *put_journal(char *at, record *from)
{
    paper *p = &from->paper;
    journal_make(&from->journal, draw_rank(&p->draw, 0, 13));
    at = PUT(at, "        <Journal>\n          <ISSN IssnType=\"Electronic\">");
    at = put_bytes(at, from->journal.issn, 9);
    at =
        PUT(at, "</ISSN>\n          <JournalIssue CitedMedium=\"Internet\">\n            <Volume>");
    at = put_number(at, p->year - 1940 - from->journal.number % 10);
    at = PUT(at, "</Volume>\n            <Issue>");
    at = put_number(at, p->month);
    at = PUT(at, "</Issue>\n            <PubDate>\n              <Year>");
    at = put_number(at, p->year);
    at = PUT(at, "</Year>\n              <Month>");
    at = put_bytes(at, months[p->month - 1], 3);
    at = PUT(at, "</Month>\n            </PubDate>\n          </JournalIssue>\n          <Title>");
    at = put_text(at, from->journal.title);
    at = PUT(at, "</Title>\n          <ISOAbbreviation>");
    at = put_text(at, from->journal.abbreviation);
    return PUT(at, "</ISOAbbreviation>\n        </Journal>\n");
}

static char *put_doi(char *at, const paper *p)
{
    at = PUT(at, "10.99999/inv.");
    return put_number(at, p->pmid);
}

static char *put_article_start(char *at, record *from)
{
    paper *p = &from->paper;
    at = put_journal(at, from);
    at = PUT(at, "        <ArticleTitle>");
    if (p->design == design_erratum)
        at = PUT(at, "Erratum: ");
    if (p->design == design_notice)
        at = PUT(at, "Retraction: ");
    if (from->language)
        *at++ = '[';
    at = put_title(at, p);
    at = from->language ? PUT(at, "].") : PUT(at, ".");
    at = PUT(at, "</ArticleTitle>\n        <Pagination>\n          <MedlinePgn>");
    unsigned page = draw_between(&p->draw, 1, 1900);
    at = put_number(at, page);
    *at++ = '-';
    at = put_number(at, page + draw_between(&p->draw, 1, 14));
    at = PUT(at, "</MedlinePgn>\n        </Pagination>\n");
    if (p->year >= 2000) {
        at = PUT(at, "        <ELocationID EIdType=\"doi\" ValidYN=\"Y\">");
        at = put_doi(at, p);
        at = PUT(at, "</ELocationID>\n");
    }
    return at;
}

static char *put_abstract(char *at, record *from)
{
    static const char *const labels[2][5] = {
        {"BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS", ""},
        {"INTRODUCTION", "OBJECTIVE", "PATIENTS AND METHODS", "RESULTS", "CONCLUSION"}};
    static const char *const categories[2][5] = {
        {"BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS", ""},
        {"BACKGROUND", "OBJECTIVE", "METHODS", "RESULTS", "CONCLUSIONS"}};
    paper *p = &from->paper;
    if (!p->has_abstract)
        return at;
    bool designed = p->design < design_overview && p->year > 1990;
    unsigned sections =
        draw_chance(&p->draw, designed ? 7500 : 1200) ? draw_between(&p->draw, 4, 5) : 1;
    at = PUT(at, "        <Abstract>\n");
    for (unsigned i = 0; i < sections; i++) {
        at = PUT(at, "          <AbstractText");
        if (sections > 1) {
            at = PUT(at, " Label=\"");
            at = put_text(at, labels[sections - 4][i]);
            at = PUT(at, "\" NlmCategory=\"");
            at = put_text(at, categories[sections - 4][i]);
            *at++ = '"';
        }
        *at++ = '>';
        at = put_section(at, p, i, sections);
        at = PUT(at, "</AbstractText>\n");
    }
    if (draw_chance(&p->draw, 3000)) {
        at = PUT(at, "          <CopyrightInformation>© ");
        at = put_number(at, p->year);
        at = PUT(at, " The Authors of this invented record.</CopyrightInformation>\n");
    }
    return PUT(at, "        </Abstract>\n");
}

/* With the check character of ISO 7064, mod 11-2. */
static char *put_orcid(char *at, uint32_t person)
{
    char digits[16];
    unsigned sum = 0;
    put_digits(put_digits(digits, 9, 7), person % 100000000, 8);
    for (int i = 0; i < 15; i++)
        sum = (sum + (unsigned)(digits[i] - '0')) * 2 % 11;
    digits[15] = "0123456789X"[(12 - sum) % 11];
    at = PUT(at, "            <Identifier Source=\"ORCID\">");
    for (int i = 0; i < 4; i++) {
        if (i)
            *at++ = '-';
        at = put_bytes(at, digits + 4 * i, 4);
    }
    return PUT(at, "</Identifier>\n");
}

static char *put_author(char *at, paper *p, unsigned which)
{
    uint32_t person = draw_rank(&p->draw, 0, 23), given = (uint32_t)mix(person);
    if (person < 8)
        given = draw_rank(&p->draw, 0, 18); /* The commonest families are large. */
    at = PUT(at, "          <Author ValidYN=\"Y\">\n            <LastName>");
    at = put_family(at, person);
    at = PUT(at, "</LastName>\n            <ForeName>");
    char *name = at;
    at = put_given(at, given & 0xfff);
    char initials[2] = {*name, (char)('A' + given % 26)};
    *at++ = ' ';
    *at++ = initials[1];
    at = PUT(at, "</ForeName>\n            <Initials>");
    at = put_bytes(at, initials, 2);
    at = PUT(at, "</Initials>\n");
    if (p->year > 2014 && draw_chance(&p->draw, 1500))
        at = put_orcid(at, person);
    if (p->year > 2014 || (which == 0 && p->year > 1987)) {
        at = PUT(at, "            <AffiliationInfo>\n              <Affiliation>");
        at = put_affiliation(at, draw_rank(&p->draw, 2, 18));
        at = PUT(at, "</Affiliation>\n            </AffiliationInfo>\n");
    }
    return PUT(at, "          </Author>\n");
}

static char *put_authors(char *at, record *from)
{
    paper *p = &from->paper;
    unsigned count = 1 + draw_below(&p->draw, 4) + draw_below(&p->draw, p->year < 1995 ? 2 : 5);
    if (draw_chance(&p->draw, 300))
        count += draw_rank(&p->draw, 2, 6);
    at = PUT(at, "        <AuthorList CompleteYN=\"Y\">\n");
    for (unsigned i = 0; i < count; i++)
        at = put_author(at, p, i);
    if (draw_chance(&p->draw, 80)) {
        at = PUT(at, "          <Author ValidYN=\"Y\">\n            <CollectiveName>");
        at = put_name(at, p->subject);
        at = PUT(at, " Study Group</CollectiveName>\n          </Author>\n");
    }
    at = PUT(at, "        </AuthorList>\n        <Language>");
    at = put_text(at, from->language ? from->language : "eng");
    return PUT(at, "</Language>\n");
}

static char *put_grants(char *at, record *from)
{
    paper *p = &from->paper;
    if (!draw_chance(&p->draw, 1300))
        return at;
    at = PUT(at, "        <GrantList CompleteYN=\"Y\">\n");
    for (unsigned i = draw_between(&p->draw, 1, 5); i-- > 0;) {
        at = PUT(at, "          <Grant>\n            <GrantID>R01 XX");
        at = put_digits(at, draw_below(&p->draw, 1000000), 6);
        at = PUT(at, "</GrantID>\n            <Agency>");
        at = put_name(at, draw_rank(&p->draw, 0, 8));
        at = PUT(at, " Foundation</Agency>\n            <Country>");
        at = put_country(at, i);
        at = PUT(at, "</Country>\n          </Grant>\n");
    }
    return PUT(at, "        </GrantList>\n");
}

static char *put_type(char *at, const char *ui, const char *name)
{
    at = PUT(at, "          <PublicationType UI=\"");
    at = put_text(at, ui);
    at = PUT(at, "\">");
    at = put_text(at, name);
    return PUT(at, "</PublicationType>\n");
}

/* Trials lack their type where NLM has not indexed them. */
static char *put_types(char *at, record *from)
{
    paper *p = &from->paper;
    const design *kind = &designs[p->design];
    bool brief = p->design >= design_editorial && p->design <= design_notice;
    at = PUT(at, "        <PublicationTypeList>\n");
    if (!brief || p->design == design_retracted)
        at = put_type(at, "D016428", "Journal Article");
    if (*kind->type && (p->indexed || brief))
        at = put_type(at, kind->ui, kind->type);
    if (p->design == design_pooled && draw_chance(&p->draw, 6000))
        at = put_type(at, "D000078182", "Systematic Review");
    if (p->design == design_trial && draw_chance(&p->draw, 2500))
        at = put_type(at, "D016448", "Multicenter Study");
    if (from->language)
        at = put_type(at, "D004740", "English Abstract");
    if (draw_chance(&p->draw, 2200))
        at = put_type(at, "D013485", "Research Support, Non-U.S. Gov't");
    return PUT(at, "        </PublicationTypeList>\n");
}

static char *put_article_end(char *at, record *from)
{
    paper *p = &from->paper;
    if (from->language && draw_chance(&p->draw, 6000)) {
        at = PUT(at, "        <VernacularTitle>");
        for (unsigned i = draw_between(&p->draw, 5, 11); i-- > 0;) {
            at = put_family(at, draw_below(&p->draw, 1u << 16));
            at = i ? PUT(at, " für ") : PUT(at, ".");
        }
        at = PUT(at, "</VernacularTitle>\n");
    }
    if (p->year >= 2005) {
        at = PUT(at, "        <ArticleDate DateType=\"Electronic\">\n");
        at = put_date(at, "          ", p->year, p->month, p->day);
        at = PUT(at, "        </ArticleDate>\n");
    }
    at = PUT(at, "      </Article>\n      <MedlineJournalInfo>\n        <Country>");
    at = put_country(at, from->journal.number);
    at = PUT(at, "</Country>\n        <MedlineTA>");
    at = put_text(at, from->journal.abbreviation);
    at = PUT(at, "</MedlineTA>\n        <NlmUniqueID>");
    at = put_number(at, 990000000 + from->journal.number);
    at = PUT(at, "</NlmUniqueID>\n        <ISSNLinking>");
    at = put_bytes(at, from->journal.issn, 9);
    return PUT(at, "</ISSNLinking>\n      </MedlineJournalInfo>\n");
}

static char *put_chemicals(char *at, record *from)
{
    paper *p = &from->paper;
    if (!p->indexed || !draw_chance(&p->draw, p->theme == theme_lab ? 7000 : 2500))
        return at;
    at = PUT(at, "      <ChemicalList>\n");
    for (unsigned i = draw_between(&p->draw, 1, 7); i-- > 0;) {
        uint32_t number = draw_rank(&p->draw, 2, 15);
        at = PUT(at, "        <Chemical>\n          <RegistryNumber>0</RegistryNumber>\n"
                     "          <NameOfSubstance UI=\"D99");
        at = put_digits(at, number, 6);
        at = PUT(at, "\">");
        char *start = at;
        at = put_capital(start, put_rare(at, number));
        at = PUT(at, "</NameOfSubstance>\n        </Chemical>\n");
    }
    return PUT(at, "      </ChemicalList>\n");
}

static char *put_correction(char *at, paper *p, const char *type)
{
    journal where;
    uint32_t other = draw_between(&p->draw, 1, p->number);
    journal_make(&where, draw_rank(&p->draw, 0, 13));
    at = PUT(at, "        <CommentsCorrections RefType=\"");
    at = put_text(at, type);
    at = PUT(at, "\">\n          <RefSource>");
    at = put_text(at, where.abbreviation);
    at = PUT(at, ". ");
    at = put_number(at, p->year);
    *at++ = ' ';
    at = put_bytes(at, months[p->month - 1], 3);
    *at++ = ';';
    at = put_number(at, other % 90);
    *at++ = ':';
    at = put_number(at, other % 1900);
    at = PUT(at, "</RefSource>\n          <PMID Version=\"1\">");
    at = put_number(at, INVENTED_FIRST_PMID + other);
    return PUT(at, "</PMID>\n        </CommentsCorrections>\n");
}

/* The older of NLM's ways to list what a paper cites, and the notes between papers. */
static char *put_corrections(char *at, record *from)
{
    static const char *const notes[8] = {"CommentIn", "CommentIn", "CommentIn", "ErratumIn",
                                         "CommentIn", "UpdateIn",  "CommentIn", "RepublishedIn"};
    paper *p = &from->paper;
    const char *type = draw_chance(&p->draw, 1000) ? notes[draw_below(&p->draw, 8)] : NULL;
    unsigned cited =
        p->year < 2012 && draw_chance(&p->draw, 1100) ? draw_between(&p->draw, 12, 60) : 0;
    if (p->design == design_comment)
        type = "CommentOn";
    if (p->design == design_erratum)
        type = "ErratumFor";
    if (p->design == design_notice)
        type = "RetractionOf";
    if (p->design == design_retracted)
        type = "RetractionIn";
    if (!type && !cited)
        return at;
    at = PUT(at, "      <CommentsCorrectionsList>\n");
    for (unsigned i = 0; i < cited; i++)
        at = put_correction(at, p, "Cites");
    if (type)
        at = put_correction(at, p, type);
    return PUT(at, "      </CommentsCorrectionsList>\n");
}

char *put_heading_name(char *at, const paper_heading *heading)
{
    if (heading->known)
        return put_text(at, heading->known->name);
    char *start = at;
    at = put_capital(start, put_rare(at, 0x8000000u + heading->number));
    *at++ = ' ';
    start = at;
    return put_capital(start, put_rare(at, heading->number % 4096));
}

static char *put_headings(char *at, record *from)
{
    paper *p = &from->paper;
    if (!p->indexed)
        return at;
    at = PUT(at, "      <CitationSubset>IM</CitationSubset>\n      <MeshHeadingList>\n");
    for (size_t i = 0; i < p->heading_count; i++) {
        const paper_heading *heading = &p->headings[i];
        bool major = heading->major && !heading->qualifiers;
        at = PUT(at, "        <MeshHeading>\n          <DescriptorName UI=\"");
        if (heading->known)
            at = put_text(at, heading->known->ui);
        else
            at = put_digits(PUT(at, "D99"), heading->number, 6);
        at = major ? PUT(at, "\" MajorTopicYN=\"Y\">") : PUT(at, "\" MajorTopicYN=\"N\">");
        at = put_heading_name(at, heading);
        at = PUT(at, "</DescriptorName>\n");
        unsigned which = draw_below(&p->draw, 16);
        for (unsigned k = 0; k < heading->qualifiers; k++, which = (which + 5) % 16) {
            at = PUT(at, "          <QualifierName UI=\"");
            at = put_text(at, qualifiers[which][0]);
            at = heading->major && !k ? PUT(at, "\" MajorTopicYN=\"Y\">")
                                      : PUT(at, "\" MajorTopicYN=\"N\">");
            at = put_text(at, qualifiers[which][1]);
            at = PUT(at, "</QualifierName>\n");
        }
        at = PUT(at, "        </MeshHeading>\n");
    }
    return PUT(at, "      </MeshHeadingList>\n");
}

static char *put_citation_end(char *at, record *from)
{
    paper *p = &from->paper;
    if (p->year > 2005 && draw_chance(&p->draw, 6500)) {
        at = PUT(at, "      <KeywordList Owner=\"NOTNLM\">\n");
        for (unsigned i = draw_between(&p->draw, 3, 6); i-- > 0;) {
            at = PUT(at, "        <Keyword MajorTopicYN=\"N\">");
            if (i == 0 && p->condition)
                at = put_text(at, p->condition->text);
            else
                at = put_word(at, &p->from->words,
                              400 + (uint32_t)(mix(p->subject * 8u + i) & 0x3fff));
            at = PUT(at, "</Keyword>\n");
        }
        at = PUT(at, "      </KeywordList>\n");
    }
    if (p->year > 2016 && draw_chance(&p->draw, 5000))
        at = PUT(at, "      <CoiStatement>The authors of this record, being invented, have no "
                     "interests to declare.</CoiStatement>\n");
    return PUT(at, "      <GeneralNote Owner=\"NLM\">Invented record for measuring</GeneralNote>\n"
                   "    </MedlineCitation>\n");
}

static char *put_history(char *at, record *from)
{
    static const char *const events[5] = {"received", "accepted", "entrez", "pubmed", "medline"};
    paper *p = &from->paper;
    at = PUT(at, "    <PubmedData>\n      <History>\n");
    for (unsigned i = p->year < 2005 ? 2 : 0; i < (p->indexed ? 5u : 4u); i++) {
        at = PUT(at, "        <PubMedPubDate PubStatus=\"");
        at = put_text(at, events[i]);
        at = PUT(at, "\">\n          <Year>");
        at = put_number(at, p->year);
        at = PUT(at, "</Year>\n          <Month>");
        at = put_number(at, i + 1 < p->month ? p->month : i + 1);
        at = PUT(at, "</Month>\n          <Day>");
        at = put_number(at, p->day);
        at = i < 2 ? PUT(at, "</Day>\n")
                   : PUT(at, "</Day>\n          <Hour>6</Hour>\n          <Minute>0</Minute>\n");
        at = PUT(at, "        </PubMedPubDate>\n");
    }
    return PUT(at, "      </History>\n      <PublicationStatus>ppublish</PublicationStatus>\n");
}

static char *put_id(char *at, const char *indent, const char *type)
{
    at = put_text(at, indent);
    at = PUT(at, "<ArticleId IdType=\"");
    at = put_text(at, type);
    return PUT(at, "\">");
}

static char *put_ids(char *at, record *from)
{
    paper *p = &from->paper;
    at = PUT(at, "      <ArticleIdList>\n");
    at = put_number(put_id(at, "        ", "pubmed"), p->pmid);
    at = PUT(at, "</ArticleId>\n");
    if (from->pmc) {
        at = put_number(PUT(put_id(at, "        ", "pmc"), "PMC"), 900000000 + p->number);
        at = PUT(at, "</ArticleId>\n");
    }
    if (p->year >= 1995) {
        at = PUT(put_doi(put_id(at, "        ", "doi"), p), "</ArticleId>\n");
        at = put_number(PUT(put_id(at, "        ", "pii"), "S99-"), p->number);
        at = PUT(at, "</ArticleId>\n");
    }
    return PUT(at, "      </ArticleIdList>\n");
}

static char *put_references(char *at, record *from)
{
    paper *p = &from->paper;
    if (p->year < 1995 || !draw_chance(&p->draw, from->pmc ? 9000 : 2600))
        return at;
    at = PUT(at, "      <ReferenceList>\n");
    for (unsigned i = draw_between(&p->draw, 6, 38); i-- > 0;) {
        uint32_t cited = draw_rank(&p->draw, 8, 27);
        at = PUT(at, "        <Reference>\n          <Citation>");
        at = put_citation(at, &p->from->words, cited);
        at = PUT(at, "</Citation>\n");
        if (cited % 4) {
            at = PUT(at, "          <ArticleIdList>\n");
            at = put_number(put_id(at, "            ", "pubmed"), INVENTED_FIRST_PMID + cited / 4);
            at = PUT(at, "</ArticleId>\n          </ArticleIdList>\n");
        }
        at = PUT(at, "        </Reference>\n");
    }
    return PUT(at, "      </ReferenceList>\n");
}

char *invented_write(char *at, const invented *collection, uint32_t number)
{
    record made;
    paper *p = &made.paper;
    paper_plan(p, collection, number);
    made.language = draw_chance(&p->draw, p->year < 2000 ? 1600 : 400)
                        ? languages[draw_below(&p->draw, 8)]
                        : NULL;
    made.pmc = p->year > 2002 && draw_chance(&p->draw, 3000);
    at = put_start(at, &made);
    at = put_article_start(at, &made);
    at = put_abstract(at, &made);
    at = put_authors(at, &made);
    at = put_grants(at, &made);
    at = put_types(at, &made);
    at = put_article_end(at, &made);
    at = put_chemicals(at, &made);
    at = put_corrections(at, &made);
    at = put_headings(at, &made);
    at = put_citation_end(at, &made);
    at = put_history(at, &made);
    at = put_ids(at, &made);
    at = put_references(at, &made);
    return PUT(at, "    </PubmedData>\n  </PubmedArticle>\n");
}
