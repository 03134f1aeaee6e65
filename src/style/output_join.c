/* Where texts meet: punctuation is merged, moved into quotation marks, and spaces are made one. */
#include "style/output_run.h"

/* What becomes of two marks that meet. */
enum meeting { KEEP, DROP_NEXT, DROP_LAST };

static const char stops[] = ":.;!?,";
enum { STOPS = 6 };

/* [last][next], in the order of `stops`. */
static const uint8_t meetings[STOPS][STOPS] = {
    /* : */ {DROP_NEXT, DROP_NEXT, KEEP, DROP_LAST, DROP_LAST, KEEP},
    /* . */ {KEEP, DROP_NEXT, KEEP, KEEP, KEEP, KEEP},
    /* ; */ {DROP_NEXT, DROP_NEXT, DROP_NEXT, DROP_LAST, DROP_LAST, KEEP},
    /* ! */ {DROP_NEXT, DROP_NEXT, KEEP, DROP_NEXT, KEEP, KEEP},
    /* ? */ {DROP_NEXT, DROP_NEXT, KEEP, KEEP, DROP_NEXT, KEEP},
    /* , */ {KEEP, KEEP, KEEP, KEEP, KEEP, DROP_NEXT},
};

struct join {
    struct run *to;
    const struct locale *locale;
    size_t last; /* the last text in `to` that has any, or `none` */
};
static const size_t none = (size_t)-1;

static int stop_of(char c)
{
    const char *found = c ? strchr(stops, c) : NULL;
    return found ? (int)(found - stops) : -1;
}

static bool goes_inside(char c)
{
    return c == '.' || c == ',' || c == '!' || c == '?';
}

static char last_byte(const struct piece *piece)
{
    return piece->text.data[piece->text.length - 1];
}

static bool is_stop_at_end(const struct piece *piece, const char *which)
{
    return piece->kind == PIECE_TEXT && piece->text.length && !piece->verbatim &&
           strchr(which, last_byte(piece));
}

/* True when nothing that prints or changes the look stands behind the last text. */
static bool is_bare(const struct join *j)
{
    return j->last + 1 == j->to->count;
}

/* The place where a quotation that ends behind the last text has its end: of the inner one when
 * there are several.  `none` when there is none, or another begins. */
static size_t quote_end(const struct join *j)
{
    for (size_t i = j->last + 1; i < j->to->count; i++) {
        uint8_t kind = j->to->items[i].kind;
        if (kind == PIECE_CLOSE_QUOTE)
            return i;
        if (kind == PIECE_OPEN_QUOTE || kind == PIECE_OPEN_BLOCK)
            return none;
    }
    return none;
}

/* True when a dressed or quoted text ends behind the last text, and with it no group. */
static bool is_beside(const struct join *j)
{
    for (size_t i = j->to->count; i-- > j->last + 1;)
        switch (j->to->items[i].kind) {
        case PIECE_CLOSE:
        case PIECE_BARE:
        case PIECE_CLOSE_QUOTE: return j->to->items[i].beside;
        default: break;
        }
    return false;
}

static void insert(struct join *j, size_t place, struct piece piece)
{
    run_add(j->to);
    struct piece *items = j->to->items;
    memmove(items + place + 1, items + place, (j->to->count - 1 - place) * sizeof *items);
    items[place] = piece;
    j->last = place;
}

/* Take the last byte of the last text away; the text before it is the last one when none is left.
 */
static void drop_last(struct join *j)
{
    struct piece *items = j->to->items;
    items[j->last].text.length--;
    while (j->last != none && (items[j->last].kind != PIECE_TEXT || !items[j->last].text.length))
        j->last--; /* wraps to `none` before the first */
}

/* Move the stop that `piece` begins with to `place`, inside of the quotation that ends there. */
static void move_inside(struct join *j, struct piece *piece, size_t place)
{
    while (place > j->last + 1 && j->to->items[place - 1].of_look)
        place--;
    struct piece stop = *piece;
    stop.text = str_part(piece->text, 0, 1);
    insert(j, place, stop);
    piece->text = str_part(piece->text, 1, piece->text.length);
}

/* True for a text of its own, and not the space between two names. */
static bool is_words(const struct piece *piece)
{
    return piece->origin == ORIGIN_CONTENT && piece->text.length > 1;
}

static bool changes_dress(uint8_t kind)
{
    return kind == PIECE_OPEN || kind == PIECE_CLOSE || kind == PIECE_BARE ||
           kind == PIECE_OPEN_QUOTE || kind == PIECE_CLOSE_QUOTE;
}

/* Spaces of affixes and delimiters that meet are one space; those of texts stay, those with the
 * beginning or the end of a dress between them, and that of a suffix of what is dressed before the
 * next part. */
static bool keeps_spaces(const struct join *j, const struct piece *piece)
{
    const struct piece *last = &j->to->items[j->last];
    if (is_words(last) || is_words(piece))
        return true;
    for (size_t i = j->last + 1; i < j->to->count && piece->origin != ORIGIN_SUFFIX; i++)
        if (changes_dress(j->to->items[i].kind))
            return true;
    return last->spaced && piece->origin == ORIGIN_PREFIX;
}

