/* Importing a file: counts, failures, and nothing half done. */
#include "check.h"
#include "library/library.h"
#include "store/database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[32], path[64], file[64];
static osler_library *library;

static void open_library(void)
{
    strcpy(folder, "/tmp/osler-test-import-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/library.db", folder);
    snprintf(file, sizeof file, "%s/set.xml", folder);
    CHECK(osler_library_open(&library, path, OSLER_LIBRARY_WRITE, NULL) == OSLER_OK);
}

static void close_library(void)
{
    char command[64];
    osler_library_close(library);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    CHECK(system(command) == 0);
}

/* A file of `count` invented records from PMID 990000001, and `tail` behind them.  Each has a
 * comment that does not compress: it is in the original bytes only. */
static void write_set(int count, const char *tail)
{
    FILE *out = fopen(file, "w");
    if (!out)
        abort();
    fputs("<PubmedArticleSet>\n", out);
    for (int i = 1; i <= count; i++)
        fprintf(
            out,
            "<PubmedArticle><MedlineCitation><PMID Version=\"1\">%d</PMID><Article><ArticleTitle>"
            "Invented record %d.</ArticleTitle></Article></MedlineCitation><!-- %016llx -->"
            "</PubmedArticle>\n",
            990000000 + i, i, (unsigned long long)i * 0x9E3779B97F4A7C15ULL);
    fprintf(out, "%s</PubmedArticleSet>\n", tail);
    CHECK(fclose(out) == 0);
}

static uint64_t records(void)
{
    osler_library_statistics s;
    CHECK(osler_library_count(library, &s, NULL) == OSLER_OK);
    return s.citations;
}

static unsigned last_line;

static void note(void *context, const osler_error *error)
{
    ++*(int *)context;
    last_line = error->line;
}

static const char broken[] = "<PubmedArticle><MedlineCitation><PMID "
                             "Version=\"1\">990000900</PMID><Article></PubmedArticle>\n";

TEST(sound_records_are_kept_and_broken_ones_counted)
{
    int failures = 0;
    osler_import_options options = {.context = &failures, .failed = note};
    osler_import_report report;
    osler_error error = {0};
    open_library();
    write_set(3, broken);
    CHECK(osler_library_import(library, file, &options, &report, &error) == OSLER_OK);
    CHECK_TEXT(report.format, "pubmed-xml");
    CHECK(report.read == 4 && report.added == 3 && report.failed == 1 && failures == 1);
    CHECK(last_line == 5 && records() == 3);
    CHECK(osler_library_import(library, file, &options, &report, &error) == OSLER_OK);
    CHECK(report.added == 0 && report.unchanged == 3);
    close_library();
}

TEST(a_file_without_a_sound_record_fails_and_leaves_nothing)
{
    osler_import_report report;
    osler_error error = {0};
    osler_library_statistics s;
    open_library();
    write_set(0, broken);
    CHECK(osler_library_import(library, file, NULL, &report, &error) == OSLER_EINPUT);
    CHECK(error.line == 2 && error.source[0] && error.message[0]);
    CHECK(osler_library_count(library, &s, NULL) == OSLER_OK && s.origins == 0);
    write_set(0, "");
    CHECK(osler_library_import(library, file, NULL, &report, &error) == OSLER_OK);
    CHECK(report.read == 0);
    close_library();
}

struct stop {
    uint64_t at, last;
};

static bool stop_at(void *context, const osler_progress *progress)
{
    struct stop *stop = context;
    CHECK(progress->done >= stop->last && (!progress->total || progress->total >= progress->done));
    stop->last = progress->done;
    return progress->done < stop->at;
}

TEST(an_interrupted_import_leaves_nothing)
{
    static const uint64_t places[] = {0, 300, 600};
    osler_import_report report;
    osler_error error = {0};
    open_library();
    write_set(600, "");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stop stop = {.at = places[i]};
        osler_import_options options = {.progress = stop_at, .context = &stop};
        CHECK(osler_library_import(library, file, &options, &report, &error) == OSLER_EINTERRUPTED);
        CHECK(records() == 0);
    }
    struct stop never = {.at = UINT64_MAX};
    osler_import_options options = {.progress = stop_at, .context = &never};
    CHECK(osler_library_import(library, file, &options, &report, &error) == OSLER_OK);
    CHECK(records() == 600 && never.last == 600);
    close_library();
}

