/* Names that came as family and given only: their particles and suffixes told apart. */
#include "base/buf.h"
#include "check.h"
#include "style/item.h"

static void add(buf *out, const char *before, str part, const char *behind)
{
    if (!part.length)
        return;
    buf_add_text(out, before);
    buf_add(out, part);
    buf_add_text(out, behind);
}

/* "given | dropping + [non-dropping] family (suffix)". */
static const char *parsed(const char *family, const char *given)
{
    static buf out;
    arena memory = {0};
    struct item_name name = {.family = str_of(family), .given = str_of(given)};
    item_name_parse(&memory, &name);
    buf_clear(&out);
    add(&out, "", name.given, "|");
    add(&out, "", name.dropping_particle, "+");
    add(&out, "[", name.non_dropping_particle, "]");
    add(&out, "", name.family, "");
    add(&out, name.comma_suffix ? ", " : " (", name.suffix, name.comma_suffix ? "" : ")");
    arena_free(&memory);
    return buf_text(&out);
}

TEST(small_words_before_the_family_stay_with_it)
{
    CHECK_TEXT(parsed("van der Zwaag", "Ans"), "Ans|[van der]Zwaag");
    CHECK_TEXT(parsed("von Hagen", "U"), "U|[von]Hagen");
    CHECK_TEXT(parsed("in 't Veld", "S"), "S|[in 't]Veld");
    CHECK_TEXT(parsed("'t Hoen", "P"), "P|['t]Hoen");
    CHECK_TEXT(parsed("v.d. Berg", "P"), "P|[v.d.]Berg");
    CHECK_TEXT(parsed("de La Tour", "M"), "M|[de]La Tour");
    CHECK_TEXT(parsed("von und zu Stein", "M"), "M|[von und zu]Stein");
    CHECK_TEXT(parsed("de \xC3\x81vila", "T"), "T|[de]\xC3\x81vila");
}

TEST(apostrophes_and_hyphens_join)
{
    CHECK_TEXT(parsed("d'Orsay", "A"), "A|[d']Orsay");
    CHECK_TEXT(parsed("d\xE2\x80\x99Orsay", "A"), "A|[d\xE2\x80\x99]Orsay");
    CHECK_TEXT(parsed("dell'Orto", "A"), "A|[dell']Orto");
    CHECK_TEXT(parsed("al-Rahbi", "M"), "M|[al-]Rahbi");
    CHECK_TEXT(parsed("'s-Gravenmade", "W"), "W|['s-]Gravenmade");
    CHECK_TEXT(parsed("van 't Riet", "W"), "W|[van 't]Riet");
    CHECK_TEXT(parsed("de l'\xC3\x89toile", "W"), "W|[de l']\xC3\x89toile");
}

TEST(capitals_are_no_particles)
{
    CHECK_TEXT(parsed("Van den Bosch", "J"), "J|Van den Bosch");
    CHECK_TEXT(parsed("La Tour", "J"), "J|La Tour");
    CHECK_TEXT(parsed("O'Casey", "J"), "J|O'Casey");
    CHECK_TEXT(parsed("El-Masry", "J"), "J|El-Masry");
    CHECK_TEXT(parsed("McDonald", "J"), "J|McDonald");
    CHECK_TEXT(parsed("Ben Haim", "J"), "J|Ben Haim");
}

TEST(families_without_capitals)
{
    CHECK_TEXT(parsed("cummings", "e e"), "e e|cummings");
    CHECK_TEXT(parsed("de la pena", "j"), "j|[de la]pena");
    CHECK_TEXT(parsed("small name", "j"), "j|small name");
    CHECK_TEXT(parsed("van", "j"), "j|van");
    CHECK_TEXT(parsed("\xE6\x9D\x8E", "\xE6\x98\x8E"), "\xE6\x98\x8E|\xE6\x9D\x8E");
}

TEST(a_family_alone_is_whole)
{
    CHECK_TEXT(parsed("van Dam", ""), "van Dam");
    CHECK_TEXT(parsed("d'Orsay", ""), "d'Orsay");
    CHECK_TEXT(parsed("\"van Dam\"", ""), "van Dam");
}

TEST(particles_behind_given_names_drop)
{
    CHECK_TEXT(parsed("Tour", "Marie de la"), "Marie|de la+Tour");
    CHECK_TEXT(parsed("La Tour", "Marie de"), "Marie|de+La Tour");
    CHECK_TEXT(parsed("Orsay", "Aline d'"), "Aline|d'+Orsay");
    CHECK_TEXT(parsed("Orsay", "Aline d\xE2\x80\x99"), "Aline|d\xE2\x80\x99+Orsay");
    CHECK_TEXT(parsed("Hagen", "U von"), "U|von+Hagen");
    CHECK_TEXT(parsed("Berg", "op de"), "op|de+Berg"); /* the first word is a given name */
}

TEST(given_names_may_be_small)
{
    CHECK_TEXT(parsed("Chen", "Xiao ming"), "Xiao ming|Chen");
    CHECK_TEXT(parsed("Chen", "Guo-ping"), "Guo-ping|Chen");
    CHECK_TEXT(parsed("Roe", "J v"), "J v|Roe");
    CHECK_TEXT(parsed("Roe", "de"), "de|Roe");
}

TEST(suffixes_stand_behind_a_comma)
{
    CHECK_TEXT(parsed("Roe", "John, III"), "John|Roe (III)");
    CHECK_TEXT(parsed("Roe", "John,! Jr."), "John|Roe, Jr.");
    CHECK_TEXT(parsed("Roe", "John, jr."), "John|Roe (jr.)");
    CHECK_TEXT(parsed("Roe", "John, 3rd"), "John|Roe (3rd)");
    CHECK_TEXT(parsed("Roe", "John von, Jr"), "John|von+Roe (Jr)");
    CHECK_TEXT(parsed("Orsay", "Aline, abb\xC3\xA9 d'"), "Aline,|abb\xC3\xA9 d'+Orsay");
    CHECK_TEXT(parsed("Roe", "John,"), "John|Roe");
    CHECK_TEXT(parsed("Roe", ",!"), "Roe");
}

TEST(quotation_marks_protect)
{
    CHECK_TEXT(parsed("\"van Happen\"", "E"), "E|van Happen");
    CHECK_TEXT(parsed("Roe", "\"Jean de\""), "Jean de|Roe");
    CHECK_TEXT(parsed("\"", "\""), "\"|\"");
}

TEST(what_is_given_is_not_parsed)
{
    arena memory = {0};
    struct item_name name = {.family = STR("de Roe"),
                             .given = STR("Al de, Jr"),
                             .dropping_particle = STR("von"),
                             .suffix = STR("III")};
    item_name_parse(&memory, &name);
    CHECK(str_is(name.family, "de Roe"));
    CHECK(str_is(name.given, "Al de, Jr"));
    CHECK(!name.non_dropping_particle.length);
    name = (struct item_name){.literal = STR("van Group")};
    item_name_parse(&memory, &name);
    CHECK(str_is(name.literal, "van Group"));
    CHECK(!name.family.length);
    arena_free(&memory);
}
