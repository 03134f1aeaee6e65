/* Tags, notes, keys, lists, and the journal that takes each change back. */
#include "support.h"

#include "check.h"
#include "store/lists.h"
#include "store/own.h"
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

static arena memory;

/* A library of three invented records, osler:1 to osler:3. */
static store *open_three(void)
{
    store *s = open_new();
    fill(s, 990000001, 3);
    return s;
}

static void start(store *s, const char *summary)
{
    CHECK(store_begin(s, NULL) == OSLER_OK);
    own_begin(s, summary);
}

static void finish(store *s)
{
    CHECK(store_commit(s, NULL) == OSLER_OK);
}

static void tag(store *s, int64_t citation, const char *name, bool remove)
{
    start(s, name);
    CHECK(own_tag(s, citation, name, remove, NULL) == OSLER_OK);
    finish(s);
}

static osler_status undo(store *s, int64_t step, osler_error *error)
{
    CHECK(store_begin(s, NULL) == OSLER_OK);
    osler_status status = own_undo(s, &step, error);
    if (status == OSLER_OK)
        finish(s);
    else
        store_rollback(s);
    return status;
}

static int64_t count_steps(store *s)
{
    return number(s, "SELECT count(*) FROM step");
}

static void leave(store *s)
{
    arena_free(&memory);
    close_sound(s);
}

TEST(a_tag_is_known_in_any_case_and_found)
{
    store *s = open_three();
    osler_text_list tags;
    store_ids ids;
    tag(s, 1, "RCT", false);
    tag(s, 2, "rct", false);
    tag(s, 2, "Unread", false);
    CHECK(number(s, "SELECT count(*) FROM tag WHERE tag = 'RCT'") == 2);
    CHECK(own_get_tags(s, &memory, 2, &tags, NULL) == OSLER_OK && tags.count == 2);
    CHECK_TEXT(tags.items[0], "RCT");
    CHECK_TEXT(tags.items[1], "Unread");
    store_asked asked = {.text = STR("rct")};
    CHECK(store_search(s, &memory, STORE_TAG, &asked, &ids, NULL) == OSLER_OK && ids.count == 2);
    tag(s, 2, "rCT", true);
    CHECK(number(s, "SELECT count(*) FROM tag WHERE tag = 'RCT'") == 1);
    leave(s);
}

TEST(what_changes_nothing_is_no_step)
{
    store *s = open_three();
    tag(s, 1, "rct", false);
    CHECK(count_steps(s) == 1);
    tag(s, 1, "rct", false);
    tag(s, 2, "rct", true);
    CHECK(count_steps(s) == 1);
    CHECK(number(s, "SELECT count(*) FROM change") == 1);
    leave(s);
}

TEST(names_that_could_not_be_typed_are_refused)
{
    static const char *const bad[] = {"",    " a",  "a b",  "+a",        "-a", "a,b",
                                      "a(b", "a\n", "a[b]", "\"quote\"", "a*"};
    osler_error error = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(own_check_name("tag", bad[i], &error) == OSLER_EUSAGE);
    CHECK(own_check_name("tag", "Kopfschmerz-\xC3\xA4rzte", NULL) == OSLER_OK);
    CHECK(own_check_name("list", "two words", NULL) == OSLER_OK);
    CHECK(own_check_name("key", "smith2020@3", NULL) == OSLER_EUSAGE);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[200] = '\0';
    CHECK(own_check_name("tag", longest, NULL) == OSLER_OK);
    longest[200] = 'a';
    longest[201] = '\0';
    CHECK(own_check_name("tag", longest, NULL) == OSLER_EUSAGE);
}

