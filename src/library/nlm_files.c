/* Is it the whole file, and is it its turn? */
#include "library/nlm_files.h"

#include "base/buf.h"
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MOST_STATED = 4096 }; /* bytes of an .md5 file */

bool nlm_number_of(const char *path, nlm_number *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    str text = str_of(name);
    static const char ending[] = ".xml.gz";
    unsigned long year, number;
    if (text.length != strlen("pubmed26n1335") + strlen(ending) ||
        !str_starts_with(text, str_of("pubmed")) || name[8] != 'n' ||
        strcmp(name + 13, ending) != 0 || !str_number(str_part(text, 6, 2), &year) ||
        !str_number(str_part(text, 9, 4), &number))
        return false;
    *out = (nlm_number){(int)year, (int)number};
    return true;
}

/* ---- Its digest -------------------------------------------------------------------------------
 */

static osler_status digest_file(const char *path, char hex[MD5_HEX], osler_error *error)
{
    char chunk[1 << 15];
    size_t got;
    md5 sum;
    FILE *file = fopen(path, "rb");
    if (!file) {
        osler_status status = errno == ENOENT ? OSLER_ENOTFOUND : OSLER_EIO;
        return fail_source(error, fail(error, status, 0, "%s", strerror(errno)), path);
    }
    md5_begin(&sum);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        md5_add(&sum, (str){chunk, got});
    bool broken = ferror(file);
    fclose(file);
    md5_end(&sum, hex);
    if (!broken)
        return OSLER_OK;
    return fail_source(error, fail(error, OSLER_EIO, 0, "the file cannot be read"), path);
}

static bool is_hex(char c)
{
    return char_is_digit(c) || (char_lower(c) >= 'a' && char_lower(c) <= 'f');
}

/* NLM writes "MD5(pubmed26n0001.xml.gz)= ..."; md5sum the digits first. */
bool nlm_stated_md5(str text, char hex[MD5_HEX])
{
    for (size_t i = 0, run = 0; i <= text.length; i++) {
        if (i < text.length && is_hex(text.data[i])) {
            run++;
            continue;
        }
        if (run == MD5_HEX - 1) {
            for (size_t k = 0; k < run; k++)
                hex[k] = char_lower(text.data[i - run + k]);
            hex[run] = '\0';
            return true;
        }
        run = 0;
    }
    return false;
}

/* What the file beside it says; `*is_there` false when there is none. */
static osler_status read_stated(const char *path, char hex[MD5_HEX], bool *is_there,
                                osler_error *error)
{
    buf name = {0};
    char text[MOST_STATED];
    buf_printf(&name, "%s.md5", path);
    FILE *file = fopen(buf_text(&name), "rb");
    *is_there = file != NULL;
    size_t got = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    osler_status status = OSLER_OK;
    if (file && !nlm_stated_md5((str){text, got}, hex)) {
        status = fail(error, OSLER_EINPUT, 0, "expected an MD5 digest, of 32 hexadecimal digits");
        fail_source(error, status, buf_text(&name));
    }
    buf_free(&name);
    return status;
}

static osler_status check_digest(nlm_arrival *a, const char *path, bool must, osler_error *error)
{
    char stated[MD5_HEX];
    osler_status status = digest_file(path, a->md5, error);
    if (status == OSLER_OK)
        status = read_stated(path, stated, &a->checked, error);
    if (status != OSLER_OK)
        return status;
    if (a->checked && strcmp(stated, a->md5) != 0)
        status = fail(error, OSLER_EINPUT, 0,
                      "the file is damaged or not NLM's: its MD5 is %s, its .md5 says %s", a->md5,
                      stated);
    else if (!a->checked && must)
        status = fail(error, OSLER_EINPUT, 0, "there is no .md5 beside it to check it by");
    return status == OSLER_OK ? status : fail_source(error, status, path);
}

/* ---- Its turn ---------------------------------------------------------------------------------
 */

static int order_of(nlm_number a, nlm_number b)
{
    return a.year != b.year ? a.year - b.year : a.number - b.number;
}

/* The last file may come again; an earlier one that is imported is passed over. */
static osler_status check_turn(nlm_arrival *a, store *s, const osler_import_options *options,
                               osler_error *error)
{
    nlm_number last;
    nlm_file before;
    osler_status status = nlm_files_last(s, &last, error);
    if (status != OSLER_OK) /* a series may begin anywhere */
        return status == OSLER_END ? OSLER_OK : status;
    bool late = order_of(a->which, last) < 0;
    if (!late) {
        int first = a->which.year == last.year ? last.number + 1 : 1;
        a->gap = a->which.number > first ? a->which.number - first : 0;
        if (!a->gap || !options->complete_series)
            return OSLER_OK;
        return fail(error, OSLER_EINPUT, 0,
                    "it waits for pubmed%02dn%04d, which comes before it and is lacking",
                    a->which.year, first);
    }
    status = nlm_files_find(s, a->which, &before, error);
    if (status == OSLER_OK && strcmp(before.md5, a->md5) == 0 && !options->out_of_order) {
        a->applied = true;
        memcpy(a->imported, before.applied, sizeof a->imported);
        return OSLER_OK;
    }
    if (status != OSLER_OK && status != OSLER_END)
        return status;
    if (options->out_of_order)
        return OSLER_OK;
    return fail(error, OSLER_EINPUT, 0,
                "its turn is over: pubmed%02dn%04d, which comes after it, has been imported "
                "(--out-of-order takes it all the same)",
                last.year, last.number);
}

osler_status nlm_arrival_look(nlm_arrival *out, store *s, const char *path,
                              const osler_import_options *options, osler_error *error)
{
    *out = (nlm_arrival){0};
    out->is_one = nlm_number_of(path, &out->which);
    if (!out->is_one)
        return OSLER_OK;
    osler_status status = check_digest(out, path, options->complete_series, error);
    if (status != OSLER_OK)
        return status;
    status = check_turn(out, s, options, error);
    return status == OSLER_OK ? status : fail_source(error, status, path);
}
