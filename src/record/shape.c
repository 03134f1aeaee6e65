/* The tables that walk a record, made from <osler/fields.def>. */
#include <osler/record.h>

#define STRUCT(type, doc) static const osler_shape shape_##type;
#define TEXT(type, number, member, csl, doc)
#define MARKUP(type, number, member, csl, doc)
#define TEXTS(type, number, member, csl, doc)
#define NUMBER(type, number, member, csl, doc)
#define FLAG(type, number, member, csl, doc)
#define MANY(type, number, member, of, csl, doc)
#define STRUCT_END(type)
#include <osler/fields.def>
#undef STRUCT
#undef TEXT
#undef MARKUP
#undef TEXTS
#undef NUMBER
#undef FLAG
#undef MANY
#undef STRUCT_END

#define ROW(type, number, member, kind, csl, doc, of)                                              \
    {number, #member, csl, doc, kind, offsetof(osler_##type, member), of},
#define STRUCT(type, doc) static const osler_field fields_##type[] = {
#define TEXT(type, number, member, csl, doc) ROW(type, number, member, OSLER_TEXT, csl, doc, NULL)
#define MARKUP(type, number, member, csl, doc)                                                     \
    ROW(type, number, member, OSLER_MARKUP, csl, doc, NULL)
#define TEXTS(type, number, member, csl, doc) ROW(type, number, member, OSLER_TEXTS, csl, doc, NULL)
#define NUMBER(type, number, member, csl, doc)                                                     \
    ROW(type, number, member, OSLER_NUMBER, csl, doc, NULL)
#define FLAG(type, number, member, csl, doc) ROW(type, number, member, OSLER_FLAG, csl, doc, NULL)
#define MANY(type, number, member, of, csl, doc)                                                   \
    ROW(type, number, member, OSLER_MANY, csl, doc, &shape_##of)
#define STRUCT_END(type)                                                                           \
    }                                                                                              \
    ;                                                                                              \
    static const osler_shape shape_##type = {#type, sizeof(osler_##type), fields_##type,           \
                                             sizeof fields_##type / sizeof *fields_##type};
#include <osler/fields.def>

const osler_shape *osler_record_shape(void)
{
    return &shape_record;
}
