/* A record with every field, each value its own: what a format does to it is what it carries. */
#ifndef FORMATS_FULL_RECORD_H
#define FORMATS_FULL_RECORD_H

#include <osler/record.h>

#define LIST(array)                                                                                \
    {                                                                                              \
        (array), sizeof(array) / sizeof *(array)                                                   \
    }

static osler_identifier person_ids[] = {{.scheme = "isni", .value = "0000000000000wperson"}};
static osler_identifier place_ids[] = {{.scheme = "ror", .value = "https://ror.org/wplace"}};
static const char *numbers[] = {"Wnumber1", "Wnumber2"}, *genes[] = {"Wgene1", "Wgene2"},
                  *missions[] = {"Wmission1", "Wmission2"}, *titles[] = {"Wsection1", "Wsection2"},
                  *subsets[] = {"Wsubset1", "Wsubset2"};
static osler_section other_sections[] = {{.text = "In plain words, wool is warm."}};
static osler_affiliation places[] = {
    {.text = "Institute of <i>Wool</i>, Yarntown", .identifiers = LIST(place_ids)}};
static osler_name names[] = {
    {.role = "author",
     .family = "Roe",
     .given = "Ann Bea",
     .initials = "AB",
     .suffix = "Jr",
     .affiliations = LIST(places)},
    {.role = "author",
     .family = "van der Moe",
     .given = "J",
     .initials = "J",
     .affiliations = LIST(places),
     .orcid = "0000-0002-1825-0097"},
    {.role = "author", .collective = "Yarn, Wool and Knitting Group"},
    {.role = "author", .collective = "Wool &amp; Yarn Group"},
    {.role = "author",
     .family = "Beethoven",
     .given = "Ludwig",
     .initials = "L",
     .dropping_particle = "vonder",
     .equal_contribution = true,
     .identifiers = LIST(person_ids)},
    {.role = "author",
     .family = "Gogh",
     .given = "Vincent",
     .initials = "V",
     .non_dropping_particle = "vander",
     .group = "Wgroup"},
    {.role = "editor", .family = "Doe", .given = "John", .initials = "J"},
    {.role = "collection-editor", .family = "Wseries", .given = "J", .initials = "J"},
    {.role = "container-author", .family = "Wcontainer", .given = "J", .initials = "J"},
    {.role = "translator", .family = "Wtranslator", .given = "J", .initials = "J"},
    {.role = "director", .family = "Wdirector", .given = "J", .initials = "J"},
    {.role = "interviewer", .family = "Winterviewer", .given = "J", .initials = "J"},
    {.role = "recipient", .family = "Wrecipient", .given = "J", .initials = "J"},
    {.role = "reviewed-author", .family = "Wreviewed", .given = "J", .initials = "J"},
    {.role = "investigator", .family = "Winvestigator", .given = "J", .initials = "J"},
    {.role = "subject", .family = "Wsubject", .given = "J", .initials = "J"},
    {.role = "weaver", .family = "Wweaver", .given = "J", .initials = "J"},
};
static osler_date dates[] = {
    {.kind = "issued", .year = 2019, .month = 3, .day = 12},
    {.kind = "accessed", .year = 2021, .month = 6, .day = 14},
    {.kind = "epublished", .year = 2018, .month = 12, .day = 30},
    {.kind = "event-date", .year = 2017, .month = 1, .day = 2},
    {.kind = "original-date", .year = 1985, .month = 4, .day = 5},
    {.kind = "submitted", .year = 2016, .month = 7, .day = 8},
    {.kind = "created", .year = 2011, .month = 7, .day = 8},
    {.kind = "completed", .year = 2012, .month = 7, .day = 8},
    {.kind = "revised", .year = 2013, .month = 7, .day = 8},
    {.kind = "history:entrez", .year = 2014, .month = 7, .day = 8},
    {.kind = "shorn", .year = 1976, .month = 7, .day = 8},
};
static osler_other_abstract others[] = {{.type = "Wplain", .sections = LIST(other_sections)}};
static osler_supplementary concepts[] = {{.ui = "C999999", .name = "Wconcept"}};
static osler_chemical chemicals[] = {{.registry_number = "Wregistry", .name = "Wchemical"}};
static osler_correction corrections[] = {{.type = "CommentIn", .source = "Wcomment. 2020;1:1"}};
static osler_databank databanks[] = {{.name = "Wbank", .numbers = LIST(numbers)}};
static osler_grant grants[] = {{.number = "Wgrant", .agency = "Wagency", .country = "Wland"}};
static osler_object objects[] = {{.type = "Wobject", .parameters = LIST(numbers)}};
static osler_identifier other_ids[] = {{.scheme = "Wowner", .value = "Wother"}};
static osler_section sections[] = {
    {.label = "BACKGROUND",
     .category = "BACKGROUND",
     .text = "Wethers and rams <i>are</i> &lt; 5 &amp; soft."},
    {.label = "METHODS", .category = "METHODS", .text = "We knitted."},
};
static osler_keyword keywords[] = {{.owner = "Wowns", .text = "wkeyword", .major = true},
                                   {.text = "<i>fine yarn</i>"}};
