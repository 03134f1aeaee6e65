/* Looking up MeSH headings in all the forms in which people write them. */
#include "base/form.h"
#include "check.h"
#include "mesh/mesh.h"

#include <stdio.h>
#include <string.h>

static const char *found(const char *text)
{
    const mesh_descriptor *d = mesh_find(str_of(text));
    return d ? d->ui : "none";
}

TEST(every_form_finds_the_heading)
{
    static const struct {
        const char *text, *ui;
    } rows[] = {
        {"D018781", "D018781"},
        {"d018781", "D018781"},
        {" Tension-Type Headache ", "D018781"},
        {"tension type headaches", "D018781"},
        {"TensionType headache", "D018781"},
        {"tension headache", "D018781"},
        {"Headache, Tension", "D018781"},
        {"headaches, tension-type", "D018781"},
        {"Tension\xE2\x80\x90Type Headache", "D018781"},
        {"migraine", "D008881"},
        {"Migraines", "D008881"},
        {"migraine disorder", "D008881"},
        {"Migra\xC3\xAFne", "D008881"},
        {"headache", "D006261"},
        {"head ache", "D006261"},
        {"cervicogenic headache", "D051298"},
        {"posttraumatic headache", "D051298"},
        {"Horton's syndrome", "D003027"},
        {"Horton syndrome", "D003027"},
        {"osteopathic manipulative treatment", "D026301"},
        {"osteopathic manipulation", "D026301"},
        {"osteopathic manipulative medicine", "D010021"},
        {"Manipulation, Osteopathic", "D026301"},
        {"backache", "D001416"},
        {"anaesthesia, epidural", "D000767"},
        {"triptans", "D014363"},
        {"", "none"},
        {"D99", "none"},
        {"nonsense", "none"},
        {",", "none"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(found(rows[i].text), rows[i].ui) != 0)
            fprintf(stderr, "'%s': ", rows[i].text);
        CHECK_TEXT(found(rows[i].text), rows[i].ui);
    }
}

TEST(every_heading_is_found_by_its_own_name)
{
    const mesh_descriptor *d;
    for (size_t i = 0; (d = mesh_at(i)); i++) {
        CHECK_TEXT(found(d->name), d->ui);
        CHECK(mesh_by_ui(str_of(d->ui)) == d);
    }
}

static int levels(const char *root, const char *heading)
{
    return mesh_levels_below(mesh_by_ui(str_of(root)), mesh_by_ui(str_of(heading)));
}

TEST(the_tree_is_walked_on_the_shortest_way)
{
    CHECK(levels("D008881", "D008881") == 0);
    CHECK(levels("D008881", "D020325") == 1);  /* migraine with aura */
    CHECK(levels("D020773", "D018781") == 2);  /* headache disorders > primary > tension-type */
    CHECK(levels("D018781", "D020773") == -1); /* not upwards */
    CHECK(levels("D020773", "D006261") == -1); /* the symptom is not among the disorders */
    CHECK(levels("D006261", "D019547") == -1); /* neck pain is no headache */
    CHECK(levels("D026201", "D026301") == 1);
    CHECK(levels("D010146", "D017116") == 2); /* pain > back pain > low back pain */
}

TEST(distance_counts_swaps_as_one)
{
    CHECK(mesh_distance(str_of("migraine"), str_of("migraine"), 3) == 0);
    CHECK(mesh_distance(str_of("migriane"), str_of("migraine"), 3) == 1);
    CHECK(mesh_distance(str_of("migrane"), str_of("migraine"), 3) == 1);
    CHECK(mesh_distance(str_of(""), str_of("abc"), 3) == 3);
    CHECK(mesh_distance(str_of("abcdefgh"), str_of("stuvwxyz"), 3) > 3);
}

static bool suggests(const char *typed, const char *expected)
{
    arena memory = {0};
    mesh_suggestion near[6];
    size_t count = mesh_suggest(&memory, str_of(typed), near, 6);
    bool yes = false;
    for (size_t i = 0; i < count; i++)
        yes |= strcmp(near[i].term, expected) == 0;
    for (size_t i = 1; i < count; i++)
        CHECK(near[i - 1].distance <= near[i].distance);
    arena_free(&memory);
    return yes;
}

TEST(unknown_words_get_suggestions)
{
    CHECK(suggests("migrane", "Migraine"));
    CHECK(suggests("tenson headache", "Tension Headache"));
    CHECK(suggests("osteopathic manip", "Osteopathic Manipulation"));
    CHECK(!suggests("zzzzzzzz", "Migraine"));
}