/* Look once at the byte that `piece` begins with: true when there is another one to look at. */
static bool meet(struct join *j, struct piece *piece)
{
    if (j->last == none || !piece->text.length)
        return false;
    const struct piece *last = &j->to->items[j->last];
    if (last->field && last->field == piece->field)
        return false;
    char a = last_byte(last), b = piece->text.data[0];
    if (a == ' ' && b == ' ') {
        if (keeps_spaces(j, piece))
            return false;
        piece->text = str_part(piece->text, 1, piece->text.length);
        return true;
    }
    int first = stop_of(a), second = stop_of(b);
    if (second < 0)
        return false;
    size_t place = quote_end(j);
    bool inside = place != none && j->locale->punctuation_in_quote && goes_inside(b);
    enum meeting meeting = first < 0 ? KEEP : (enum meeting)meetings[first][second];
    if (a != b && !inside && last->origin == ORIGIN_CONTENT && is_beside(j))
        meeting = KEEP; /* what is dressed keeps its own stop, what follows it keeps another */
    if (meeting == DROP_NEXT) {
        piece->text = str_part(piece->text, 1, piece->text.length);
        return true;
    }
    if (meeting == DROP_LAST && !last->verbatim && (is_bare(j) || inside)) {
        drop_last(j);
        return true;
    }
    if (inside)
        move_inside(j, piece, place);
    return inside;
}

/* Where a block ends behind the last text; the end of the run when none does. */
static size_t block_end(const struct join *j)
{
    size_t end = j->last == none ? j->to->count : j->last + 1;
    while (end < j->to->count && j->to->items[end].kind != PIECE_CLOSE_BLOCK)
        end++;
    return end;
}

/* A suffix behind the end of a block belongs into the block, and so do the stops of other affixes.
 */
static void end_block(struct join *j, struct piece *piece)
{
    size_t place = block_end(j), count = 0;
    if (place == j->to->count)
        return;
    while (count < piece->text.length &&
           (piece->origin == ORIGIN_SUFFIX || stop_of(piece->text.data[count]) >= 0))
        count++;
    struct piece inside = *piece;
    inside.text = str_part(piece->text, 0, count);
    if (count)
        insert(j, place, inside);
    piece->text = str_part(piece->text, count, piece->text.length);
}

static void join_text(struct join *j, struct piece piece)
{
    while (meet(j, &piece)) {
    }
    if (piece.origin != ORIGIN_CONTENT)
        end_block(j, &piece);
    if (piece.text.length)
        insert(j, j->to->count, piece);
}

/* A comma, semicolon or colon at the end of a quoted text stands behind the quotation, where
 * stops do not go inside. */
static void end_quote(struct join *j, struct piece mark)
{
    static const char outside[] = ",;:";
    str stop = {0};
    if (mark.single && !j->locale->punctuation_in_quote && j->last != none &&
        is_stop_at_end(&j->to->items[j->last], outside)) {
        const struct piece *last = &j->to->items[j->last];
        stop = str_part(last->text, last->text.length - 1, 1);
        drop_last(j);
    }
    *run_add(j->to) = mark;
    if (stop.length)
        join_text(j, (struct piece){.kind = PIECE_TEXT, .origin = ORIGIN_SUFFIX, .text = stop});
}

/* Spaces of affixes at the very end of an entry stand behind its last block. */
static void end_run(struct join *j)
{
    struct run *to = j->to;
    if (j->last == none || to->items[j->last].origin == ORIGIN_CONTENT || block_end(j) == to->count)
        return;
    struct piece spaces = to->items[j->last];
    size_t length = spaces.text.length;
    while (length > 0 && spaces.text.data[length - 1] == ' ')
        length--;
    to->items[j->last].text.length = length;
    spaces.text = str_part(spaces.text, length, spaces.text.length);
    if (spaces.text.length)
        *run_add(to) = spaces;
}

/* A prefix at the very beginning belongs into the first block, its spaces before it. */
static void begin_run(struct run *to)
{
    size_t first = 0, length = 0;
    if (to->count > 1 && to->items[0].origin == ORIGIN_PREFIX &&
        to->items[1].kind == PIECE_OPEN_BLOCK) {
        struct piece prefix = to->items[0];
        to->items[0] = to->items[1];
        to->items[1] = prefix;
    }
    bool in_block = false;
    for (; first < to->count && to->items[first].kind != PIECE_TEXT; first++)
        in_block |= to->items[first].kind == PIECE_OPEN_BLOCK;
    if (!in_block || first == to->count || to->items[first].origin == ORIGIN_CONTENT)
        return;
    struct piece spaces = to->items[first];
    while (length < spaces.text.length && spaces.text.data[length] == ' ')
        length++;
    if (!length)
        return;
    to->items[first].text = str_part(spaces.text, length, spaces.text.length);
    spaces.text.length = length;
    run_add(to);
    memmove(to->items + 1, to->items, (to->count - 1) * sizeof *to->items);
    to->items[0] = spaces;
}

void run_join(struct run *to, const struct run *from, const struct locale *locale)
{
    struct join j = {.to = to, .locale = locale, .last = none};
    for (size_t i = 0; i < from->count; i++) {
        struct piece piece = from->items[i];
        if (piece.kind == PIECE_TEXT) {
            join_text(&j, piece);
        } else if (piece.kind == PIECE_CLOSE_QUOTE) {
            end_quote(&j, piece);
        } else {
            *run_add(to) = piece;
        }
    }
    end_run(&j);
    begin_run(to);
}
