/* Languages and the files of their locales: names in canonical form, primary dialects, reading. */
#include "style/file.h"
#include "style/locale_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LOCALE_FOLDER "/usr/share/citation-style-language/locales"

static const char default_locale[] = {
#include "style/default_locale.xml.inc"
};

static const char *const primary_dialects[] = {
    "af-ZA", "bg-BG", "ca-AD", "cs-CZ", "cy-GB", "da-DK", "de-DE", "el-GR", "en-US",
    "es-ES", "et-EE", "fa-IR", "fi-FI", "fr-FR", "he-IL", "hi-IN", "hr-HR", "hu-HU",
    "id-ID", "is-IS", "it-IT", "ja-JP", "km-KH", "ko-KR", "lt-LT", "lv-LV", "mn-MN",
    "nb-NO", "nl-NL", "nn-NO", "pl-PL", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sl-SI",
    "sr-RS", "sv-SE", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-CN",
};

static bool is_all(str s, bool (*of_kind)(char))
{
    for (size_t i = 0; i < s.length; i++)
        if (!of_kind(s.data[i]))
            return false;
    return s.length > 0;
}

/* The parts of a tag that count: language (2 or 3 letters), script, region. */
static void split_tag(str tag, str *language, str *script, str *region)
{
    enum { LONGEST_LANGUAGE = 8 };
    size_t end = 0;
    *language = *script = *region = (str){0};
    for (bool first = true; end <= tag.length && tag.length; first = false) {
        size_t start = end;
        while (end < tag.length && tag.data[end] != '-' && tag.data[end] != '_')
            end++;
        str part = str_part(tag, start, end++ - start);
        if (first && part.length <= LONGEST_LANGUAGE && is_all(part, char_is_letter))
            *language = part;
        else if (first || part.length == 1) /* "x": the rest is private */
            return;
        else if (part.length == 4 && is_all(part, char_is_letter) && !region->length)
            *script = part;
        else if ((part.length == 2 && is_all(part, char_is_letter)) ||
                 (part.length == 3 && is_all(part, char_is_digit)))
            *region = part;
    }
}

const char *language_canonical(arena *memory, str tag)
{
    char name[16];
    size_t length = 0;
    str language, script, region;
    split_tag(str_trim(tag), &language, &script, &region);
    for (size_t i = 0; i < language.length; i++)
        name[length++] = char_lower(language.data[i]);
    if (str_equal_ignoring_case(language, (str)STR("zh")) && !region.length &&
        str_equal_ignoring_case(script, (str)STR("Hant")))
        region = (str)STR("TW");
    for (size_t i = 0; i < region.length; i++) {
        char c = char_lower(region.data[i]);
        if (i == 0)
            name[length++] = '-';
        name[length++] = (char)(char_is_letter(c) ? c - ('a' - 'A') : c);
    }
    str canonical = {name, length};
    if (str_is(canonical, "no") || str_is(canonical, "no-NO"))
        canonical = (str)STR("nb-NO");
    return arena_copy(memory, canonical);
}

const char *language_primary(arena *memory, const char *language)
{
    size_t length = str_find(str_of(language), '-');
    for (size_t i = 0; i < sizeof primary_dialects / sizeof *primary_dialects; i++)
        if (length == 2 && strncmp(primary_dialects[i], language, 2) == 0)
            return primary_dialects[i];
    return arena_copy(memory, str_part(str_of(language), 0, length));
}

static osler_status read_locale(arena *memory, struct locale_source *out, str xml, const char *name,
                                osler_error *error)
{
    const struct complaints complaints = {.source = name};
    const struct element *root;
    osler_status status = csl_xml_read(memory, &root, xml, ELEMENT_LOCALE, &complaints, error);
    if (status == OSLER_OK)
        locale_source_read(memory, out, root, &complaints);
    return status;
}

osler_status locale_file_read(arena *memory, struct locale_source *out, const char *language,
                              bool *found, osler_error *error)
{
    const char *folder = getenv("OSLER_LOCALES");
    char path[4096];
    buf xml = {0};
    int length = snprintf(path, sizeof path, "%s/locales-%s.xml",
                          folder && *folder ? folder : LOCALE_FOLDER, language);
    *found = length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
    if (!*found && strcmp(language, "en-US") == 0) {
        *found = true;
        return read_locale(memory, out, str_of(default_locale), "the English compiled in", error);
    }
    if (!*found)
        return OSLER_OK;
    osler_status status = file_read(&xml, path, error);
    if (status == OSLER_OK)
        status = read_locale(memory, out, buf_str(&xml), path, error);
    buf_free(&xml);
    return status;
}