static osler_qualifier qualifiers[] = {
    {.ui = "Q000628", .name = "therapy", .major = true, .automatic = true}};
static osler_heading headings[] = {
    {.ui = "D014937",
     .name = "Wool headed",
     .major = true,
     .type = "Wtype",
     .automatic = true,
     .qualifiers = LIST(qualifiers)},
    {.ui = "D013783", .name = "Textiles", .major = true, .type = "Wtype"}};
static osler_publication_type types[] = {{.ui = "D016428", .name = "Journal Article"},
                                         {.ui = "D016449", .name = "Randomized Controlled Trial"}};
static osler_identifier identifiers[] = {{.scheme = "doi", .value = "10.9999/wool"},
                                         {.scheme = "pmc", .value = "PMC990000001"},
                                         {.scheme = "pubmed", .value = "990000001"},
                                         {.scheme = "mid", .value = "NIHMS999999"}};
static osler_reference references[] = {{.citation = "Poe E. Yarn. J Yarn 2001;1:1."}};
static osler_extra extras[] = {{"title-short", "Wool"}, {"call-number", "Q 1"}};
static const char *isbn[] = {"978-0-00-000000-2", "978-0-00-000001-9"},
                  *languages[] = {"eng", "ger"}, *notes[] = {"A note", "Another note"},
                  *urls[] = {"https://example.org/wool", "https://example.org/yarn"};

static osler_record full(void)
{
    return (osler_record){
        .pmid = "990000001",
        .pmid_version = 1,
        .pmcid = "PMC990000001",
        .doi = "10.9999/wool",
        .identifiers = LIST(identifiers),
        .key = "roe2019",
        .issn = "1234-5678",
        .issn_type = "Electronic",
        .isbn = LIST(isbn),
        .csl_type = "article-journal",
        .title = "Wool, <i>yarn</i> &amp; 10<sup>-3</sup>.",
        .vernacular_title = "Wolle",
        .container_title = "Journal of Yarn",
        .container_title_medline = "J Yarn",
        .container_title_iso = "J. Yarn",
        .collection_title = "Yarns",
        .names = LIST(names),
        .names_incomplete = true,
        .dates = LIST(dates),
        .volume = "512",
        .issue = "3 Suppl 1",
        .pages = "347-354",
        .page_first = "347",
        .page_last = "354",
        .edition = "2nd",
        .publisher = "Knit",
        .publisher_place = "Yarntown",
        .languages = LIST(languages),
        .abstract = LIST(sections),
        .keywords = LIST(keywords),
        .headings = LIST(headings),
        .publication_types = LIST(types),
        .references = LIST(references),
        .notes = LIST(notes),
        .urls = LIST(urls),
        .pii = "S0000-0000(99)00000-1",
        .nlm_id = "9999999W",
        .issn_linking = "8765-4321",
        .country = "Woolland",
        .medium = "Wmedium",
        .abstract_copyright = "Wcopyright",
        .other_abstracts = LIST(others),
        .supplementaries = LIST(concepts),
        .chemicals = LIST(chemicals),
        .genes = LIST(genes),
        .corrections = LIST(corrections),
        .databanks = LIST(databanks),
        .grants = LIST(grants),
        .conflict_of_interest = "Wconflict",
        .status = "Wstatus",
        .owner = "Wowner",
        .indexing_method = "Windexing",
        .publication_status = "Wpublished",
        .publication_model = "Wmodel",
        .version_date = "Wversion",
        .citation_subsets = LIST(subsets),
        .space_flight_missions = LIST(missions),
        .sections = LIST(titles),
        .objects = LIST(objects),
        .other_ids = LIST(other_ids),
        .database = "PubMed",
        .extras = LIST(extras),
    };
}

#endif