static int64_t size_of_library(void)
{
    struct stat about;
    osler_library_close(library);
    CHECK(stat(path, &about) == 0);
    CHECK(osler_library_open(&library, path, OSLER_LIBRARY_WRITE, NULL) == OSLER_OK);
    return about.st_size;
}

TEST(original_bytes_are_kept_unless_they_are_to_be_forgotten)
{
    osler_import_options forget = {.forget_original = true};
    osler_import_report report;
    int64_t sizes[2];
    for (int i = 0; i < 2; i++) {
        open_library();
        write_set(2000, "");
        CHECK(osler_library_import(library, file, i ? &forget : NULL, &report, NULL) == OSLER_OK);
        sizes[i] = size_of_library();
        close_library();
    }
    CHECK(sizes[1] < sizes[0]);
}

TEST(a_citation_is_read_back_with_its_origin_and_flags)
{
    osler_import_report report;
    osler_citation *citation;
    open_library();
    write_set(
        2,
        "<PubmedArticle><MedlineCitation><PMID "
        "Version=\"1\">990000003</PMID><Article><ArticleTitle>"
        "Retraction notice: Invented record 1.</ArticleTitle><PublicationTypeList><PublicationType "
        "UI=\"D016440\">Retraction Notice</PublicationType></PublicationTypeList></Article>"
        "<CommentsCorrectionsList><CommentsCorrections RefType=\"RetractionOf\"><RefSource>J Invent"
        "</RefSource><PMID Version=\"1\">990000001</PMID></CommentsCorrections>"
        "</CommentsCorrectionsList></MedlineCitation></PubmedArticle>\n");
    CHECK(osler_library_import(library, file, NULL, &report, NULL) == OSLER_OK &&
          report.added == 3);
    CHECK(osler_library_get(library, "pmid:990000001", &citation, NULL) == OSLER_OK);
    CHECK_TEXT(citation->id, "990000001");
    CHECK_TEXT(citation->record->title, "Invented record 1.");
    CHECK_TEXT(citation->origin, file);
    CHECK(citation->versions == 1 && !citation->deleted);
    CHECK(osler_appraisal_has_flag(citation->appraisal, "retracted"));
    osler_citation_free(citation);
    CHECK(osler_library_get(library, "990000002", &citation, NULL) == OSLER_OK);
    CHECK(!osler_appraisal_has_flag(citation->appraisal, "retracted"));
    osler_citation_free(citation);
    CHECK(osler_library_get(library, "990000003", &citation, NULL) == OSLER_OK);
    CHECK(osler_appraisal_has_flag(citation->appraisal, "retraction-notice"));
    CHECK_TEXT(citation->appraisal->design, "notice");
    osler_citation_free(citation);
    close_library();
}

/* The only segment has the highest number there is, so that the next cannot be written. */
TEST(an_index_that_cannot_be_written_ends_the_import)
{
    static const char sql[] =
        "UPDATE index_chunk SET number = number + (((1 << 27) - 2 - (number >> 36)) << 36);"
        "UPDATE index_key SET segment = (1 << 27) - 2;"
        "UPDATE index_segment SET number = (1 << 27) - 2";
    int failures = 0;
    osler_import_options options = {.context = &failures, .failed = note};
    osler_import_report report;
    osler_error error = {0};
    open_library();
    write_set(1, "");
    CHECK(osler_library_import(library, file, NULL, &report, &error) == OSLER_OK);
    CHECK(sqlite3_exec(library->store->db, sql, 0, 0, 0) == SQLITE_OK);
    library->store->most_gathered = 0;
    write_set(5, "");
    CHECK(osler_library_import(library, file, &options, &report, &error) == OSLER_ELIMIT);
    CHECK_TEXT(error.message, "the search index is too large for a library");
    CHECK(report.read == 2 && failures == 0 && records() == 1);
    close_library();
}

