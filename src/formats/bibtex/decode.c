/* LaTeX as CSL's rich text: accents, symbols, emphasis, simple math, protected case. */
#include "base/utf8.h"
#include "formats/bibtex/bibtex.h"
#include "formats/bibtex/latex.h"

#include <string.h>

enum { DEEPEST = 24 };

struct decoding {
    str text;
    size_t at;
    buf *out;
    bool protect, math;
    unsigned depth;
};

static void run(struct decoding *d, char until);

static bool more(const struct decoding *d)
{
    return d->at < d->text.length;
}

static void skip_space(struct decoding *d)
{
    while (more(d) && char_is_space(d->text.data[d->at]))
        d->at++;
}

static str word_at(struct decoding *d)
{
    size_t start = d->at;
    while (more(d) && char_is_letter(d->text.data[d->at]))
        d->at++;
    return str_part(d->text, start, d->at - start);
}

/* One space, unless there is one. */
static void add_space(struct decoding *d)
{
    if (d->out->length && d->out->data[d->out->length - 1] != ' ')
        buf_add_byte(d->out, ' ');
}

static void command(struct decoding *d);

/* What an argument stands for: a group, a command or a character. */
static void argument(struct decoding *d)
{
    size_t length;
    skip_space(d);
    if (!more(d))
        return;
    char c = d->text.data[d->at];
    bool protect = d->protect;
    d->protect = false;
    if (c == '{' && d->depth < DEEPEST) {
        d->at++;
        run(d, '}');
        d->at += more(d);
    } else if (c == '\\') {
        command(d);
    } else {
        utf8_decode(str_part(d->text, d->at, d->text.length), &length);
        buf_add(d->out, str_part(d->text, d->at, length));
        d->at += length;
    }
    d->protect = protect;
}

static void tagged(struct decoding *d, const char *tag)
{
    buf_printf(d->out, "<%s>", tag);
    argument(d);
    buf_printf(d->out, "</%s>", tag);
}

/* The accent over the letter that follows. */
static void accent(struct decoding *d, const struct latex_accent *accent)
{
    static const char dotless_i[] = "\xC4\xB1", dotless_j[] = "\xC8\xB7";
    size_t start = d->out->length, length;
    argument(d);
    str letter = str_part(buf_str(d->out), start, d->out->length);
    char base = letter.length ? letter.data[0] : '\0';
    utf8_decode(letter.length ? letter : (str)STR(" "), &length);
    if (letter.length >= length && str_starts_with(letter, str_of(dotless_i)))
        base = 'i';
    if (letter.length >= length && str_starts_with(letter, str_of(dotless_j)))
        base = 'j';
    str made = latex_accented(accent, base);
    if (!letter.length)
        return;
    char rest[64];
    size_t kept = letter.length - length < sizeof rest ? letter.length - length : sizeof rest;
    if (kept < letter.length - length) /* a long word: the mark goes behind it */
        made = (str){"", 0};
    memcpy(rest, letter.data + length, kept);
    if (made.length) {
        d->out->length = start;
        buf_add(d->out, made);
        buf_add(d->out, (str){rest, kept});
    } else if (kept == letter.length - length) {
        d->out->length = start + length;
        buf_add_codepoint(d->out, accent->mark);
        buf_add(d->out, (str){rest, kept});
    }
}

static const struct {
    const char *command, *tag;
} tags[] = {{"emph", "i"},
            {"textit", "i"},
            {"textsl", "i"},
            {"mkbibemph", "i"},
            {"textbf", "b"},
            {"mkbibbold", "b"},
            {"textsuperscript", "sup"},
            {"textsubscript", "sub"},
            {"mkbibitalic", "i"},
            {"mathbf", "b"},
            {"mathit", "i"},
            {"boldsymbol", "b"}};

/* Those that change the rest of a group. */
static const struct {
    const char *command, *tag;
} switches[] = {{"em", "i"},      {"it", "i"}, {"sl", "i"},      {"itshape", "i"},
                {"slshape", "i"}, {"bf", "b"}, {"bfseries", "b"}};

/* Those that change nothing that a record keeps. */
static const char *const ignored[] = {
    "protect", "relax",   "rm",       "sf",         "tt",           "sc",   "small", "large",
    "upshape", "scshape", "rmfamily", "normalfont", "displaystyle", "left", "right", "limits"};

static void tag_rest(struct decoding *d, const char *tag)
{
    buf_printf(d->out, "<%s>", tag);
    if (d->depth < DEEPEST)
        run(d, '}');
    buf_printf(d->out, "</%s>", tag);
}

static bool known_tag(struct decoding *d, str name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (str_is(name, tags[i].command)) {
            tagged(d, tags[i].tag);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (str_is(name, switches[i].command)) {
            skip_space(d);
            tag_rest(d, switches[i].tag);
            return true;
        }
    }
    return false;
}

/* An argument that is dropped. */
static void drop_argument(struct decoding *d)
{
    size_t length = d->out->length;
    argument(d);
    d->out->length = length;
}

static bool special_command(struct decoding *d, str name)
{
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        if (str_is(name, ignored[i]))
            return true;
    if (str_is(name, "noopsort") || str_is(name, "SortNoop") || str_is(name, "href")) {
        drop_argument(d);
        return true;
    }
    if (str_is(name, "enquote") || str_is(name, "mkbibquote")) {
        buf_add_text(d->out, "\xE2\x80\x9C");
        argument(d);
        buf_add_text(d->out, "\xE2\x80\x9D");
        return true;
    }
    if (str_is(name, "ensuremath")) {
        bool math = d->math;
        d->math = true;
        argument(d);
        d->math = math;
        return true;
    }
    return false;
}

