/* What is to be said of the references of a list: "ibid.", two in one, broken off, same authors. */
#include "refs/cues.h"
#include "refs/split.h"

#include "base/utf8.h"

enum { LONGEST_AUTHORS = 2000, ONE_OF = 5, LONGEST_LOOKED_AT = 3000 };

/* "Ibid., p. 5", "Idem", "Op. cit.". */
bool refs_is_ibid(str text)
{
    static const char *const words[] = {"ibid", "ibidem", "idem", "id", "op. cit", "loc. cit"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        str word = str_of(words[i]);
        if (!str_starts_with_ignoring_case(text, word))
            continue;
        char next = text.length > word.length ? text.data[word.length] : '.';
        if (next == '.' || next == ',' || next == ':' || (next == ' ' && word.length > 2))
            return true;
    }
    return false;
}

/* The length of three or more dashes at the start, which stand for the authors before. */
static size_t dashes_length(str text)
{
    size_t at = 0, length;
    unsigned dashes = 0;
    while (at < text.length) {
        uint32_t c = utf8_decode(str_part(text, at, text.length), &length);
        if (c != '-' && c != '_' && c != 0x2013 && c != 0x2014 && c != 0x2015 && c != 0x2012)
            break;
        dashes += c == 0x2014 || c == 0x2015 ? 2 : 1;
        at += length;
    }
    return dashes > 2 ? at : 0;
}

/* True for a stop at `at` that ends an initial or "et al", not the authors. */
static bool is_stop_of_name(str text, size_t at)
{
    if (at + 1 >= text.length || text.data[at + 1] != ' ')
        return true;
    size_t start = at;
    while (start && text.data[start - 1] != ' ' && text.data[start - 1] != '.' &&
           text.data[start - 1] != '-')
        start--;
    uint32_t next = cue_first(str_part(text, at + 2, text.length));
    bool initial = at - start <= 2 && cue_is_capital(cue_first(str_part(text, start, at - start)));
    return initial &&
           (next == '&' || cue_of_start(str_part(text, at + 2, text.length)) == CUE_STRONG);
}

/* The authors at the start of a reference: up to its year or the end of its first sentence. */
static str authors_of(str text)
{
    str s = str_part(text, 0, LONGEST_AUTHORS);
    for (size_t at = 0; at < s.length; at++) {
        char c = s.data[at];
        bool year = char_is_digit(c) && cue_has_year(str_part(s, at, 4));
        if (year && (!at || !char_is_digit(s.data[at - 1]))) {
            while (at && strchr(" (,.", s.data[at - 1]))
                at--;
            return str_part(s, 0, at);
        }
        if (c == '.' && !is_stop_of_name(s, at))
            return str_part(s, 0, at);
    }
    return (str){"", 0};
}

/* A place where a second reference may begin: behind pages or a year, and it has its own year. */
static bool holds_two(str text)
{
    text = str_part(text, 0, LONGEST_LOOKED_AT);
    for (size_t at = 1; at + 2 < text.length; at++) {
        if (text.data[at] != ' ' || !strchr(".;)", text.data[at - 1]))
            continue;
        str before = str_part(text, 0, at), rest = str_part(text, at + 1, text.length);
        uint32_t first = cue_first(rest);
        if (at < 2 || !char_is_digit(text.data[at - 2]) || !cue_is_capital(first))
            continue;
        if (cue_of_start(rest) == CUE_STRONG && cue_has_locator(before) && cue_has_year(before))
            return cue_has_locator(rest) && cue_has_year(rest);
    }
    return false;
}

/* True when the text ends where no reference can: in a bracket, on a comma, in a word. */
static bool ends_open(str text)
{
    long open = 0;
    for (size_t i = 0; i < text.length; i++)
        open += (text.data[i] == '(') - (text.data[i] == ')');
    uint32_t last = cue_last(text);
    return last == ',' || last == '-' || last == ':' || last == '(' || last == 0x2013 ||
           last == 0x2026 || (open > 0 && cue_of_end(text) != CUE_STRONG);
}

static bool is_located(str text)
{
    static const char *const words[] = {"http",   "doi",  " press",   "publish", "university",
                                        "thesis", "www.", "springer", " in: ",   "available"};
    size_t tail = text.length > 6 ? text.length - 6 : 0;
    if (cue_has_locator(text) || cue_has_year(str_part(text, tail, text.length)))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_contains_ignoring_case(text, str_of(words[i])))
            return true;
    return false;
}

/* True when nearly all references before the last one say where the work is, and it does not. */
static bool lacks_what_others_have(const struct refs_reference *references, size_t count)
{
    size_t located = 0;
    if (count < 2 || is_located(references[count - 1].text) ||
        refs_is_ibid(references[count - 1].text))
        return false;
    size_t works = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        works += !refs_is_ibid(references[i].text);
        located += is_located(references[i].text);
    }
    return located && (works - (located < works ? located : works)) * ONE_OF < works;
}

void refs_remark(arena *memory, struct refs_reference *references, size_t count)
{
    str authors = {"", 0};
    for (size_t i = 0; i < count; i++) {
        struct refs_reference *r = &references[i];
        size_t dashes = dashes_length(r->text);
        if (dashes && authors.length) {
            buf text = {0};
            buf_add(&text, authors);
            buf_add(&text, str_part(r->text, dashes, r->text.length));
            r->text = (str){arena_copy(memory, buf_str(&text)), text.length};
            r->remark = "a dash stands for the authors of the reference before";
            buf_free(&text);
        } else if (refs_is_ibid(r->text)) {
            r->remark = "\"ibid.\": it means the reference before and names no work itself";
        } else if (!r->remark && holds_two(r->text)) {
            r->remark = "there may be two references in one";
        }
        if (!dashes && !refs_is_ibid(r->text))
            authors = authors_of(r->text);
    }
    if (count) {
        struct refs_reference *last = &references[count - 1];
        last->truncated = ends_open(last->text) || lacks_what_others_have(references, count);
    }
}
