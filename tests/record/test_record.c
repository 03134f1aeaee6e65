/* The record: packing, markup, names, titles, years. */
#include "base/error.h"
#include "check.h"
#include "record/pack.h"
#include "record/record.h"

#include <string.h>

/* Put something into every field of every shape: texts name their field and depth. */
static void fill(arena *memory, const osler_shape *shape, char *value, int depth)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        char *member = value + field->offset;
        buf text = {0};
        buf_printf(&text, "%s.%s %d", shape->name, field->name, depth);
        switch (field->kind) {
        case OSLER_TEXT:
        case OSLER_MARKUP:
            *(const char **)(void *)member = arena_copy(memory, buf_str(&text));
            break;
        case OSLER_NUMBER: *(int *)(void *)member = depth % 2 ? -123456 : 2024; break;
        case OSLER_FLAG: *(bool *)member = true; break;
        case OSLER_TEXTS:
            record_add_text(memory, (osler_text_list *)(void *)member, buf_str(&text));
            record_add_text(memory, (osler_text_list *)(void *)member, str_of("second"));
            break;
        case OSLER_MANY: {
            void *items = NULL;
            size_t count = 0;
            for (int k = 0; k < 3; k++)
                fill(memory, field->of, arena_append(memory, &items, &count, field->of->size),
                     depth + k + 1);
            memcpy(member, &items, sizeof items);
            memcpy(member + offsetof(osler_text_list, count), &count, sizeof count);
            break;
        }
        }
        buf_free(&text);
    }
}

TEST(every_field_survives_packing)
{
    arena memory = {0};
    osler_record record = {0}, back;
    buf packed = {0}, again = {0};
    fill(&memory, osler_record_shape(), (char *)&record, 0);
    record_pack(&packed, &record);
    CHECK(record_unpack(&memory, &back, buf_str(&packed), NULL) == OSLER_OK);
    record_pack(&again, &back);
    CHECK(str_equal(buf_str(&packed), buf_str(&again)));
    CHECK_TEXT(back.names.items[2].affiliations.items[1].text,
               record.names.items[2].affiliations.items[1].text);
    CHECK(back.names.items[0].superseded && back.pmid_version == 2024);
    buf_free(&packed);
    buf_free(&again);
    arena_free(&memory);
}

TEST(damaged_bytes_are_refused_or_harmless)
{
    arena memory = {0};
    osler_record record = {0}, back;
    buf packed = {0};
    fill(&memory, osler_record_shape(), (char *)&record, 0);
    record_pack(&packed, &record);
    unsigned refused = 0;
    for (size_t i = 0; i < packed.length; i += 7) {
        arena scratch = {0};
        char kept = packed.data[i];
        packed.data[i] = (char)(kept ^ 0x55);
        refused += record_unpack(&scratch, &back, buf_str(&packed), NULL) != OSLER_OK;
        packed.data[i] = kept;
        arena_free(&scratch);
    }
    for (size_t i = 0; i < packed.length; i += 13) {
        arena scratch = {0};
        osler_error error = {0};
        CHECK(record_unpack(&scratch, &back, str_part(buf_str(&packed), 0, i), &error) ==
              OSLER_EDAMAGED);
        arena_free(&scratch);
    }
    CHECK(refused > packed.length / 7 / 10);
    buf_free(&packed);
    arena_free(&memory);
}

static void check_numbers(const osler_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        CHECK(shape->fields[i].number > 0);
        if (i)
            CHECK(shape->fields[i].number > shape->fields[i - 1].number);
        if (shape->fields[i].of)
            check_numbers(shape->fields[i].of);
    }
}

TEST(field_numbers_rise_so_that_none_is_used_twice)
{
    check_numbers(osler_record_shape());
}

TEST(markup_is_checked_and_read)
{
    CHECK(markup_valid(str_of("H<sub>2</sub>O &lt; 5 &amp; <i>E. <b>coli</b></i>")));
    CHECK(!markup_valid(str_of("<i>open")));
    CHECK(!markup_valid(str_of("<i><b>crossed</i></b>")));
    CHECK(!markup_valid(str_of("<script>x</script>")));
    CHECK(!markup_valid(str_of("P < 0.05")));
    CHECK(!markup_valid(str_of("AT&T")));
    CHECK(markup_valid(str_of("<span class=\"nocase\">NASA</span>")));
    buf b = {0};
    markup_add_plain(&b, str_of("P<0.001 & x>y"));
    CHECK_TEXT(buf_text(&b), "P&lt;0.001 &amp; x&gt;y");
    CHECK(markup_valid(buf_str(&b)));
    char plain[64];
    CHECK(osler_plain_text(buf_text(&b), plain, sizeof plain) == 13);
    CHECK_TEXT(plain, "P<0.001 & x>y");
    osler_plain_text("H<sub>2</sub>O", plain, sizeof plain);
    CHECK_TEXT(plain, "H2O");
    CHECK(osler_plain_text("caf\xC3\xA9s", plain, 5) == 6);
    CHECK_TEXT(plain, "caf");
    buf_free(&b);
}

TEST(names_are_asked_by_role_and_without_superseded_ones)
{
    osler_name names[] = {{.role = "author", .family = "Old", .superseded = true},
                          {.role = "investigator", .family = "Other"},
                          {.role = "author", .family = "New"}};
    osler_record record = {.names = {names, 3}};
    const osler_name *name = osler_record_next_name(&record, "author", NULL);
    CHECK(name == &names[2]);
    CHECK(osler_record_next_name(&record, "author", name) == NULL);
}

TEST(the_title_to_show_says_something)
{
    CHECK_TEXT(osler_record_title(
                   &(osler_record){.title = "[Not Available].", .vernacular_title = "Kopfschmerz"}),
               "Kopfschmerz");
    CHECK_TEXT(osler_record_title(&(osler_record){.title = "Reply."}), "Reply.");
    CHECK(osler_record_title(&(osler_record){0}) == NULL);
}

TEST(the_year_is_that_of_the_issue_else_the_electronic_one)
{
    osler_date dates[] = {{.kind = "epublished", .year = 2019}, {.kind = "issued", .year = 2020}};
    CHECK(osler_record_year(&(osler_record){.dates = {dates, 2}}) == 2020);
    CHECK(osler_record_year(&(osler_record){.dates = {dates, 1}}) == 2019);
    CHECK(osler_record_year(&(osler_record){0}) == 0);
}
