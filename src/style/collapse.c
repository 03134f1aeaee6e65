/* Cites of one citation together: groups of the same names, years and suffixes left out, ranges. */
#include "style/cluster.h"

/* The text of a part, in the arena. */
static const char *text_of(struct cluster *cluster, const struct output *part)
{
    buf text = {0};

    output_write_plain(&text, part, cluster->p->locale);
    const char *copy = arena_copy(&cluster->p->scratch, buf_str(&text));
    buf_free(&text);
    return copy;
}

static void blank(struct output *part)
{
    part->first = part->last = NULL;
    part->text = (str){0};
}

/* Only a prefix, a suffix and a locator make one cite of a work another than the next. */
static bool is_bare(const struct cluster_cite *cite)
{
    const struct cite *given = &cite->placed->cite;

    return !given->prefix.length && !given->suffix.length && !given->locator.length;
}

/* --- numbers --- */

/* True when nothing but the citation number is printed, whatever stands around it. */
static bool is_number_only(const struct output *part)
{
    if (part->role == ROLE_CITATION_NUMBER)
        return true;
    if (part->text.length)
        return false;
    for (const struct output *child = part->first; child; child = child->next)
        if (!is_number_only(child))
            return false;
    return true;
}

static bool follows(const struct cluster_cite *before, const struct cluster_cite *cite)
{
    return before->placed->work->number &&
           cite->placed->work->number == before->placed->work->number + 1 &&
           !before->placed->cite.suffix.length && !cite->placed->cite.prefix.length &&
           !cite->placed->cite.suffix.length && is_number_only(before->layout) &&
           is_number_only(cite->layout);
}

/* Ranges of at least three numbers that count up: the first, a dash, the last. */
static void collapse_numbers(struct cluster *cluster)
{
    const struct area *area = &cluster->p->style->citation;
    struct cluster_cite *cites = cluster->cites;
    size_t kept = 0;
    bool after_range = false;

    for (size_t i = 0, end; i < cluster->count; i = end) {
        for (end = i + 1; end < cluster->count && follows(&cites[end - 1], &cites[end]);)
            end++;
        size_t start = i;
        if (after_range)
            cites[i].delimiter = area->after_collapse_delimiter;
        cites[kept++] = cites[start];
        after_range = end - start >= 3;
        if (after_range) {
            cites[kept] = cites[end - 1];
            cites[kept++].delimiter = (str)STR("–");
            continue;
        }
        if (end - start == 2)
            cites[kept++] = cites[end - 1];
    }
    cluster->count = kept;
}

/* --- names and years --- */

/* A run of cites with the same names, from `start` to before `end`. */
struct group {
    size_t start, end;
};

/* Bring cites of the same names to the place of the first of them, in their order. */
static void bring_together(struct cluster *cluster)
{
    arena *memory = &cluster->p->scratch;
    struct id_table groups = {0};
    size_t count = cluster->count, used = 0;
    size_t *next = arena_alloc(memory, count * sizeof *next); /* 1-based; of the same group */
    size_t *last = arena_alloc(memory, count * sizeof *last); /* of the group that begins here */
    bool *is_first = arena_alloc(memory, count * sizeof *is_first);
    struct cluster_cite *ordered = arena_alloc(memory, count * sizeof *ordered);

    for (size_t i = 0; i < count; i++) {
        const char *names = cluster->cites[i].names;
        size_t first = *names ? id_table_get(&groups, names) : SIZE_MAX;
        if (first == SIZE_MAX) {
            is_first[i] = true;
            last[i] = i;
            if (*names)
                id_table_put(&groups, names, i);
            continue;
        }
        next[last[first]] = i + 1;
        last[first] = i;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = is_first[i] ? i + 1 : 0; k; k = next[k - 1])
            ordered[used++] = cluster->cites[k - 1];
    memcpy(cluster->cites, ordered, count * sizeof *ordered);
    id_table_free(&groups);
}

/* What a cite prints besides its names and its year-suffix, without its own affixes. */
static const char *rest_of(struct cluster *cluster, const struct cluster_cite *cite)
{
    struct output *copy = output_copy(&cluster->p->scratch, cite->layout);
    struct output *names = output_find(copy, ROLE_NAMES);
    struct output *suffix = output_find(copy, ROLE_YEAR_SUFFIX);

    if (names)
        blank(names);
    if (suffix)
        blank(suffix);
    return text_of(cluster, copy);
}

/* One letter further: "b" behind "a", "aa" behind "z". */
static bool suffix_follows(const struct cluster_cite *before, const struct cluster_cite *cite)
{
    return cite->placed->work->suffix_number == before->placed->work->suffix_number + 1;
}

