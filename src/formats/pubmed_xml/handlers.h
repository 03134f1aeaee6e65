/* The handlers that elements.def names, and what they share. */
#ifndef FORMATS_PUBMED_XML_HANDLERS_H
#define FORMATS_PUBMED_XML_HANDLERS_H

#include "formats/pubmed_xml/parser.h"

bool pubmed_is(const char *text, const char *expected); /* NULL is nothing */

/* Add an identifier to `list`; its value comes with the end of the element. */
void pubmed_add_identifier(pubmed_parser *p, osler_identifier_list *list, const char *scheme);
void pubmed_set_identifier(pubmed_parser *p, str text);

#define START(name)                                                                                \
    void name(pubmed_parser *p, const struct rule *rule, const struct attributes *attributes);
#define END(name) void name(pubmed_parser *p, const struct rule *rule, str text);
END(pubmed_end_article_id)
END(pubmed_end_book_section)
END(pubmed_end_collective)
END(pubmed_end_copyright)
END(pubmed_end_date)
END(pubmed_end_extra)
END(pubmed_end_keyword)
END(pubmed_end_list_item)
END(pubmed_end_location)
END(pubmed_end_name_identifier)
END(pubmed_end_other_id)
END(pubmed_end_parameter)
END(pubmed_end_person)
END(pubmed_end_pmid)
END(pubmed_end_scheme)
END(pubmed_end_section)
END(pubmed_end_section_label)
END(pubmed_end_section_title)
START(pubmed_start_abstract)
START(pubmed_start_affiliation_identifier)
START(pubmed_start_article_id)
START(pubmed_start_author)
START(pubmed_start_author_list)
START(pubmed_start_book)
START(pubmed_start_book_author_list)
START(pubmed_start_book_section)
START(pubmed_start_citation)
START(pubmed_start_collective)
START(pubmed_start_date)
START(pubmed_start_history_date)
START(pubmed_start_investigator)
START(pubmed_start_investigator_list)
START(pubmed_start_item_list)
START(pubmed_start_keyword)
START(pubmed_start_keyword_list)
START(pubmed_start_location)
START(pubmed_start_name_identifier)
START(pubmed_start_old_correction)
START(pubmed_start_other_abstract)
START(pubmed_start_other_id)
START(pubmed_start_parameter)
START(pubmed_start_pmid)
START(pubmed_start_reference)
START(pubmed_start_reference_id)
START(pubmed_start_reference_list)
START(pubmed_start_section)
START(pubmed_start_subject)
#undef START
#undef END

#endif
