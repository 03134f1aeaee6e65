/* The entries of a bibliography: in groups, with what Osler knows of each work. */
#include "appraise/appraise.h"
#include "library/bibliography.h"
#include "record/record.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the formats put around what a style does not know: notes and headings. */
static const struct {
    const char *note_start, *note_end, *heading_start, *heading_end;
} around[] = {
    [OUTPUT_PLAIN] = {"    ", "\n", "\n", "\n\n"},
    [OUTPUT_HTML] = {"  <div class=\"osler-annotation\">", "</div>\n", "  <h2>", "</h2>\n"},
    [OUTPUT_MARKDOWN] = {"> ", "\n\n", "## ", "\n\n"},
    [OUTPUT_RTF] = {"{\\pard\\li720 ", "\\par}\n", "{\\pard\\b ", "\\b0\\par}\n"},
    [OUTPUT_LATEX] = {"\\begin{quote}", "\\end{quote}\n\n", "\\section*{", "}\n\n"},
};

static void add_part(buf *b, const char *text)
{
    if (b->length)
        buf_add_text(b, " \xC2\xB7 ");
    buf_add_text(b, text);
}

/* "randomized trial · n = 120 · typical level 2 (OCEBM 2011, treatment), not appraised" */
static const char *annotation_of(arena *memory, const osler_appraisal *a)
{
    buf b = {0};
    char room[160];
    const char *name = osler_design_name(a->design);
    const char *level = osler_typical_level("ocebm-2011", "treatment", a);
    add_part(&b, strcmp(a->design, "unknown") == 0 ? "study design unknown" : name);
    for (size_t i = 0; i < a->modifiers.count; i++) {
        buf_add_text(&b, ", ");
        buf_add_text(&b, a->modifiers.items[i]);
    }
    if (a->studies) {
        snprintf(room, sizeof room, "%ld studies", a->studies);
        add_part(&b, room);
    }
    if (a->n) {
        snprintf(room, sizeof room, "n = %ld", a->n);
        add_part(&b, room);
    }
    if (level) {
        snprintf(room, sizeof room, "typical level %s for treatment (OCEBM 2011), not appraised",
                 level);
        add_part(&b, room);
    }
    for (size_t i = 0; i < a->flags.count; i++)
        add_part(&b, a->flags.items[i].name);
    const char *text = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return text;
}

/* Syntheses and trials first, as a reader looks for them. */
static int order_of_design(const char *code)
{
    static const char *const lanes[] = {"syntheses", "trials",    "observational", "cases",
                                        "guidance",  "protocols", "background"};
    const char *lane = osler_design_lane(code), *each;
    int order = 0;
    for (size_t i = 0; lane && i < sizeof lanes / sizeof *lanes; i++)
        if (strcmp(lanes[i], lane) == 0)
            order = (int)i * 1000;
    for (unsigned i = 0; (each = osler_design_code(i)); i++)
        if (strcmp(each, code) == 0)
            return order + (int)i;
    return order;
}

static void group_by_design(arena *memory, struct work *work, const char *design)
{
    const char *name = osler_design_name(design);
    char *heading = arena_alloc(memory, strlen(name) + 1);
    memcpy(heading, name, strlen(name) + 1);
    heading[0] = (char)toupper((unsigned char)heading[0]);
    work->group = strcmp(design, "unknown") == 0 ? "Study design unknown" : heading;
    work->group_order = order_of_design(design);
}

static void group_by_year(arena *memory, struct work *work)
{
    const struct item_date *issued = item_date(&work->item, VARIABLE_ISSUED);
    char year[24];
    if (issued && issued->from.year) {
        snprintf(year, sizeof year, "%d", issued->from.year);
        work->group = arena_copy(memory, str_of(year));
        work->group_order = -issued->from.year;
    } else {
        work->group = "Year unknown";
        work->group_order = 1 << 20;
    }
}

static void group_by_tag(struct work *work)
{
    work->group = work->tag ? work->tag : "Not tagged";
    work->group_order = !work->tag;
}

void bibliography_note(osler_bibliography *b, struct work *work, const osler_record *record,
                       const osler_appraisal *appraisal)
{
    arena scratch = {0};
    osler_appraisal own;
    bool by_design = b->options.group == OSLER_CITE_BY_DESIGN;
    if (b->options.group == OSLER_CITE_BY_YEAR)
        group_by_year(&b->works, work);
    if (b->options.group == OSLER_CITE_BY_TAG)
        group_by_tag(work);
    if (!b->options.annotate && !by_design)
        return;
    if (!appraisal && record) {
        appraise(&scratch, &own, record, NULL);
        appraisal = &own;
    }
    if (b->options.annotate && appraisal)
        work->annotation = annotation_of(&b->works, appraisal);
    if (by_design)
        group_by_design(&b->works, work, appraisal ? appraisal->design : "unknown");
    arena_free(&scratch);
}

/* An entry on its way into its group. */
struct placed {
    const struct bibliography_entry *entry;
    const struct work *work;
    size_t place; /* in the style's order */
};

/* Tags are alike but for the case of their letters in one spelling only. */
static int compare_names(const char *a, const char *b)
{
    while (*a && char_lower(*a) == char_lower(*b))
        a++, b++;
    return (unsigned char)char_lower(*a) - (unsigned char)char_lower(*b);
}