/* The second import keeps them, the third finds them kept. */
TEST(originals_that_were_forgotten_come_later)
{
    osler_import_options forget = {.forget_original = true};
    osler_import_report report;
    open_library();
    write_set(2000, "");
    CHECK(osler_library_import(library, file, &forget, &report, NULL) == OSLER_OK);
    int64_t before = size_of_library();
    CHECK(osler_library_import(library, file, NULL, &report, NULL) == OSLER_OK);
    CHECK(report.unchanged == 2000);
    int64_t after = size_of_library();
    CHECK(after > before + 2000 * 8); /* the comments */
    CHECK(osler_library_import(library, file, NULL, &report, NULL) == OSLER_OK);
    CHECK(report.unchanged == 2000 && size_of_library() == after);
    close_library();
}

/* The same bytes, declared as one encoding and as another. */
static void write_encoded(const char *encoding)
{
    FILE *out = fopen(file, "w");
    if (!out)
        abort();
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"%s\"?>\n<PubmedArticleSet>\n<PubmedArticle>"
            "<MedlineCitation><PMID Version=\"1\">990000001</PMID><Article><ArticleTitle>"
            "Caf\xC3\xA9.</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
            "</PubmedArticleSet>\n",
            encoding);
    CHECK(fclose(out) == 0);
}

TEST(the_same_bytes_in_another_encoding_are_another_record)
{
    static const struct {
        const char *encoding, *title;
        bool updated;
    } rows[] = {
        {"ISO-8859-1", "Caf\xC3\x83\xC2\xA9.", false},
        {"UTF-8", "Caf\xC3\xA9.", true},
        {"UTF-8", "Caf\xC3\xA9.", false},
        {"windows-1252", "Caf\xC3\x83\xC2\xA9.", true},
        {"windows-1252", "Caf\xC3\x83\xC2\xA9.", false},
    };
    osler_import_report report;
    osler_citation *citation;
    open_library();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_encoded(rows[i].encoding);
        CHECK(osler_library_import(library, file, NULL, &report, NULL) == OSLER_OK);
        CHECK(report.updated == rows[i].updated && report.unchanged == (i && !rows[i].updated));
        CHECK(osler_library_get(library, "990000001", &citation, NULL) == OSLER_OK);
        CHECK_TEXT(citation->record->title, rows[i].title);
        osler_citation_free(citation);
    }
    close_library();
}

/* One more invented record, with a DOI, in a file of its own. */
static void import_with_doi(int number)
{
    osler_import_report report;
    FILE *out = fopen(file, "w");
    if (!out)
        abort();
    fprintf(out,
            "PMID- %d\nTI  - Invented record %d.\nAID - 10.5555/invented.%d [doi]\nDP  - 2020\n",
            990000000 + number, number, number);
    CHECK(fclose(out) == 0);
    CHECK(osler_library_import(library, file, NULL, &report, NULL) == OSLER_OK &&
          report.added == 1);
}

static bool has_doi(osler_library *in, int number)
{
    char doi[32];
    osler_citation *citation;
    snprintf(doi, sizeof doi, "10.5555/invented.%d", number);
    bool found = osler_library_get(in, doi, &citation, NULL) == OSLER_OK;
    osler_citation_free(citation);
    return found;
}

TEST(records_are_found_while_another_handle_writes)
{
    osler_library *reader;
    open_library();
    import_with_doi(1);
    CHECK(osler_library_open(&reader, path, OSLER_LIBRARY_READ, NULL) == OSLER_OK);
    CHECK(has_doi(reader, 1) && !has_doi(reader, 2));
    for (int i = 2; i <= 20; i++) { /* segments come, and are merged */
        import_with_doi(i);
        CHECK(has_doi(reader, 1) && has_doi(reader, i) && !has_doi(reader, i + 1));
    }
    osler_library_close(reader);
    close_library();
}
