/* From labeled tokens to the record that a reference describes. */
#include "refs/parse.h"

#include "record/dates.h"
#include "record/pages.h"
#include "record/record.h"
#include "refs/cues.h"
#include "refs/split.h"

/* The simple labeler, which knows the usual order alone, is as sure of everything. */
static const float indifferent = 0.5F;
static const float by_grammar = 0.95F;

static const char *plain(const struct refs_parsing *p, struct refs_span span)
{
    str text = refs_bare(refs_text(p, span));
    if (text.length && text.data[text.length - 1] == '.')
        text.length--;
    return record_text(p->memory, text);
}

static void add_extra(struct refs_parsing *p, const char *tag, str value)
{
    if (!str_trim(value).length)
        return;
    osler_extra *extra = RECORD_ADD(p->memory, &p->record->extras);
    extra->tag = tag;
    extra->value = record_text(p->memory, value);
}

/* The letter behind a year ("2001a") tells two works of a list apart; it is no part of the date. */
static void take_date(struct refs_parsing *p)
{
    str text = refs_text(p, p->date);
    if (!text.length)
        return;
    osler_date date = {.kind = "issued"};
    buf plain_text = {0};
    for (size_t i = p->date.from; i < p->date.to; i++) {
        str word = refs_word(p, i);
        bool suffixed = word.length == 5 && refs_is_year(p, i);
        if (i > p->date.from && !refs_is(p, i, ",") && !refs_is(p, i, "."))
            buf_add_byte(&plain_text, ' ');
        if (suffixed)
            add_extra(p, "year-suffix", str_part(word, 4, 1));
        if (!refs_is(p, i, ".") && !refs_is(p, i, ","))
            buf_add(&plain_text, str_part(word, 0, suffixed ? 4 : word.length));
    }
    if (!date_parse_any(&date, buf_str(&plain_text)) && !date_parse(&date, buf_str(&plain_text)) &&
        cue_has_year(buf_str(&plain_text)))
        date.text = record_text(p->memory, text);
    buf_free(&plain_text);
    if (date.year) {
        osler_date *kept = RECORD_ADD(p->memory, &p->record->dates);
        *kept = date;
    }
}

static void take_pages(struct refs_parsing *p)
{
    osler_record *r = p->record;
    str text = refs_bare(refs_text(p, p->pages));
    if (!text.length)
        return;
    if (!p->pages_are_range && pages_is_article_number(text)) {
        r->article_number = record_text(p->memory, text);
        r->page_first = r->article_number;
    }
    r->pages = record_text(p->memory, text);
    if (!r->page_first)
        pages_expand(p->memory, str_of(r->pages), &r->page_first, &r->page_last);
}

/* "[Internet]", "[Abstract]", "[in Chinese]" at the end of a title are no part of it. */
static void drop_bracket(struct refs_parsing *p)
{
    size_t to = p->title.to;
    while (to > p->title.from && refs_is(p, to - 1, "."))
        to--;
    if (to <= p->title.from || !refs_is(p, to - 1, "]"))
        return;
    size_t open = to - 1;
    while (open > p->title.from && !refs_is(p, open, "["))
        open--;
    if (open > p->title.from + 1 && to - open <= 6) {
        add_extra(p, "note", refs_text(p, (struct refs_span){open + 1, to - 1}));
        refs_cover(p, (struct refs_span){open, to});
        p->title.to = open;
    }
}

static const char *title_of(const struct refs_parsing *p, struct refs_span span)
{
    str text = refs_bare(refs_text(p, span));
    while (text.length && (text.data[text.length - 1] == '.' || text.data[text.length - 1] == ','))
        text.length--;
    buf markup = {0};
    markup_add_plain(&markup, text);
    const char *kept = record_text(p->memory, buf_str(&markup));
    buf_free(&markup);
    return kept;
}

static const char *container_of(const struct refs_parsing *p)
{
    str text = refs_bare(refs_text(p, p->container));
    size_t last = text.length - 1;
    if (text.length && text.data[last] == '.' && str_find(str_part(text, 0, last), '.') == last)
        text.length--;
    return record_text(p->memory, text);
}

