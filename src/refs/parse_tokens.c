/* Looking at the tokens of a reference. */
#include "refs/cues.h"
#include "refs/parse.h"

str refs_word(const struct refs_parsing *p, size_t i)
{
    return i < p->count ? p->tokens[i].text : (str){"", 0};
}

bool refs_is(const struct refs_parsing *p, size_t i, const char *text)
{
    return str_equal_ignoring_case(refs_word(p, i), str_of(text));
}

bool refs_is_number(const struct refs_parsing *p, size_t i)
{
    str word = refs_word(p, i);
    for (size_t k = 0; k < word.length; k++)
        if (!char_is_digit(word.data[k]))
            return false;
    return word.length > 0;
}

bool refs_has_digit(str word)
{
    for (size_t i = 0; i < word.length; i++)
        if (char_is_digit(word.data[i]))
            return true;
    return false;
}

bool refs_is_year(const struct refs_parsing *p, size_t i)
{
    str word = refs_word(p, i);
    if (word.length == 5 && word.data[4] >= 'a' && word.data[4] <= 'z')
        word.length--;
    return word.length == 4 && char_is_digit(word.data[3]) && cue_has_year(word);
}

bool refs_is_dash(const struct refs_parsing *p, size_t i)
{
    uint32_t c = cue_first(refs_word(p, i));
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043;
}

bool refs_is_capital(const struct refs_parsing *p, size_t i)
{
    return cue_is_capital(cue_first(refs_word(p, i)));
}

bool refs_is_word(const struct refs_parsing *p, size_t i)
{
    return cue_is_letter(cue_first(refs_word(p, i)));
}

bool refs_is_glued(const struct refs_parsing *p, size_t i)
{
    return i > 0 && i < p->count &&
           p->tokens[i].text.data == p->tokens[i - 1].text.data + p->tokens[i - 1].text.length;
}

str refs_text(const struct refs_parsing *p, struct refs_span span)
{
    if (span.from >= span.to || span.to > p->count)
        return (str){"", 0};
    const char *start = p->tokens[span.from].text.data;
    str last = p->tokens[span.to - 1].text;
    return (str){start, (size_t)(last.data + last.length - start)};
}
