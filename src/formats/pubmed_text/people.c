/* Authors in PubMed's text displays, and where they work: "Long V(1), Doe JA Jr(1)(2)." */
#include "base/memory.h"
#include "formats/pubmed_text/pubmed_text.h"

/* One name of a list, and the marks behind it. */
struct person {
    str name, marks;
};

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "JA", "IuA": short, no digits, hardly a small letter. */
static bool are_initials(str word)
{
    enum { MOST = 8 };
    size_t small = 0;
    if (!word.length || word.length > MOST || !is_capital(word.data[0]))
        return false;
    for (size_t i = 0; i < word.length; i++) {
        small = word.data[i] >= 'a' && word.data[i] <= 'z' ? small + 1 : 0;
        if (small > 2 || (!is_capital(word.data[i]) && !small && word.data[i] != '-'))
            return false;
    }
    return word.length < 3 || small < 2;
}

static str last_word(str s)
{
    size_t start = s.length;
    while (start && s.data[start - 1] != ' ')
        start--;
    return str_part(s, start, s.length);
}

static bool is_person(str name)
{
    str word = last_word(name);
    if (word.length == name.length)
        return false;
    if (are_initials(word))
        return true;
    static const char *const suffixes[] = {"Jr", "Sr", "2nd", "3rd", "4th", "5th"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_is(word, suffixes[i])) {
            str before = str_trim(str_part(name, 0, name.length - word.length));
            return are_initials(last_word(before));
        }
    return false;
}

/* Cut off the first name of `*rest`, at a comma or a semicolon outside of parentheses. */
static struct person cut_person(str *rest)
{
    size_t end = 0, depth = 0;
    for (; end < rest->length; end++) {
        char c = rest->data[end];
        if (!depth && (c == ',' || c == ';'))
            break;
        depth += c == '(';
        depth -= c == ')' && depth;
    }
    str name = str_trim(str_part(*rest, 0, end));
    *rest = str_part(*rest, end + 1, rest->length);
    if (!str_trim(*rest).length && name.length && name.data[name.length - 1] == '.')
        name.length--;
    size_t start = name.length;
    while (start && (name.data[start - 1] == ')' || name.data[start - 1] == '(' ||
                     name.data[start - 1] == '#' || char_is_digit(name.data[start - 1])))
        start--;
    struct person person = {str_trim(str_part(name, 0, start)), str_part(name, start, name.length)};
    bool marked = !person.marks.length || person.marks.data[0] == '(' ||
                  (start && is_capital(name.data[start - 1]));
    return marked ? person : (struct person){name, str_part(name, name.length, 0)};
}

bool people_are(str text)
{
    size_t names = 0, persons = 0;
    while (str_trim(text).length) {
        struct person person = cut_person(&text);
        names++;
        persons += is_person(person.name) || person.marks.length > 0;
    }
    return persons * 2 >= names && persons;
}

/* The next number among the marks "(1)(2)", or "1" alone; 0 when there is no more. */
static size_t next_mark(str *marks)
{
    enum { MOST = 100000 };
    size_t number = 0, at = 0;
    while (at < marks->length && !char_is_digit(marks->data[at]))
        at++;
    for (; at < marks->length && char_is_digit(marks->data[at]); at++)
        number = number < MOST ? number * 10 + (size_t)(marks->data[at] - '0') : number;
    *marks = str_part(*marks, at, marks->length);
    return number;
}

/* Affiliations by their numbers. */
struct places {
    str *items; /* that of number n is items[n - 1] */
    size_t count, capacity;
};

/* How long "(n)" is at the start of `s`; 0 when it is not there. */
static size_t mark_at(str s, size_t n)
{
    size_t close = str_find(str_part(s, 0, 8), ')');
    str mark = str_part(s, 0, close + 1), rest = mark;
    return mark.length > 2 && mark.data[0] == '(' && char_is_digit(mark.data[1]) &&
                   next_mark(&rest) == n
               ? mark.length
               : 0;
}

static void add_place(struct places *places, str text)
{
    if (places->count == places->capacity) {
        places->capacity = places->capacity ? places->capacity * 2 : 16;
        places->items = memory_resize(places->items, places->capacity * sizeof *places->items);
    }
    places->items[places->count++] = str_trim(text);
}

/* Cut "(1)Department of ... (2)..." at its marks, which count up. */
static void find_places(struct places *places, str text)
{
    size_t start = mark_at(text, 1), n = 1;
    for (size_t i = start; start && i <= text.length; i++) {
        size_t length = i < text.length && text.data[i] == '('
                            ? mark_at(str_part(text, i, text.length), n + 1)
                            : 0;
        if (!length && i < text.length)
            continue;
        add_place(places, str_part(text, start, i - start));
        start = i + length;
        n++;
    }
}

static size_t take_list(nbib_parser *p, str names, const char *tag, const struct places *places)
{
    size_t count = 0;
    while (str_trim(names).length && !p->build.exceeded) {
        struct person person = cut_person(&names);
        bool alone = str_find(person.name, ' ') == person.name.length;
        bool nobody = str_is(person.name, "et al") || str_is(person.name, "et al.");
        bool author = str_is(str_of(tag), "AU");
        bool group = author && !nobody && !alone && !is_person(person.name);
        nbib_take(p, str_of(group ? "CN" : tag), person.name);
        for (size_t n; author && (n = next_mark(&person.marks)) && !p->build.exceeded;)
            if (n <= places->count)
                nbib_take(p, str_of("AD"), places->items[n - 1]);
        count += person.name.length && !nobody;
    }
    return count;
}

void people_take(nbib_parser *p, str names, const char *tag)
{
    take_list(p, names, tag, &(struct places){0});
}

void people_take_authors(nbib_parser *p, str authors, str affiliations)
{
    struct places places = {0};
    affiliations = str_trim(affiliations);
    find_places(&places, affiliations);
    size_t count = take_list(p, authors, "AU", &places);
    if (count == 1 && !places.count)
        nbib_take(p, str_of("AD"), affiliations);
    else if (affiliations.length && (!count || !places.count))
        nbib_take(p, str_of("Author information"), affiliations);
    memory_free(places.items);
}
