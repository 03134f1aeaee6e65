/* Labels the tokens of a reference by the order in which most styles print the fields. */
#include "refs/label.h"

#include "base/error.h"
#include "refs/tokens.h"

/* How far the reader has come in the reference. */
struct place {
    const struct token *tokens;
    size_t count;
    enum refs_label label;
    bool after_year;
};

static bool is_year(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->text.length == 4 &&
           (token->text.data[0] == '1' || token->text.data[0] == '2') &&
           (token->text.data[1] == '9' || token->text.data[1] == '0' || token->text.data[1] == '8');
}

static bool is_mark(const struct place *place, size_t i, char c)
{
    return i < place->count && place->tokens[i].text.length == 1 &&
           place->tokens[i].text.data[0] == c;
}

static bool ends_sentence(const struct place *place, size_t i)
{
    return i > 0 && (is_mark(place, i, '.') || is_mark(place, i, '?')) &&
           place->tokens[i - 1].text.length > 2;
}

/* Where the label of a token leaves the next one. */
static enum refs_label next_label(struct place *place, size_t i)
{
    const struct token *token = &place->tokens[i];
    bool next_is_number = i + 1 < place->count && place->tokens[i + 1].kind == TOKEN_NUMBER;
    switch ((int)place->label) {
    case REFS_AUTHOR:
        return ends_sentence(place, i) || (is_mark(place, i, '.') && !is_mark(place, i + 2, '.'))
                   ? REFS_TITLE
                   : REFS_AUTHOR;
    case REFS_TITLE: return ends_sentence(place, i) ? REFS_CONTAINER : REFS_TITLE;
    case REFS_CONTAINER:
        return next_is_number ? place->after_year ? REFS_VOLUME : REFS_DATE : REFS_CONTAINER;
    case REFS_DATE:
        return is_mark(place, i, ';')   ? REFS_VOLUME
               : is_mark(place, i, ')') ? REFS_TITLE
                                        : REFS_DATE;
    case REFS_VOLUME:
    case REFS_ISSUE:
        if (is_mark(place, i, ':') || is_mark(place, i, ','))
            return REFS_PAGES;
        return is_mark(place, i + 1, '(') ? REFS_ISSUE : place->label;
    case REFS_PAGES:
        return ends_sentence(place, i) && token->kind == TOKEN_MARK ? REFS_OTHER : REFS_PAGES;
    default: return place->label;
    }
}

osler_status refs_label(struct refs_token **out, size_t *count, float *sure, arena *memory,
                        str reference, osler_error *error)
{
    if (reference.length > REFS_LONGEST)
        return fail(error, OSLER_ELIMIT, 0, "a reference of more than %d bytes", REFS_LONGEST);
    struct token *tokens;
    struct place place = {0};
    place.count = tokens_of(&tokens, memory, reference);
    place.tokens = tokens;
    place.label = REFS_AUTHOR;
    *out = arena_alloc(memory, (place.count + 1) * sizeof **out);
    *count = place.count;
    *sure = place.count ? 0.5F : 0;
    for (size_t i = 0; i < place.count; i++) {
        enum refs_label label = place.label;
        if (tokens[i].kind == TOKEN_DOI)
            label = REFS_DOI;
        else if (tokens[i].kind == TOKEN_URL)
            label = REFS_URL;
        else if (is_year(&tokens[i]) && !place.after_year)
            place.label = label = REFS_DATE;
        place.after_year |= is_year(&tokens[i]);
        (*out)[i] = (struct refs_token){tokens[i].text, label, 0.5F};
        place.label = next_label(&place, i);
    }
    return OSLER_OK;
}
