/* Reading records from texts and files that a test makes. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static void tell(buf *story, const osler_item *item)
{
    if (item->kind == OSLER_DELETION)
        buf_printf(story, "deleted %s v%d at %u\n", item->pmid, item->pmid_version, item->line);
    else
        buf_printf(story, "record %s at %u\n", item->record->pmid ? item->record->pmid : "-",
                   item->line);
    if (item->remark)
        buf_printf(story, "  %s\n", item->remark);
}

buf support_story(str bytes, const char *format)
{
    osler_reader *reader;
    const osler_item *item;
    osler_error error = {0};
    buf story = {0};
    osler_status status =
        osler_reader_open_bytes(&reader, bytes.data, bytes.length, "test", format, &error);
    if (status != OSLER_OK) {
        buf_printf(&story, "%s at %u: %s\n", osler_status_name(status), error.line, error.message);
        buf_text(&story);
        return story;
    }
    while ((status = osler_reader_next(reader, &item, &error)) != OSLER_END) {
        if (status == OSLER_OK)
            tell(&story, item);
        else
            buf_printf(&story, "%s at %u: %s\n", osler_status_name(status), error.line,
                       error.message);
    }
    buf_add_text(&story, osler_reader_is_complete(reader) ? "complete\n" : "not complete\n");
    osler_reader_close(reader);
    buf_text(&story);
    return story;
}

osler_record support_record(arena *memory, str bytes, const char *format)
{
    osler_reader *reader;
    const osler_item *item;
    osler_error error = {0};
    osler_record record = {0};
    if (osler_reader_open_bytes(&reader, bytes.data, bytes.length, "test", format, &error) !=
        OSLER_OK) {
        fprintf(stderr, "not opened: %s\n", error.message);
        return record;
    }
    if (osler_reader_next(reader, &item, &error) == OSLER_OK && item->record)
        record_copy(memory, &record, item->record);
    else
        fprintf(stderr, "not read: %s\n", error.message);
    osler_reader_close(reader);
    return record;
}

buf support_article(const char *content)
{
    buf article = {0};
    buf_printf(&article,
               "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>990000001</PMID>%s"
               "</MedlineCitation></PubmedArticle></PubmedArticleSet>",
               content);
    return article;
}

buf support_names(const osler_record *record)
{
    buf names = {0};
    for (size_t i = 0; i < record->names.count; i++) {
        const osler_name *n = &record->names.items[i];
        buf_printf(&names, "%s%s", i ? "; " : "", n->role);
        if (n->family)
            buf_printf(&names, " %s, %s", n->family, n->given ? n->given : "-");
        if (n->initials)
            buf_printf(&names, " [%s]", n->initials);
        if (n->suffix)
            buf_printf(&names, " %s", n->suffix);
        if (n->collective)
            buf_printf(&names, " {%s}", n->collective);
    }
    buf_text(&names);
    return names;
}

void support_gzip(buf *out, str content)
{
    z_stream deflater = {0};
    if (deflateInit2(&deflater, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    size_t room = deflateBound(&deflater, content.length) + 32;
    deflater.next_in = (Bytef *)(uintptr_t)content.data;
    deflater.avail_in = (uInt)content.length;
    deflater.next_out = (Bytef *)buf_reserve(out, room);
    deflater.avail_out = (uInt)room;
    if (deflate(&deflater, Z_FINISH) != Z_STREAM_END)
        abort();
    out->length += deflater.total_out;
    deflateEnd(&deflater);
}
