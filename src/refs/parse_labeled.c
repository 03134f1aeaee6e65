/* The fields that only labels tell: editors, edition, publisher, place, kind of work; its type. */
#include "record/record.h"
#include "refs/cues.h"
#include "refs/parse.h"

#include <string.h>

void refs_cover(struct refs_parsing *p, struct refs_span span)
{
    for (size_t i = span.from; i < span.to && i < p->count; i++)
        p->covered[i] = true;
}

str refs_bare(str text)
{
    static const char marks[] = " ,;:([{\"'";
    for (bool again = true; again && text.length;) {
        again = false;
        uint32_t first = cue_first(text), last = cue_last(text);
        size_t open = str_find(text, '(') < text.length;
        if ((first < 0x80 && (strchr(marks, (int)first) || first == '.' || first == ')') &&
             !(first == '(' && str_find(text, ')') < text.length) &&
             !(first == '[' && str_find(text, ']') < text.length))) {
            text = str_part(text, 1, text.length);
            again = true;
        } else if (first == 0x201C || first == 0x201D || first == 0x2018 || first == 0x201E) {
            text = str_part(text, 3, text.length);
            again = true;
        } else if (last < 0x80 && (strchr(" ,;:([{\"", (int)last) || (last == ')' && !open))) {
            text.length--;
            again = true;
        } else if (last == 0x201C || last == 0x201D) {
            text.length -= 3;
            again = true;
        }
    }
    return text;
}

const char *refs_markup(const struct refs_parsing *p, struct refs_span span)
{
    str text = refs_bare(refs_text(p, span));
    buf markup = {0};
    if (text.length && text.data[text.length - 1] == '.' &&
        str_find(str_part(text, 0, text.length - 1), '.') >= text.length - 1)
        text.length--;
    markup_add_plain(&markup, text);
    const char *kept = record_text(p->memory, buf_str(&markup));
    buf_free(&markup);
    return kept;
}

/* The longest run of a label among the tokens that no field has taken; `gap` marks may be in it. */
static struct refs_span run_of(const struct refs_parsing *p, enum refs_label label)
{
    struct refs_span best = {0, 0};
    for (size_t i = 0; i < p->count; i++) {
        size_t end = i;
        while (end < p->count && p->tokens[end].label == label && !p->covered[end])
            end++;
        if (end - i > best.to - best.from)
            best = (struct refs_span){i, end};
        i = end > i ? end : i;
    }
    return best;
}

static const char *take(struct refs_parsing *p, enum refs_label label)
{
    struct refs_span span = run_of(p, label);
    refs_cover(p, span);
    return refs_markup(p, span);
}

void refs_take_labeled(struct refs_parsing *p)
{
    osler_record *r = p->record;
    if (!p->trained)
        return;
    struct refs_span editors = run_of(p, REFS_EDITOR);
    if (editors.to > editors.from && p->editors.to == p->editors.from) {
        size_t from = editors.from;
        while (from < editors.to &&
               (refs_is(p, from, "In") || refs_is(p, from, ":") || refs_is(p, from, "by") ||
                refs_is(p, from, "edited") || refs_is(p, from, "(") || refs_is(p, from, "Eds") ||
                refs_is(p, from, "Ed")))
            from++;
        refs_take_names(p, from, editors.to, "editor");
        refs_cover(p, editors);
    }
    r->edition = take(p, REFS_EDITION);
    r->publisher = take(p, REFS_PUBLISHER);
    r->publisher_place = take(p, REFS_PLACE);
    const char *genre = take(p, REFS_GENRE);
    if (genre) {
        osler_publication_type *type = RECORD_ADD(p->memory, &r->publication_types);
        type->name = genre;
    }
}

static bool says(const struct refs_parsing *p, const char *word)
{
    return str_contains_ignoring_case(p->text, str_of(word));
}

const char *refs_type(const struct refs_parsing *p)
{
    const osler_record *r = p->record;
    bool located = r->volume || r->issue;
    static const struct {
        const char *word, *type;
    } kinds[] = {{"dissertation", "thesis"}, {"thesis", "thesis"},          {"bioRxiv", "article"},
                 {"medRxiv", "article"},     {"arXiv", "article"},          {"preprint", "article"},
                 {"patent", "patent"},       {"technical report", "report"}};
    if (located && r->container_title && !p->in_book)
        return "article-journal";
    for (size_t i = 0; !r->pages && i < sizeof kinds / sizeof *kinds; i++)
        if (says(p, kinds[i].word))
            return kinds[i].type;
    if (p->in_book || (r->container_title && r->publisher && !located))
        return "chapter";
    if (r->container_title && (r->pages || r->doi || !r->publisher) && !r->urls.count)
        return "article-journal";
    if (r->publisher || r->isbn.count || r->edition)
        return "book";
    if (r->urls.count && !r->doi)
        return "webpage";
    return r->doi || r->pages || r->pmid ? "article-journal" : "document";
}
