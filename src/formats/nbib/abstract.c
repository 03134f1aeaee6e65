/* Abstracts in PubMed's text: one paragraph, whose labels ("METHODS: ") show that it had sections.
 */
#include "formats/nbib/nbib.h"

enum { LABEL_MOST = 60, LABELS_MOST = 64 };

static const struct {
    str label;
    const char *category;
} labels[] = {
#define LABEL(label, category) {STR(label), category},
#include "formats/nbib/labels.def"
#undef LABEL
};

static const char *category_of(str label)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_equal_ignoring_case(label, labels[i].label))
            return labels[i].category;
    return NULL;
}

/* The length of a label at the start of `s`: capitals and a few signs up to ": "; 0 when none. */
static size_t label_at(str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.length && i <= LABEL_MOST; i++) {
        char c = s.data[i];
        if (c == ':')
            return letters >= 3 && i + 1 < s.length && s.data[i + 1] == ' ' ? i : 0;
        bool letter = c >= 'A' && c <= 'Z';
        letters += letter;
        if (!letter && c != ' ' && c != '/' && c != '&' && c != '-' && c != ',' && c != '\'' &&
            c != '(' && c != ')' && !(i && char_is_digit(c)))
            return 0;
    }
    return 0;
}

/* The same for "Materials and methods: ", which is a label only when NLM knows it. */
static size_t mixed_label_at(str s)
{
    size_t length = str_find(str_part(s, 0, LABEL_MOST), ':');
    bool ends = length + 1 < s.length && s.data[length] == ':' && s.data[length + 1] == ' ';
    return ends && category_of(str_part(s, 0, length)) ? length : 0;
}

/* True when a sentence, and with it a section, may start at `i`. */
static bool starts_section(str text, size_t i)
{
    if (i == 0)
        return true;
    if (i < 2 || text.data[i - 1] != ' ')
        return false;
    char before = text.data[i - 2];
    return before == '.' || before == '?' || before == '!' || before == ')' || before == ']' ||
           before == ';';
}

/* Where the labels are; 0 when the text is not structured: one label, or none that NLM knows. */
static size_t find_labels(str text, size_t (*label)(str s), size_t *starts)
{
    size_t count = 0;
    bool known = false;
    for (size_t i = 0; i < text.length && count < LABELS_MOST; i++) {
        if (text.data[i] < 'A' || text.data[i] > 'Z' || !starts_section(text, i))
            continue;
        size_t length = label(str_part(text, i, text.length));
        if (!length)
            continue;
        known |= category_of(str_part(text, i, length)) != NULL;
        starts[count++] = i;
    }
    return known && count >= 2 && starts[0] == 0 ? count : 0;
}

void nbib_add_sections(builder *b, osler_section_list *sections, str text)
{
    size_t starts[LABELS_MOST + 1] = {0};
    size_t count = find_labels(text, label_at, starts);
    if (!count)
        count = find_labels(text, mixed_label_at, starts);
    if (!count) {
        osler_section *section = text.length ? BUILDER_ADD(b, sections) : NULL;
        if (section)
            section->text = builder_keep_markup(b, text);
        return;
    }
    starts[count] = text.length;
    for (size_t i = 0; i < count; i++) {
        str part = str_part(text, starts[i], starts[i + 1] - starts[i]);
        str label = str_part(part, 0, str_find(part, ':'));
        osler_section *section = BUILDER_ADD(b, sections);
        if (!section)
            return;
        section->label = builder_keep(b, label);
        section->category = category_of(label);
        section->text =
            builder_keep_markup(b, str_trim(str_part(part, label.length + 1, part.length)));
    }
}
