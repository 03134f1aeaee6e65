/* Text case: the seven cases on plain texts, across markup, and in the languages. */
#include "check.h"
#include "style/text_case.h"

#include <stdio.h>

static arena memory;

static const char *cased(const char *text, enum text_case text_case, const char *language)
{
    static char out[300];
    arena_clear(&memory);
    str result = case_text(&memory, str_of(text), text_case, str_of(language));
    snprintf(out, sizeof out, "%.*s", STR_ARG(result));
    return out;
}

static const char *title(const char *text)
{
    return cased(text, CASE_TITLE, "");
}

TEST(lower_and_upper_change_all_letters)
{
    CHECK_TEXT(cased("Effects of THE mRNA-1273 Vaccine", CASE_LOWER, "en"),
               "effects of the mrna-1273 vaccine");
    CHECK_TEXT(cased("straße and élan", CASE_UPPER, "de"), "STRASSE AND ÉLAN");
    CHECK_TEXT(cased("ÉTUDE DE L'ŒIL", CASE_LOWER, "fr"), "étude de l'œil");
    CHECK_TEXT(cased("", CASE_UPPER, "en"), "");
}

TEST(letters_follow_their_language)
{
    CHECK_TEXT(cased("ilaç ışık", CASE_UPPER, "tr"), "İLAÇ IŞIK");
    CHECK_TEXT(cased("ilaç", CASE_CAPITALIZE_FIRST, "tr-TR"), "İlaç");
    CHECK_TEXT(cased("ilaç", CASE_CAPITALIZE_FIRST, "en"), "Ilaç");
    CHECK_TEXT(cased("trial", CASE_UPPER, "trx"), "TRIAL");
    CHECK_TEXT(cased("άσθμα", CASE_UPPER, "el"), "ΑΣΘΜΑ");
}

TEST(capitalize_first_takes_the_first_word_alone)
{
    CHECK_TEXT(cased("retrieved from", CASE_CAPITALIZE_FIRST, ""), "Retrieved from");
    CHECK_TEXT(cased("(in press)", CASE_CAPITALIZE_FIRST, ""), "(In press)");
    CHECK_TEXT(cased("iPhone users", CASE_CAPITALIZE_FIRST, ""), "iPhone users");
    CHECK_TEXT(cased("3rd edition", CASE_CAPITALIZE_FIRST, ""), "3rd edition");
    CHECK_TEXT(cased("α-amylase", CASE_CAPITALIZE_FIRST, ""), "α-amylase");
    CHECK_TEXT(cased("η νόσος", CASE_CAPITALIZE_FIRST, "el"), "Η νόσος");
    CHECK_TEXT(cased("émile", CASE_CAPITALIZE_FIRST, ""), "Émile");
}

TEST(capitalize_all_takes_stop_words_too)
{
    CHECK_TEXT(cased("risk of a low-dose regimen", CASE_CAPITALIZE_ALL, ""),
               "Risk Of A Low-Dose Regimen");
}

TEST(titles_get_capitals)
{
    CHECK_TEXT(title("the treatment of asthma in children"), "The Treatment of Asthma in Children");
    CHECK_TEXT(title("what patients wait for"), "What Patients Wait For");
    CHECK_TEXT(title("asthma: a review of reviews"), "Asthma: A Review of Reviews");
    CHECK_TEXT(title("does it work? an update"), "Does It Work? An Update");
    CHECK_TEXT(title("stop smoking! the campaign"), "Stop Smoking! The Campaign");
    CHECK_TEXT(title("before; the after"), "Before; the After");
    CHECK_TEXT(title("sleep — the missing link"), "Sleep — the Missing Link");
    CHECK_TEXT(title("trial: (the protocol)"), "Trial: (The Protocol)");
}

TEST(titles_keep_capitals_inside_words)
{
    CHECK_TEXT(title("mRNA vaccines and the iPad"), "mRNA Vaccines and the iPad");
    CHECK_TEXT(title("role of IL-6 and TNF"), "Role of IL-6 and TNF");
    CHECK_TEXT(title("PLOS ONE"), "PLOS ONE");
    CHECK_TEXT(title("JAMA"), "JAMA");
}

TEST(capitals_of_titles_stay)
{
    CHECK_TEXT(title("COVID-19 AND THE LUNG: A REVIEW"), "COVID-19 AND THE LUNG: A REVIEW");
    CHECK_TEXT(title("HIV and the lung at example.org, e.g. here"),
               "HIV and the Lung at Example.Org, e.g. Here");
}