/* What no field has taken, but for the words that only announce one. */
static void keep_notes(struct refs_parsing *p)
{
    for (size_t i = 0; i < p->core; i++) {
        size_t from = i;
        while (i < p->core && !p->covered[i])
            i++;
        str text = refs_bare(refs_text(p, (struct refs_span){from, i}));
        size_t letters = 0;
        for (size_t k = 0; k < text.length; k++)
            letters += char_is_letter(text.data[k]) || (unsigned char)text.data[k] >= 0xC3;
        if (letters > 5)
            add_extra(p, "note", text);
    }
}

/* How sure the labels are of a span; what the grammar found is as sure as that. */
static float confidence(const struct refs_parsing *p, struct refs_span span, enum refs_label label,
                        float least)
{
    float sum = 0;
    size_t words = 0;
    for (size_t i = span.from; i < span.to && i < p->count; i++) {
        const struct refs_token *t = &p->tokens[i];
        if (!refs_is_word(p, i) && !refs_is_number(p, i) && !refs_has_digit(t->text))
            continue;
        sum += t->label == label ? t->confidence : (1 - t->confidence) / 2;
        words++;
    }
    if (!words)
        return 0;
    float mean = p->trained ? sum / (float)words : indifferent;
    return mean > least ? mean : least;
}

static void fill_confidence(const struct refs_parsing *p, struct refs_confidence *sure)
{
    bool located = p->volume.to > p->volume.from;
    sure->authors = confidence(p, p->authors, REFS_AUTHOR, 0.6F);
    sure->title = confidence(p, p->title, REFS_TITLE, 0);
    sure->container = confidence(p, p->container, REFS_CONTAINER, 0);
    sure->date = confidence(p, p->date, REFS_DATE, located ? by_grammar : 0.6F);
    sure->volume = confidence(p, p->volume, REFS_VOLUME, by_grammar);
    sure->issue = confidence(p, p->issue, REFS_ISSUE, by_grammar);
    sure->pages = confidence(p, p->pages, REFS_PAGES, located ? by_grammar : 0.6F);
    sure->doi = p->record->doi ? 1.0F : 0;
}

static void find_fields(struct refs_parsing *p)
{
    refs_take_identifiers(p);
    size_t limit = p->tail = p->core;
    refs_find_locator(p);
    if (refs_is(p, 0, "(") && refs_is_year(p, 1) && refs_is(p, 2, ")"))
        p->authors.from = 3;
    p->authors.to =
        refs_take_names(p, p->authors.from, p->tail < limit ? p->tail : limit, "author");
    refs_find_date(p);
    refs_find_titles(p);
    drop_bracket(p);
    const struct refs_span spans[] = {p->authors, p->title, p->container, p->date,
                                      p->volume,  p->issue, p->pages,     p->editors};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        refs_cover(p, spans[i]);
}

osler_status refs_parse(osler_record **out, struct refs_confidence *sure, arena *memory,
                        const struct refs_reference *reference, osler_error *error)
{
    struct refs_parsing p = {.memory = memory, .text = reference->text};
    *sure = (struct refs_confidence){0};
    osler_record *r = *out = p.record = arena_alloc(memory, sizeof *p.record);
    osler_status status =
        refs_label(&p.tokens, &p.count, &sure->whole, memory, reference->text, error);
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; i < p.count; i++)
        p.trained = p.trained || p.tokens[i].confidence != indifferent;
    p.covered = arena_alloc(memory, p.count + 1);
    if (!refs_is_ibid(reference->text))
        find_fields(&p);
    r->title = title_of(&p, p.title);
    r->container_title = container_of(&p);
    r->volume = plain(&p, p.volume);
    r->issue = plain(&p, p.issue);
    take_date(&p);
    take_pages(&p);
    refs_take_labeled(&p);
    r->csl_type = refs_type(&p);
    keep_notes(&p);
    add_extra(&p, "reference-number", reference->number);
    add_extra(&p, "reference", reference->text);
    fill_confidence(&p, sure);
    return OSLER_OK;
}
