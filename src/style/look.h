/* How an element of a style is dressed: formatting, affixes, delimiter, case, quotes, display. */
#ifndef STYLE_LOOK_H
#define STYLE_LOOK_H

#include "base/str.h"
#include <stdint.h>

/* 0 in each is "not said": what is around it holds. */
enum font_style { FONT_STYLE_NONE, FONT_STYLE_NORMAL, FONT_STYLE_ITALIC, FONT_STYLE_OBLIQUE };
enum font_variant { FONT_VARIANT_NONE, FONT_VARIANT_NORMAL, FONT_VARIANT_SMALL_CAPS };
enum font_weight { FONT_WEIGHT_NONE, FONT_WEIGHT_NORMAL, FONT_WEIGHT_BOLD, FONT_WEIGHT_LIGHT };
enum decoration { DECORATION_UNSAID, DECORATION_NONE, DECORATION_UNDERLINE };
enum vertical_align { ALIGN_NONE, ALIGN_BASELINE, ALIGN_SUP, ALIGN_SUB };
enum display {
    DISPLAY_NONE,
    DISPLAY_BLOCK,
    DISPLAY_LEFT_MARGIN,
    DISPLAY_RIGHT_INLINE,
    DISPLAY_INDENT
};
enum text_case {
    CASE_NONE,
    CASE_LOWER,
    CASE_UPPER,
    CASE_CAPITALIZE_FIRST,
    CASE_CAPITALIZE_ALL,
    CASE_SENTENCE,
    CASE_TITLE,
};

struct formatting {
    uint8_t font_style, font_variant, font_weight, decoration, vertical_align;
};

/* Empty views are attributes that are absent or empty. */
struct look {
    struct formatting formatting;
    uint8_t display, text_case;
    bool quotes, strip_periods;
    bool has_delimiter; /* delimiter="" is not the same as none, for names */
    str prefix, suffix, delimiter;
};

static inline bool formatting_is_plain(const struct formatting *f)
{
    return !f->font_style && !f->font_variant && !f->font_weight && !f->decoration &&
           !f->vertical_align;
}

#endif
