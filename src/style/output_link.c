/* Addresses of identifiers, as their registries ask for them. */
#include "style/output_link.h"

#include "base/buf.h"

static const str doi_openings[] = {
    STR("https://doi.org/"),   STR("http://doi.org/"), STR("https://dx.doi.org/"),
    STR("http://dx.doi.org/"), STR("doi.org/"),        STR("doi:"),
};

/* Bytes that a path may hold as they are; DOIs may hold any. */
static bool is_path_byte(char c)
{
    return char_is_letter(c) || char_is_digit(c) || (c && strchr("-._~!$&'()*+,;=:@/", c));
}

/* An address that was typed: only what no address can hold is encoded, escapes stay. */
static bool is_address_byte(char c)
{
    return is_path_byte(c) || (c && strchr("?#[]", c));
}

static bool is_hexadecimal(char c)
{
    return char_is_digit(c) || (c && strchr("abcdefABCDEF", c));
}

/* "%3C": as one who copied an address has it. */
static bool is_escape(str text)
{
    return text.length > 2 && text.data[0] == '%' && is_hexadecimal(text.data[1]) &&
           is_hexadecimal(text.data[2]);
}

static void add_encoded(buf *out, str text, bool (*keeps)(char), bool keeps_escapes)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (keeps((char)c) || (keeps_escapes && is_escape(str_part(text, i, 3)))) {
            buf_add_byte(out, (char)c);
            continue;
        }
        buf_add_byte(out, '%');
        buf_add_byte(out, digits[c >> 4]);
        buf_add_byte(out, digits[c & 15]);
    }
}

static str text_of(const struct output *node)
{
    for (unsigned depth = 0; node->first && depth < OUTPUT_DEPTH; depth++)
        node = node->first;
    return str_trim(node->text);
}

static bool is_web_address(str text)
{
    return str_starts_with_ignoring_case(text, (str)STR("https://")) ||
           str_starts_with_ignoring_case(text, (str)STR("http://")) ||
           str_starts_with_ignoring_case(text, (str)STR("ftp://"));
}

/* A DOI alone.  `*is_address`: an address was around it. */
static str without_opening(str doi, bool *is_address)
{
    *is_address = false;
    for (size_t i = 0; i < sizeof doi_openings / sizeof *doi_openings; i++) {
        if (!str_starts_with_ignoring_case(doi, doi_openings[i]))
            continue;
        *is_address = is_web_address(doi);
        return str_trim(str_part(doi, doi_openings[i].length, doi.length));
    }
    return doi;
}

/* False when `text` is no DOI. */
static bool add_doi(buf *out, str text)
{
    bool is_address;
    text = without_opening(text, &is_address);
    if (!str_starts_with(text, (str)STR("10.")))
        return false;
    buf_add_text(out, "https://doi.org/");
    add_encoded(out, text, is_path_byte, is_address);
    return true;
}

static void add_address(buf *out, enum output_link link, str text)
{
    switch (link) {
    case LINK_DOI: add_doi(out, text); break;
    case LINK_PMID:
        buf_add_text(out, "https://pubmed.ncbi.nlm.nih.gov/");
        add_encoded(out, text, is_path_byte, false);
        buf_add_byte(out, '/');
        break;
    case LINK_PMCID:
        buf_add_text(out, "https://www.ncbi.nlm.nih.gov/pmc/articles/");
        if (text.length && char_is_digit(text.data[0]))
            buf_add_text(out, "PMC");
        add_encoded(out, text, is_path_byte, false);
        buf_add_byte(out, '/');
        break;
    case LINK_URL:
        if (is_web_address(text) && !add_doi(out, text))
            add_encoded(out, text, is_address_byte, true);
        break;
    case LINK_NONE: break;
    }
}

str link_address(arena *memory, const struct output *node)
{
    str text = text_of(node);
    if (!text.length)
        return (str){0};
    buf made = {0};
    add_address(&made, node->link, text);
    str address = {made.length ? arena_copy(memory, buf_str(&made)) : NULL, made.length};
    buf_free(&made);
    return address;
}

size_t link_prefix(str prefix)
{
    for (size_t i = 0; i < prefix.length; i++)
        if (is_web_address(str_part(prefix, i, prefix.length)))
            return i;
    return prefix.length;
}