TEST(a_step_is_taken_back_whole_and_brought_again)
{
    store *s = open_three();
    start(s, "tag +rct -unread");
    for (int64_t i = 1; i <= 3; i++)
        CHECK(own_tag(s, i, "rct", false, NULL) == OSLER_OK);
    CHECK(own_changes(s) == 3);
    finish(s);
    CHECK(undo(s, 0, NULL) == OSLER_OK); /* step 2 */
    CHECK(number(s, "SELECT count(*) FROM tag") == 0);
    CHECK(undo(s, 1, NULL) == OSLER_EUSAGE);
    CHECK(undo(s, 0, NULL) == OSLER_ENOTFOUND);
    CHECK(undo(s, 2, NULL) == OSLER_OK); /* step 3 brings step 1 again */
    CHECK(number(s, "SELECT count(*) FROM tag") == 3);
    CHECK(number(s, "SELECT count(*) FROM step WHERE undone IS NULL AND id = 1") == 1);
    CHECK(undo(s, 0, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT count(*) FROM tag") == 0);
    CHECK(undo(s, 77, NULL) == OSLER_ENOTFOUND);
    leave(s);
}

TEST(what_was_changed_again_is_not_taken_back)
{
    store *s = open_three();
    osler_error error = {0};
    tag(s, 1, "rct", false);
    tag(s, 1, "other", false);
    tag(s, 1, "rct", true);
    CHECK(undo(s, 1, &error) == OSLER_EUSAGE);
    CHECK_TEXT(error.message,
               "step 1 cannot be taken back: what it changed (tag rct) was changed again");
    CHECK(count_steps(s) == 3);
    CHECK(undo(s, 2, NULL) == OSLER_OK); /* nobody touched that since */
    CHECK(undo(s, 3, NULL) == OSLER_OK);
    CHECK(undo(s, 1, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT count(*) FROM tag") == 0);
    leave(s);
}

TEST(what_is_not_committed_never_was)
{
    store *s = open_three();
    int64_t list;
    start(s, "much");
    CHECK(own_tag(s, 1, "rct", false, NULL) == OSLER_OK);
    CHECK(own_add_note(s, 1, "A note.", NULL) == OSLER_OK);
    CHECK(own_set_key(s, 1, "roe2020", NULL) == OSLER_OK);
    CHECK(lists_new(s, "mine", NULL, &list, NULL) == OSLER_OK);
    store_close(s); /* as when the process ends here */
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT (SELECT count(*) FROM tag) + (SELECT count(*) FROM note) + (SELECT"
                    " count(*) FROM citation_key) + (SELECT count(*) FROM decision) + (SELECT"
                    " count(*) FROM list) + (SELECT count(*) FROM step) + (SELECT count(*) FROM"
                    " change)") == 0);
    leave(s);
}

TEST(notes_come_back_with_their_time_and_never_take_a_number_again)
{
    store *s = open_three();
    struct own_notes notes;
    start(s, "note");
    CHECK(own_add_note(s, 1, "First.\nTwo lines.", NULL) == OSLER_OK);
    finish(s);
    CHECK(sqlite3_exec(s->db,
                       "UPDATE note SET written = '2001-02-03T04:05:06Z'; UPDATE change SET"
                       " after = '2001-02-03T04:05:06Z' || substr(after, 21)",
                       0, 0, 0) == SQLITE_OK);
    start(s, "note --rm");
    CHECK(own_drop_note(s, 1, 1, NULL) == OSLER_OK);
    finish(s);
    start(s, "note");
    CHECK(own_add_note(s, 1, "Second.", NULL) == OSLER_OK);
    finish(s);
    CHECK(undo(s, 2, NULL) == OSLER_OK);
    CHECK(own_get_notes(s, &memory, 1, &notes, NULL) == OSLER_OK && notes.count == 2);
    CHECK(notes.items[0].id == 1 && notes.items[1].id == 2);
    CHECK_TEXT(notes.items[0].text, "First.\nTwo lines.");
    CHECK_TEXT(notes.items[0].written, "2001-02-03T04:05:06Z");
    leave(s);
}

TEST(keys_are_pinned_with_letters_and_old_ones_still_name_the_work)
{
    store *s = open_three();
    const char *key;
    start(s, "keys");
    CHECK(own_get_key(s, &memory, 1, &key, NULL) == OSLER_OK && !key);
    CHECK(own_pin_key(s, &memory, 1, "roe2020", &key, NULL) == OSLER_OK);
    CHECK_TEXT(key, "roe2020");
    CHECK(own_pin_key(s, &memory, 2, "roe2020", &key, NULL) == OSLER_OK);
    CHECK_TEXT(key, "roe2020a");
    CHECK(own_pin_key(s, &memory, 3, "roe2020", &key, NULL) == OSLER_OK);
    CHECK_TEXT(key, "roe2020b");
    CHECK(own_pin_key(s, &memory, 1, "else1999", &key, NULL) == OSLER_OK);
    CHECK_TEXT(key, "roe2020");
    CHECK(own_set_key(s, 1, "better", NULL) == OSLER_OK);
    CHECK(own_set_key(s, 2, "better", NULL) == OSLER_EUSAGE);
    CHECK(own_set_key(s, 2, "10.5555/x", NULL) == OSLER_EUSAGE);
    CHECK(own_set_key(s, 2, "PMC123", NULL) == OSLER_EUSAGE);
    CHECK(own_set_key(s, 2, "123", NULL) == OSLER_EUSAGE);
    finish(s);
    CHECK(id_of(s, "better") == 1 && id_of(s, "roe2020") == 1 && id_of(s, "roe2020b") == 3);
    CHECK(own_get_key(s, &memory, 1, &key, NULL) == OSLER_OK);
    CHECK_TEXT(key, "better");
    CHECK(undo(s, 0, NULL) == OSLER_OK);
    CHECK(id_of(s, "better") == 0 && number(s, "SELECT count(*) FROM decision") == 0);
    leave(s);
}

static int64_t make_list(store *s, const char *name, int64_t second)
{
    int64_t list;
    osler_record record = trial(NULL, "A reference that was pasted.", 0);
    struct lists_entry entries[] = {
        {.number = "[1]", .text = "Roe C. A reference.", .verdict = "exact", .citation = 1},
        {.verdict = "not-in-library", .record = &record, .remark = "breaks off"},
        {.verdict = "repairable", .differences = "year\t2005\t2006", .citation = second},
    };
    start(s, name);
    CHECK(lists_new(s, name, "list.txt", &list, NULL) == OSLER_OK);
    for (size_t i = 0; i < 3; i++)
        CHECK(lists_append(s, list, &entries[i], NULL) == OSLER_OK);
    finish(s);
    return list;
}

TEST(a_list_keeps_its_order_and_what_became_of_each)
{
    store *s = open_three();
    struct lists_entries entries;
    struct lists_rows rows;
    store_ids ids;
    int64_t list = make_list(s, "My refs", 3), found;
    CHECK(lists_find(s, "my REFS", &found, NULL) == OSLER_OK && found == list);
    CHECK(lists_get(s, &memory, list, &entries, NULL) == OSLER_OK && entries.count == 3);
    CHECK_TEXT(entries.items[0].number, "[1]");
    CHECK(entries.items[0].position == 1 && entries.items[2].position == 3);
    CHECK(entries.items[0].citation == 1 && !entries.items[0].record);
    CHECK(entries.items[1].record);
    CHECK_TEXT(entries.items[1].record->title, "A reference that was pasted.");
    CHECK_TEXT(entries.items[1].remark, "breaks off");
    CHECK_TEXT(entries.items[2].differences, "year\t2005\t2006");
    CHECK(lists_get_all(s, &memory, 0, &rows, NULL) == OSLER_OK && rows.count == 1);
    CHECK(rows.items[0].entries == 3 && rows.items[0].resolved == 2);
    CHECK_TEXT(rows.items[0].source, "list.txt");
    store_asked asked = {.text = STR("MY refs")};
    CHECK(store_search(s, &memory, STORE_LIST, &asked, &ids, NULL) == OSLER_OK && ids.count == 2);
    CHECK(ids.items[0] == 1 && ids.items[1] == 3);
    leave(s);
}

TEST(a_list_of_the_same_name_takes_the_place_and_gives_it_back)
{
    store *s = open_three();
    osler_text_list names;
    int64_t first = make_list(s, "mine", 2), second = make_list(s, "MINE", 3), found;
    CHECK(first != second);
    CHECK(lists_find(s, "mine", &found, NULL) == OSLER_OK && found == second);
    CHECK(lists_get_names(s, &memory, 2, &names, NULL) == OSLER_OK && names.count == 0);
    CHECK(undo(s, 0, NULL) == OSLER_OK);
    CHECK(lists_find(s, "mine", &found, NULL) == OSLER_OK && found == first);
    CHECK(lists_get_names(s, &memory, 2, &names, NULL) == OSLER_OK && names.count == 1);
    leave(s);
}

TEST(lists_are_renamed_and_removed_and_come_back)
{
    store *s = open_three();
    osler_error error = {0};
    int64_t one = make_list(s, "one", 2), two = make_list(s, "two", 3), found;
    start(s, "list rename");
    CHECK(lists_rename(s, one, "TWO", NULL) == OSLER_EUSAGE);
    CHECK(lists_rename(s, one, "One", NULL) == OSLER_OK); /* its own name, in another case */
    CHECK(lists_rename(s, two, "three", NULL) == OSLER_OK);
    finish(s); /* step 3 */
    start(s, "list rm");
    CHECK(lists_remove(s, one, NULL) == OSLER_OK);
    finish(s); /* step 4 */
    CHECK(lists_find(s, "one", &found, NULL) == OSLER_ENOTFOUND);
    CHECK(make_list(s, "one", 2) != one);
    CHECK(undo(s, 4, &error) == OSLER_EUSAGE);
    CHECK_TEXT(error.message, "a list named 'One' has been made since: rename or remove it first");
    CHECK(undo(s, 0, NULL) == OSLER_OK); /* the new one goes */
    CHECK(undo(s, 4, NULL) == OSLER_OK);
    CHECK(lists_find(s, "one", &found, NULL) == OSLER_OK && found == one);
    CHECK(undo(s, 3, NULL) == OSLER_OK);
    CHECK(lists_find(s, "two", &found, NULL) == OSLER_OK && found == two);
    leave(s);
}