static void named_command(struct decoding *d)
{
    str name = word_at(d);
    size_t end = d->at;
    const struct latex_accent *mark = name.length == 1 ? latex_accent_of(name.data[0]) : NULL;
    const char *symbol = latex_symbol_of(name);
    if (mark) {
        accent(d, mark);
        return;
    }
    if (symbol) {
        if (!d->math)
            skip_space(d);
        if (d->at + 1 < d->text.length && str_is(str_part(d->text, d->at, 2), "{}"))
            d->at += 2;
        buf_add_text(d->out, symbol);
        return;
    }
    if (known_tag(d, name))
        return;
    skip_space(d);
    if (special_command(d, name))
        return;
    if (more(d) && d->text.data[d->at] == '{') {
        argument(d);
        return;
    }
    d->at = end; /* not known: it stays as it is */
    buf_add_byte(d->out, '\\');
    buf_add(d->out, name);
}

/* What starts with the backslash at d->at. */
static void command(struct decoding *d)
{
    d->at++;
    if (!more(d)) {
        buf_add_byte(d->out, '\\');
        return;
    }
    char c = d->text.data[d->at];
    if (d->depth >= DEEPEST) {
        buf_add_byte(d->out, '\\');
        return;
    }
    d->depth++;
    if (char_is_letter(c)) {
        named_command(d);
    } else {
        const struct latex_accent *mark = d->math ? NULL : latex_accent_of(c);
        d->at++;
        if (mark)
            accent(d, mark);
        else if (c == '\\' || c == ',' || c == ';' || c == ':' || char_is_space(c))
            add_space(d);
        else if (!strchr("-/!@()[]", c))
            buf_add_byte(d->out, c);
    }
    d->depth--;
}

static bool has_text(str text, size_t at)
{
    for (size_t depth = 1; at < text.length; at++) {
        char c = text.data[at];
        depth += c == '{';
        depth -= c == '}';
        if (!depth)
            return false;
        if (char_is_letter(c) || char_is_digit(c) || (unsigned char)c >= 0x80)
            return true;
    }
    return false;
}

static void group(struct decoding *d)
{
    bool protect = d->protect;
    size_t first = ++d->at;
    bool span = protect && first < d->text.length && d->text.data[first] != '\\' &&
                has_text(d->text, first);
    if (d->depth >= DEEPEST)
        return;
    d->protect = protect && !span && first < d->text.length && d->text.data[first] != '\\';
    buf_add_text(d->out, span ? "<span class=\"nocase\">" : "");
    run(d, '}');
    d->at += more(d);
    buf_add_text(d->out, span ? "</span>" : "");
    d->protect = protect;
}

static void math(struct decoding *d)
{
    bool before = d->math;
    d->at++;
    if (before || d->depth >= DEEPEST)
        return;
    d->math = true;
    run(d, '$');
    d->at += more(d);
    d->math = before;
}

/* Hyphens and quotation marks that stand for another character. */
static void ligature(struct decoding *d)
{
    static const struct {
        const char *written, *meant;
    } ligatures[] = {{"---", "\xE2\x80\x94"},
                     {"--", "\xE2\x80\x93"},
                     {"``", "\xE2\x80\x9C"},
                     {"''", "\xE2\x80\x9D"}};
    str rest = str_part(d->text, d->at, d->text.length);
    for (size_t i = 0; !d->math && i < sizeof ligatures / sizeof *ligatures; i++) {
        if (str_starts_with(rest, str_of(ligatures[i].written))) {
            buf_add_text(d->out, ligatures[i].meant);
            d->at += strlen(ligatures[i].written);
            return;
        }
    }
    buf_add_byte(d->out, rest.data[0]);
    d->at++;
}

static void one(struct decoding *d, char c)
{
    switch (c) {
    case '\\': command(d); break;
    case '{': group(d); break;
    case '}': d->at++; break;
    case '$': math(d); break;
    case '-':
    case '`':
    case '\'': ligature(d); break;
    case '~':
        buf_add_text(d->out, d->math ? " " : "\xC2\xA0");
        d->at++;
        break;
    case '^':
    case '_':
        d->at++;
        if (d->math && d->depth < DEEPEST)
            tagged(d, c == '^' ? "sup" : "sub");
        else
            buf_add_byte(d->out, c);
        break;
    default:
        if (char_is_space(c))
            add_space(d);
        else
            buf_add_byte(d->out, c);
        d->at++;
    }
}

static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && !strchr("\\{}$-`'~^_", c);
}

static void run(struct decoding *d, char until)
{
    d->depth++;
    while (more(d) && d->text.data[d->at] != until) {
        size_t start = d->at;
        while (more(d) && is_plain(d->text.data[d->at]) && d->text.data[d->at] != until)
            d->at++;
        buf_add(d->out, str_part(d->text, start, d->at - start));
        if (more(d) && d->text.data[d->at] != until)
            one(d, d->text.data[d->at]);
    }
    d->depth--;
}

void bibtex_decode(buf *out, str latex, bool protect)
{
    struct decoding d = {.text = str_trim(latex), .out = out, .protect = protect};
    run(&d, '\0');
    while (out->length && out->data[out->length - 1] == ' ')
        out->length--;
}