TEST(titles_have_hyphens_and_apostrophes)
{
    CHECK_TEXT(title("state-of-the-art care"), "State-of-the-Art Care");
    CHECK_TEXT(title("a pro-inflammatory state"), "A Pro-Inflammatory State");
    CHECK_TEXT(title("a follow-up study"), "A Follow-up Study");
    CHECK_TEXT(title("either/or decisions"), "Either/or Decisions");
    CHECK_TEXT(title("crohn's disease"), "Crohn's Disease");
    CHECK_TEXT(title("the d'angelo sign"), "The d'angelo Sign");
    CHECK_TEXT(title("paintings of d'angelo"), "Paintings of d'angelo");
    CHECK_TEXT(title("written in c++ by #authors"), "Written in C++ by #authors");
    CHECK_TEXT(title("the policy of the u.s."), "The Policy of the u.s.");
    CHECK_TEXT(cased("policy of the u.s.", CASE_CAPITALIZE_ALL, ""), "Policy Of The U.S.");
}

TEST(titles_leave_single_letters)
{
    CHECK_TEXT(title("vitamin d deficiency"), "Vitamin d Deficiency");
    CHECK_TEXT(title("12-x assay"), "12-x Assay");
    CHECK_TEXT(title("an e-health tool"), "An E-Health Tool");
    CHECK_TEXT(title("α-synuclein and β-amyloid"), "α-Synuclein and β-Amyloid");
}

TEST(titles_are_english)
{
    CHECK_TEXT(cased("les soins aux enfants", CASE_TITLE, "fr"), "les soins aux enfants");
    CHECK_TEXT(cased("care of children", CASE_TITLE, "en-GB"), "Care of Children");
    CHECK_TEXT(cased("care of children", CASE_TITLE, "english"), "care of children");
}

TEST(sentences_are_lowered)
{
    CHECK_TEXT(cased("The Care of Children", CASE_SENTENCE, ""), "The care of children");
    CHECK_TEXT(cased("care of DNA", CASE_SENTENCE, ""), "Care of DNA");
    CHECK_TEXT(cased("CARE OF SICK CHILDREN", CASE_SENTENCE, ""), "Care of sick children");
}

/* ---- trees ---- */

static const char *written(const struct output *part, char *out)
{
    size_t used = strlen(out);
    snprintf(out + used, 300 - used, "%.*s", STR_ARG(part->text));
    for (const struct output *child = part->first; child; child = child->next)
        written(child, out);
    return out;
}

/* A tree of three leaves, the middle one in `look`. */
static struct output *three(const char *a, const char *b, const char *c, const struct look *look)
{
    arena_clear(&memory);
    struct output *tree = arena_alloc(&memory, sizeof *tree);
    struct output *leaves = arena_alloc(&memory, 3 * sizeof *leaves);
    leaves[0].text = str_of(a);
    leaves[1].text = str_of(b);
    leaves[1].look = look;
    leaves[2].text = str_of(c);
    leaves[0].next = &leaves[1];
    leaves[1].next = &leaves[2];
    tree->first = &leaves[0];
    tree->last = &leaves[2];
    return tree;
}

TEST(markup_is_one_running_text)
{
    char out[300] = "";
    struct look italic = {.formatting.font_style = FONT_STYLE_ITALIC};
    struct output *tree = three("effect on ", "in", " vitro growth", &italic);
    case_apply(&memory, tree, CASE_TITLE, (str){"", 0});
    CHECK_TEXT(written(tree, out), "Effect on in Vitro Growth");
    tree = three("ca", "pit", "al letters", &italic);
    case_apply(&memory, tree, CASE_CAPITALIZE_ALL, (str){"", 0});
    *out = '\0';
    CHECK_TEXT(written(tree, out), "Capital Letters");
}

TEST(nocase_and_raised_text_stay)
{
    char out[300] = "";
    struct look raised = {.formatting.vertical_align = ALIGN_SUP};
    struct output *tree = three("the h", "abc", " of it", &raised);
    tree->first->next->markup = true;
    case_apply(&memory, tree, CASE_TITLE, (str){"", 0});
    CHECK_TEXT(written(tree, out), "The habc of It");
    tree = three("the ", "lower Case", " of it", NULL);
    tree->first->next->nocase = true;
    case_apply(&memory, tree, CASE_UPPER, (str){"", 0});
    *out = '\0';
    CHECK_TEXT(written(tree, out), "THE lower Case OF IT");
}

TEST(periods_are_stripped)
{
    char out[300] = "";
    struct output *tree = three("Ph.D. ", "ed.", ", vol. 2", NULL);
    strip_periods(&memory, tree);
    CHECK_TEXT(written(tree, out), "PhD ed, vol 2");
}

TEST(wild_bytes_do_no_harm)
{
    static const char bytes[] = "the \xC3 and \xFF\xFE of \xE2\x80 end-";
    for (int text_case = CASE_LOWER; text_case <= CASE_TITLE; text_case++)
        CHECK(strlen(cased(bytes, text_case, "tr")) > 10);
}