static int by_group(const void *one, const void *two)
{
    const struct placed *a = one, *b = two;
    int order = (a->work->group_order > b->work->group_order) -
                (a->work->group_order < b->work->group_order);
    if (!order)
        order = compare_names(a->work->group, b->work->group);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* Works in the order of their groups: a style that numbers in the order of the works then numbers
 * through the groups. */
static void include_all(osler_bibliography *b)
{
    struct placed *placed = arena_alloc(&b->result, (b->count + 1) * sizeof *placed);
    const char **ids = arena_alloc(&b->result, (b->count + 1) * sizeof *ids);
    for (size_t i = 0; i < b->count; i++)
        placed[i] = (struct placed){.work = b->items[i], .place = i};
    if (b->options.group && b->count)
        qsort(placed, b->count, sizeof *placed, by_group);
    for (size_t i = 0; i < b->count; i++)
        ids[i] = placed[i].work->item.id;
    processor_include(b->processor, ids, b->count);
}

/* Plain text in the format, between what the format puts around it. */
static const char *dressed(osler_bibliography *b, const char *start, const char *text,
                           const char *end)
{
    buf out = {0};
    buf_add_text(&out, start);
    output_write(&out, output_leaf(&b->result, str_of(text), NULL), &b->output);
    buf_add_text(&out, end);
    const char *result = arena_copy(&b->result, buf_str(&out));
    buf_free(&out);
    return result;
}

/* Styles ask for much that a work need not have.  These are what works of a kind should have. */
static const struct {
    enum variable variable;
    enum work_type type; /* TYPE_NONE: any */
} expected[] = {
    {VARIABLE_TITLE, TYPE_NONE},
    {VARIABLE_AUTHOR, TYPE_NONE},
    {VARIABLE_ISSUED, TYPE_NONE},
    {VARIABLE_CONTAINER_TITLE, TYPE_ARTICLE_JOURNAL},
    {VARIABLE_CONTAINER_TITLE, TYPE_ARTICLE_MAGAZINE},
    {VARIABLE_CONTAINER_TITLE, TYPE_ARTICLE_NEWSPAPER},
    {VARIABLE_CONTAINER_TITLE, TYPE_CHAPTER},
    {VARIABLE_CONTAINER_TITLE, TYPE_PAPER_CONFERENCE},
    {VARIABLE_VOLUME, TYPE_ARTICLE_JOURNAL},
    {VARIABLE_PAGE, TYPE_ARTICLE_JOURNAL},
    {VARIABLE_PUBLISHER, TYPE_BOOK},
    {VARIABLE_PUBLISHER, TYPE_CHAPTER},
    {VARIABLE_PUBLISHER, TYPE_REPORT},
    {VARIABLE_PUBLISHER, TYPE_THESIS},
    {VARIABLE_URL, TYPE_WEBPAGE},
};

static bool is_missed(enum work_type type, enum variable variable)
{
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (expected[i].variable == variable &&
            (expected[i].type == TYPE_NONE || expected[i].type == type))
            return true;
    return false;
}

static int by_name(const void *one, const void *two)
{
    return strcmp(*(const char *const *)one, *(const char *const *)two);
}

/* All that stands under an entry; NULL: nothing. */
static const char *annotate(osler_bibliography *b, const struct work *work)
{
    const char *start = around[b->output.format].note_start;
    const char *end = around[b->output.format].note_end;
    buf all = {0};
    if (work->remark)
        buf_add_text(&all, dressed(b, start, work->remark, end));
    if (work->annotation)
        buf_add_text(&all, dressed(b, start, work->annotation, end));
    for (size_t i = 0; i < work->notes.count; i++) {
        str rest = str_of(work->notes.items[i]), line;
        while (str_next_line(&rest, &line))
            if (str_trim(line).length)
                buf_add_text(&all, dressed(b, start, arena_copy(&b->result, str_trim(line)), end));
    }
    const char *text = all.length ? arena_copy(&b->result, buf_str(&all)) : NULL;
    buf_free(&all);
    return text;
}

static void fill_entry(osler_bibliography *b, osler_bibliography_entry *out,
                       const struct placed *from, const char *group_before)
{
    const struct bibliography_entry *entry = from->entry;
    const char *group = from->work->group;
    *out = (osler_bibliography_entry){.id = entry->id, .text = entry->text};
    out->annotation = annotate(b, from->work);
    if (group && (!group_before || strcmp(group, group_before) != 0)) {
        const char *start = around[b->output.format].heading_start;
        out->group = group;
        out->heading = dressed(b, group_before ? start : start + (*start == '\n'), group,
                               around[b->output.format].heading_end);
    }
    for (size_t i = 0; i < entry->missing_count; i++)
        if (is_missed(entry->item->type, entry->missing[i]))
            record_add_text(&b->result, &out->missing, str_of(variable_name(entry->missing[i])));
    if (out->missing.count)
        qsort(out->missing.items, out->missing.count, sizeof *out->missing.items, by_name);
}

const osler_bibliography_list *osler_bibliography_entries(osler_bibliography *b)
{
    const struct bibliography_entry *entries;
    arena_clear(&b->result);
    (void)bibliography_settle(b, NULL);
    include_all(b);
    size_t count = processor_bibliography(b->processor, &entries);
    struct placed *placed = arena_alloc(&b->result, (count + 1) * sizeof *placed);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){
            .entry = &entries[i],
            .work = (const struct work *)(const void *)entries[i].item,
            .place = i,
        };
    if (b->options.group && count)
        qsort(placed, count, sizeof *placed, by_group);
    b->list = (osler_bibliography_list){
        .start = processor_bibliography_start(b->processor),
        .end = processor_bibliography_end(b->processor),
        .items = arena_alloc(&b->result, (count + 1) * sizeof *b->list.items),
        .count = count,
    };
    for (size_t i = 0; i < count; i++)
        fill_entry(b, &b->list.items[i], &placed[i], i ? placed[i - 1].work->group : NULL);
    return &b->list;
}
