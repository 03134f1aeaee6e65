/* CSL's rich text as LaTeX: what decode.c makes of it is the same text again. */
#include "base/utf8.h"
#include "formats/bibtex/bibtex.h"
#include "formats/bibtex/latex.h"

#include <string.h>

static const struct {
    const char *tag, *latex;
} tags[] = {
    {"<i>", "\\emph{"},
    {"<b>", "\\textbf{"},
    {"<sup>", "\\textsuperscript{"},
    {"<sub>", "\\textsubscript{"},
    {"<span class=\"nocase\">", "{"},
};

static const char *const closing[] = {"</i>", "</b>", "</sup>", "</sub>", "</span>"};

/* A tag at the start of `rich`, as LaTeX; its length, or 0. */
static size_t tag(buf *out, str rich, size_t *open)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (str_starts_with(rich, str_of(tags[i].tag))) {
            buf_add_text(out, tags[i].latex);
            ++*open;
            return strlen(tags[i].tag);
        }
        if (*open && str_starts_with(rich, str_of(closing[i]))) {
            buf_add_byte(out, '}');
            --*open;
            return strlen(closing[i]);
        }
    }
    return 0;
}

/* What LaTeX or BibTeX would understand otherwise. */
static const char *special(char c)
{
    switch (c) {
    case '&': return "\\&";
    case '%': return "\\%";
    case '$': return "\\$";
    case '#': return "\\#";
    case '_': return "\\_";
    case '{': return "{\\textbraceleft}";
    case '}': return "{\\textbraceright}";
    case '\\': return "{\\textbackslash}";
    case '~': return "{\\textasciitilde}";
    case '^': return "{\\textasciicircum}";
    case '<': return "{\\textless}";
    case '>': return "{\\textgreater}";
    default: return NULL;
    }
}

static bool accented(buf *out, str character)
{
    for (size_t i = 0; i < latex_accent_count; i++) {
        str pairs = str_of(latex_accents[i].pairs);
        for (size_t at = 0, length; at < pairs.length; at += 1 + length) {
            utf8_decode(str_part(pairs, at + 1, pairs.length), &length);
            if (!str_equal(str_part(pairs, at + 1, length), character))
                continue;
            buf_printf(out, char_is_letter(latex_accents[i].command) ? "{\\%c %c}" : "{\\%c%c}",
                       latex_accents[i].command, pairs.data[at]);
            return true;
        }
    }
    return false;
}

/* Ligatures of LaTeX, and commands; what has none stays as it is. */
static void add_classic(buf *out, str character)
{
    static const struct {
        const char *character, *latex;
    } short_ones[] = {{"\xE2\x80\x93", "--"},
                      {"\xE2\x80\x94", "---"},
                      {"\xE2\x80\x9C", "``"},
                      {"\xE2\x80\x9D", "''"},
                      {"\xC2\xA0", "~"}};
    for (size_t i = 0; i < sizeof short_ones / sizeof *short_ones; i++) {
        if (str_is(character, short_ones[i].character)) {
            const char *latex = short_ones[i].latex;
            bool joins = out->length && latex[0] != '~' && out->data[out->length - 1] == latex[0];
            buf_add_text(out, joins ? "{}" : "");
            buf_add_text(out, latex);
            return;
        }
    }
    if (accented(out, character))
        return;
    for (size_t i = 0; i < latex_symbol_count; i++) {
        if (str_is(character, latex_symbols[i].text)) {
            buf_printf(out, latex_symbols[i].math ? "$\\%s$" : "{\\%s}", latex_symbols[i].command);
            return;
        }
    }
    buf_add(out, character);
}

/* A plain character of ASCII; hyphens and quotation marks must not join. */
static void add_ascii(buf *out, char c)
{
    const char *escaped = special(c);
    if (escaped) {
        buf_add_text(out, escaped);
        return;
    }
    bool joins =
        (c == '-' || c == '`' || c == '\'') && out->length && out->data[out->length - 1] == c;
    buf_add_text(out, joins ? "{}" : "");
    buf_add_byte(out, char_is_space(c) ? ' ' : c);
}

void bibtex_encode(buf *out, str rich, enum bibtex_dialect dialect)
{
    size_t open = 0, length;
    for (size_t at = 0; at < rich.length; at += length) {
        char c = rich.data[at];
        str rest = str_part(rich, at, rich.length);
        length = c == '<' ? tag(out, rest, &open) : 0;
        if (length)
            continue;
        if ((unsigned char)c < 0x80) {
            length = 1;
            add_ascii(out, c);
            continue;
        }
        utf8_decode(rest, &length);
        if (dialect == BIBTEX_BIBLATEX)
            buf_add(out, str_part(rest, 0, length));
        else
            add_classic(out, str_part(rest, 0, length));
    }
    for (; open; open--)
        buf_add_byte(out, '}');
}
