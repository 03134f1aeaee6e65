/* How many typing errors lie between two texts. */
#include "match/parts.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The rows of the table of distances: the one at work, the one before it and the one before that.
 */
struct rows {
    unsigned short cells[3][MATCH_LONGEST + 1];
};

/* The cost of the first `i` letters of `a` and the first `j` of `b`. */
static size_t cost(const struct rows *r, str a, str b, size_t i, size_t j)
{
    const unsigned short *above = r->cells[(i - 1) % 3], *row = r->cells[i % 3];
    bool equal = a.data[i - 1] == b.data[j - 1];
    size_t best = least(above[j - 1] + (equal ? 0U : 1U), least(above[j], row[j - 1]) + 1U);
    if (!equal && i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
        a.data[i - 2] == b.data[j - 1])
        best = least(best, r->cells[(i - 2) % 3][j - 2] + 1U);
    return best;
}

/* Fill row `i` as far from the diagonal as `most` allows; the least of its costs. */
static size_t fill_row(struct rows *r, str a, str b, size_t i, size_t most)
{
    size_t from = i > most ? i - most : 1, to = least(b.length, i + most), best = most + 1;
    unsigned short *row = r->cells[i % 3];
    row[from - 1] = (unsigned short)(from == 1 ? i : most + 1);
    if (from == 1)
        best = i;
    for (size_t j = from; j <= to; j++) {
        row[j] = (unsigned short)least(cost(r, a, b, i, j), most + 1);
        best = least(best, row[j]);
    }
    if (to < b.length)
        row[to + 1] = (unsigned short)(most + 1);
    return best;
}

size_t match_distance(str a, str b, size_t most, bool open)
{
    struct rows r;
    a = str_part(a, 0, MATCH_LONGEST);
    b = str_part(b, 0, MATCH_LONGEST);
    if (a.length > b.length) {
        str swap = a;
        a = b;
        b = swap;
    }
    if (open)
        b = str_part(b, 0, a.length + most);
    if (b.length - a.length > most)
        return most + 1;
    for (size_t j = 0; j <= b.length; j++)
        r.cells[0][j] = (unsigned short)least(j, most + 1);
    for (size_t i = 1; i <= a.length; i++)
        if (fill_row(&r, a, b, i, most) > most)
            return most + 1;
    const unsigned short *last = r.cells[a.length % 3];
    size_t best = last[b.length];
    for (size_t j = a.length > most ? a.length - most : 0; open && j <= b.length; j++)
        best = least(best, last[j]);
    return best;
}