/* Cites of one year from `start` to before `end`: only suffixes from the second on; ranges. */
static size_t collapse_suffixes(struct cluster *cluster, struct group run, size_t kept)
{
    const struct area *area = &cluster->p->style->citation;
    struct cluster_cite *cites = cluster->cites;
    bool ranged = area->collapse == COLLAPSE_YEAR_SUFFIX_RANGED;

    for (size_t i = run.start, end; i < run.end; i = end) {
        for (end = i + 1; ranged && end < run.end && suffix_follows(&cites[end - 1], &cites[end]);)
            end++;
        if (i > run.start)
            cites[i].delimiter = area->year_suffix_delimiter;
        cites[kept++] = cites[i];
        for (size_t k = end - i >= 3 ? end - 1 : i + 1; k < end; k++) {
            cites[k].delimiter = end - i >= 3 ? (str)STR("–") : area->year_suffix_delimiter;
            cites[kept++] = cites[k];
        }
    }
    return kept;
}

/* Only the suffix of the cite is left; what stands around it goes. */
static void keep_suffix(struct cluster *cluster, struct cluster_cite *cite)
{
    struct output *suffix = output_find(cite->layout, ROLE_YEAR_SUFFIX);
    struct output *copy = output_copy(&cluster->p->scratch, suffix);

    blank(cite->layout);
    cite->layout->look = NULL;
    copy->next = NULL;
    output_add(cite->layout, copy);
}

/* The run of cites from `start` that differ in their suffix alone. */
static size_t end_of_year(struct cluster *cluster, size_t start, size_t end)
{
    const struct cluster_cite *first = &cluster->cites[start];
    const char *rest;
    size_t i = start + 1;

    if (first->placed->cite.suffix.length || first->placed->cite.locator.length ||
        !output_find(first->layout, ROLE_YEAR_SUFFIX))
        return i;
    rest = rest_of(cluster, first);
    while (i < end && is_bare(&cluster->cites[i]) &&
           output_find(cluster->cites[i].layout, ROLE_YEAR_SUFFIX) &&
           strcmp(rest, rest_of(cluster, &cluster->cites[i])) == 0)
        i++;
    return i;
}

/* Leave out what the cites of a group share; they end at `kept`. */
static size_t collapse_group(struct cluster *cluster, struct group group, size_t kept)
{
    const struct area *area = &cluster->p->style->citation;
    struct cluster_cite *cites = cluster->cites;
    bool by_suffix = area->add_year_suffix && area->collapse >= COLLAPSE_YEAR_SUFFIX;

    for (size_t i = group.start, end; i < group.end; i = end) {
        end = by_suffix ? end_of_year(cluster, i, group.end) : i + 1;
        struct output *names = output_find(cites[i].layout, ROLE_NAMES);
        if (i > group.start && *cites[i].names) {
            bool located = cites[i - 1].placed->cite.locator.length;
            cites[i].delimiter = located && area->has_after_collapse_delimiter
                                     ? area->after_collapse_delimiter
                                     : area->cite_group_delimiter;
            if (names && area->collapse >= COLLAPSE_YEAR)
                blank(names);
        }
        for (size_t k = i + 1; k < end; k++)
            keep_suffix(cluster, &cites[k]);
        kept = collapse_suffixes(cluster, (struct group){i, end}, kept);
    }
    return kept;
}

static void collapse_years(struct cluster *cluster)
{
    const struct area *area = &cluster->p->style->citation;
    struct cluster_cite *cites = cluster->cites;
    size_t kept = 0;

    for (size_t i = 0; i < cluster->count; i++) {
        struct output *names = output_find(cites[i].layout, ROLE_NAMES);
        cites[i].names = names ? text_of(cluster, names) : "";
    }
    bring_together(cluster);
    bool collapsed = false;
    for (size_t i = 0, end; i < cluster->count; i = end) {
        for (end = i + 1; end < cluster->count && strcmp(cites[end].names, cites[i].names) == 0;)
            end++;
        if (collapsed)
            cites[i].delimiter = area->after_collapse_delimiter;
        collapsed = area->collapse == COLLAPSE_YEAR ||
                    (area->collapse > COLLAPSE_YEAR &&
                     (end - i > 1 || cites[end - 1].placed->cite.locator.length));
        kept = collapse_group(cluster, (struct group){i, end}, kept);
    }
    cluster->count = kept;
}

void cluster_collapse(struct cluster *cluster)
{
    const struct area *area = &cluster->p->style->citation;

    if (cluster->count < 2)
        return;
    if (area->collapse == COLLAPSE_CITATION_NUMBER)
        collapse_numbers(cluster);
    else if (area->has_cite_group_delimiter)
        collapse_years(cluster);
}
