/* Content that can never hold records, and how to say so. */
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "formats/format.h"

#include <string.h>

static const struct {
    str start;
    const char *what;
} starts[] = {
    {STR("%PDF-"), "a PDF document"},
    {STR("PK\3\4"), "a zip archive (or an office document); unpack it first"},
    {STR("BZh"), "bzip2 data; unpack it first (gzip is read as it is)"},
    {STR("\xFD"
         "7zXZ"),
     "xz data; unpack it first (gzip is read as it is)"},
    {STR("SQLite format 3"), "an SQLite database"},
};

static bool contains(str s, const char *needle)
{
    return str_contains_ignoring_case(s, str_of(needle));
}

/* The content of the first `<ERROR>` (E-utilities) in `head`, on one line; empty when there is
 * none. */
static str error_text(str head)
{
    static const char *const tags[] = {"<ERROR>", "<error>", "<Error>"};
    for (size_t at = 0; at < head.length; at++) {
        at += str_find(str_part(head, at, head.length), '<');
        str rest = str_part(head, at, head.length);
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
            str tag = str_of(tags[i]);
            if (!str_starts_with(rest, tag))
                continue;
            str text = str_part(rest, tag.length, rest.length);
            return str_trim(str_part(text, 0, str_find(text, '<')));
        }
    }
    return (str){"", 0};
}

/* The start tag of the root, behind declaration, DOCTYPE and comments. */
static str root_at(str head)
{
    for (;;) {
        head = str_trim(head);
        if (head.length < 2 || head.data[0] != '<' ||
            (head.data[1] != '?' &&
             (head.data[1] != '!' || contains(str_part(head, 0, 14), "html"))))
            return head;
        static const str comment = STR("<!--"), comment_end = STR("-->");
        size_t skip = str_find(head, '>') + 1;
        if (str_starts_with(head, comment))
            for (skip = 4;
                 skip < head.length && !str_starts_with(str_part(head, skip - 1, 3), comment_end);)
                skip++;
        head = str_part(head, skip, head.length);
    }
}

osler_status content_refuse(str head, osler_error *error)
{
    static const str html = STR("<html"), doctype = STR("<!doctype html"),
                     efetch = STR("<eFetchResult"), esearch = STR("<eSearchResult"),
                     epost = STR("<ePostResult"), error_root = STR("<ERROR");
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with(head, starts[i].start))
            return fail(error, OSLER_EINPUT, 1, "this is %s", starts[i].what);
    str root = root_at(head);
    if (str_starts_with_ignoring_case(root, html) || str_starts_with_ignoring_case(root, doctype))
        return fail(error, OSLER_EINPUT, 1, "this is an HTML page, not a list of records");
    if (!str_starts_with(root, efetch) && !str_starts_with(root, esearch) &&
        !str_starts_with(root, epost) && !str_starts_with_ignoring_case(root, error_root))
        return OSLER_OK;
    str said = error_text(root);
    if (said.length)
        return fail(error, OSLER_EINPUT, 1, "NCBI answered with an error instead of records: %.*s",
                    (int)(said.length < 200 ? said.length : 200), said.data);
    return fail(error, OSLER_EINPUT, 1, "this is a reply of NCBI without records");
}

osler_status content_check_text(str bytes, unsigned line, osler_error *error)
{
    size_t offset;
    if (!utf8_valid(bytes, &offset))
        return fail(error, OSLER_EINPUT, line + window_lines(str_part(bytes, 0, offset)),
                    "bytes that are not UTF-8; save the file as UTF-8");
    offset = str_find(bytes, '\0');
    if (offset < bytes.length)
        return fail(error, OSLER_EINPUT, line + window_lines(str_part(bytes, 0, offset)),
                    "a NUL byte, which no text holds");
    return OSLER_OK;
}
