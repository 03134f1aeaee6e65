/* Names of the invented records: people, places, journals and cited works. */
#include "invented_words.h"

static const char *const family_endings[16] = {"",    "er",   "son", "sen",  "ez", "ov",
                                               "ini", "ski",  "man", "ard",  "é",  "aga",
                                               "ura", "ović", "ø",   "ström"};
static const char *const family_starts[16] = {"Ba", "Ché", "Du", "Fe", "Gar", "Ha", "Jo", "Kü",
                                              "La", "Ma",  "Na", "Pe", "Ro",  "Sø", "Ta", "Wa"};
static const char *const departments[16] = {
    "Medicine",     "Surgery",    "Neurology",    "Pediatrics", "Public Health", "Cardiology",
    "Biochemistry", "Psychiatry", "Oncology",     "Radiology",  "Pharmacology",  "Physiotherapy",
    "Microbiology", "Pathology",  "Epidemiology", "Nursing"};
static const char *const countries[16] = {"USA",       "China",       "United Kingdom", "Germany",
                                          "Japan",     "Italy",       "France",         "Canada",
                                          "Brazil",    "Netherlands", "South Korea",    "Spain",
                                          "Australia", "Sweden",      "India",          "Turkey"};

char *put_family(char *at, uint32_t number)
{
    uint64_t bits = mix(number + 0x10000000u);
    if ((bits >> 40 & 15) < 3) { /* Short ones, shared by many. */
        at = put_text(at, family_starts[bits & 15]);
        return put_text(at, family_endings[bits >> 4 & 15]);
    }
    at = put_name(at, (uint32_t)bits);
    return put_text(at, family_endings[(bits >> 4 & 15) < 10 ? 0 : bits >> 8 & 15]);
}

char *put_given(char *at, uint32_t number)
{
    return put_name(at, (uint32_t)mix(number + 0x20000000u));
}

char *put_country(char *at, uint32_t number)
{
    uint64_t bits = mix(number + 0x30000000u);
    return put_text(at, countries[bits & 1 ? bits >> 1 & 15 : bits >> 1 & 3]);
}

/* The city belongs to the country and the institution, the department to the affiliation. */
char *put_affiliation(char *at, uint32_t number)
{
    uint64_t bits = mix(number / 4 + 0x40000000u);
    uint32_t city = (uint32_t)bits & 0xffff;
    at = PUT(at, "Department of ");
    at = put_text(at, departments[mix(number) & 15]);
    if (bits >> 60 < 6) {
        at = PUT(at, ", School of ");
        at = put_text(at, departments[bits >> 50 & 15]);
    }
    at = bits >> 40 & 1 ? PUT(at, ", University of ") : PUT(at, ", General Hospital of ");
    at = put_name(at, city);
    at = PUT(at, ", ");
    at = put_name(at, city);
    if (bits >> 30 & 1) {
        *at++ = ' ';
        at = put_digits(at, (uint32_t)(bits >> 32) % 100000, 5);
    }
    at = PUT(at, ", ");
    at = put_country(at, city);
    *at++ = '.';
    return at;
}

static void issn_make(char issn[10], uint32_t number)
{
    unsigned sum = 0;
    put_digits(issn, number, 7);
    for (unsigned i = 0; i < 7; i++)
        sum += (8 - i) * (unsigned)(issn[i] - '0');
    memmove(issn + 5, issn + 4, 3);
    issn[4] = '-';
    issn[8] = "0123456789X"[(11 - sum % 11) % 11];
    issn[9] = 0;
}

void journal_make(journal *made, uint32_t number)
{
    static const char *const kinds[4][2] = {{"Journal of ", "J "},
                                            {"Annals of ", "Ann "},
                                            {"International archives of ", "Int Arch "},
                                            {"Acta ", "Acta "}};
    uint64_t bits = mix(number + 0x50000000u);
    char words[2][48], *ends[2];
    for (int i = 0; i < 2; i++)
        ends[i] = put_rare(words[i], (uint32_t)(bits >> (20 * i)) & 0xfffff);
    made->number = number;
    char *at = put_text(made->title, kinds[bits >> 62][0]);
    at = put_bytes(at, words[0], (size_t)(ends[0] - words[0]));
    at = PUT(at, " and ");
    *put_bytes(at, words[1], (size_t)(ends[1] - words[1])) = 0;
    at = put_text(made->abbreviation, kinds[bits >> 62][1]);
    at = put_capital(at, put_bytes(at, words[0], 4));
    *at++ = ' ';
    *put_capital(at, put_bytes(at, words[1], 4)) = 0;
    issn_make(made->issn, 9000000 + number);
}

char *put_citation(char *at, const vocabulary *v, uint32_t number)
{
    draw from = {mix(number + 0x6000000000u)};
    unsigned authors = draw_between(&from, 1, 4), words = draw_between(&from, 6, 14);
    for (unsigned i = 0; i < authors; i++) {
        uint32_t person = draw_rank(&from, 0, 22);
        at = put_family(at, person);
        *at++ = ' ';
        *at++ = (char)('A' + person % 26);
        at = i + 1 < authors ? PUT(at, ", ") : PUT(at, ". ");
    }
    char *start = at;
    for (unsigned i = 0; i < words; i++) {
        at = put_word(at, v, vocabulary_draw(v, &from));
        *at++ = ' ';
    }
    put_capital(start, at);
    at[-1] = '.';
    journal where;
    journal_make(&where, draw_rank(&from, 0, 13));
    *at++ = ' ';
    at = put_text(at, where.abbreviation);
    at = PUT(at, ". ");
    at = put_number(at, 2024 - draw_rank(&from, 0, 5));
    *at++ = ';';
    at = put_number(at, draw_between(&from, 1, 300));
    *at++ = '(';
    at = put_number(at, draw_between(&from, 1, 12));
    at = PUT(at, "):");
    unsigned page = draw_between(&from, 1, 2000);
    at = put_number(at, page);
    *at++ = '-';
    at = put_number(at, page + 7);
    *at++ = '.';
    return at;
}
