/* Cutting and parsing apart: batches say what the reader says, and reading can be stopped. */
#include "check.h"
#include "formats/batch.h"
#include "support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void tell_failure(buf *story, const osler_error *error)
{
    buf_printf(story, "%s at %u: %s\n", osler_status_name(error->status), error->line,
               error->message);
}

/* One line an item, as the reader gives them or as batches do. */
static void tell(buf *story, const osler_item *item, const char *remark)
{
    if (item->kind == OSLER_DELETION)
        buf_printf(story, "deleted %s v%d", item->pmid, item->pmid_version);
    else
        buf_printf(story, "record %s", item->record->pmid);
    buf_printf(story, " at %u, %zu bytes\n", item->line, item->original_length);
    buf_add(story, (str){item->original, item->original_length});
    if (remark)
        buf_printf(story, "remark: %s\n", remark);
}

static osler_reader *open_bytes(const buf *bytes)
{
    osler_reader *reader;
    if (osler_reader_open_bytes(&reader, bytes->data, bytes->length, "bytes", NULL, NULL) !=
        OSLER_OK)
        abort();
    return reader;
}

static buf told_by_the_reader(const buf *bytes)
{
    buf story = {0};
    const osler_item *item;
    osler_error error = {0};
    osler_status status;
    osler_reader *reader = open_bytes(bytes);
    while ((status = osler_reader_next(reader, &item, &error)) != OSLER_END)
        if (status == OSLER_OK)
            tell(&story, item, item->remark);
        else
            tell_failure(&story, &error);
    buf_printf(&story, "complete: %d\n", osler_reader_is_complete(reader));
    osler_reader_close(reader);
    return story;
}

static buf told_by_batches(const buf *bytes, size_t *batches)
{
    buf story = {0};
    batch b = {0};
    osler_reader *reader = open_bytes(bytes);
    piece_parser *parser = piece_parser_new(reader);
    for (*batches = 0; batch_fill(&b, reader); ++*batches) {
        for (size_t i = 0; i < b.count; i++) {
            struct batch_item *item = &b.items[i];
            if (!item->failure)
                batch_parse(&b, item, parser);
        }
        for (size_t i = 0; i < b.count; i++) /* what was parsed first is still there */
            if (b.items[i].failure)
                tell_failure(&story, b.items[i].failure);
            else
                tell(&story, &b.items[i].item, b.items[i].remark);
    }
    CHECK(b.position == osler_reader_position(reader));
    buf_printf(&story, "complete: %d\n", osler_reader_is_complete(reader));
    piece_parser_free(parser);
    osler_reader_close(reader);
    batch_free(&b);
    return story;
}

static size_t compare(buf *bytes)
{
    size_t batches;
    buf expected = told_by_the_reader(bytes), actual = told_by_batches(bytes, &batches);
    CHECK_TEXT(buf_text(&actual), buf_text(&expected));
    buf_free(&expected);
    buf_free(&actual);
    buf_free(bytes);
    return batches;
}

TEST(batches_of_xml_say_what_the_reader_says)
{
    buf bytes = {0};
    buf_printf(&bytes, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><PubmedArticleSet>\n");
    for (int i = 1; i <= 300; i++) {
        const char *tail = i % 40 ? "</Article>" : "";
        buf_printf(&bytes,
                   "<PubmedArticle><MedlineCitation><PMID Version=\"1\">%d</PMID><Article>"
                   "<ArticleTitle>Invent\xE9 %d.</ArticleTitle>%s</MedlineCitation>"
                   "</PubmedArticle>\n%s",
                   990000000 + i, i, tail, i % 77 ? "" : "what is this?");
    }
    buf_printf(&bytes, "<DeleteCitation><PMID Version=\"2\">990000999</PMID></DeleteCitation>"
                       "</PubmedArticleSet>");
    CHECK(compare(&bytes) == 5); /* of 304 pieces */
}

TEST(batches_of_bibtex_say_what_the_reader_says)
{
    buf bytes = {0};
    for (int i = 1; i <= 200; i++)
        buf_printf(&bytes, "@book{k%d, pmid = {%d}, crossref = {k%d}}\n", i % 150, 990000000 + i,
                   i + 10);
    CHECK(compare(&bytes) == 4);
}

TEST(batches_of_text_say_what_the_reader_says)
{
    buf bytes = {0};
    for (int i = 1; i <= 200; i++) {
        buf_printf(&bytes, "%s%d\nTI  - Invented %d.\nAB  - ", i % 50 ? "PMID- " : "QQQQQ- ",
                   990000000 + i, i);
        for (int k = 0; k < 1000; k++)
            buf_printf(&bytes, "word%d ", k * i);
        buf_printf(&bytes, "\n \n\n");
    }
    CHECK(compare(&bytes) > 200 / BATCH_PIECES); /* cut by their bytes */
}

static void *stop_later(void *reader)
{
    struct timespec time = {.tv_nsec = 50000000};
    nanosleep(&time, NULL);
    reader_stop(reader);
    return NULL;
}

enum { SAID = 2000 };

/* More than the head that tells the format, which is read when the reader is opened. */
static void *say_something(void *file)
{
    for (int i = 0; i < SAID; i++)
        if (dprintf(*(int *)file, "PMID- 990000001\nTI  - Invented, and long enough.\n\n") < 0)
            abort();
    return NULL;
}

/* A pipe that is open and says nothing more: only stopping ends the wait. */
TEST(reading_can_be_stopped)
{
    int ends[2];
    char path[32];
    pthread_t thread;
    osler_reader *reader;
    osler_status last = OSLER_OK;
    size_t read = 0;
    batch b = {0};
    CHECK(pipe(ends) == 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    if (pthread_create(&thread, NULL, say_something, &ends[1]) != 0 ||
        osler_reader_open(&reader, path, NULL, NULL) != OSLER_OK)
        abort();
    pthread_join(thread, NULL);
    if (pthread_create(&thread, NULL, stop_later, reader) != 0)
        abort();
    for (; batch_fill(&b, reader); read += b.count)
        last = b.items[b.count - 1].failure ? b.items[b.count - 1].failure->status : OSLER_OK;
    CHECK(last == OSLER_EINTERRUPTED && read >= SAID - 1 && !osler_reader_is_complete(reader));
    pthread_join(thread, NULL);
    batch_free(&b);
    osler_reader_close(reader);
    close(ends[0]);
    close(ends[1]);
}
