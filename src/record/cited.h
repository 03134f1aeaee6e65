/* What a work is cited by: the variables of CSL that a record has. */
#ifndef RECORD_CITED_H
#define RECORD_CITED_H

#include "base/str.h"
#include "record/variables.h"
#include <osler/record.h>

/*
 * Call `take` for each variable of text or number that the record has, once, with its value in
 * CSL's rich text, which is lent for the call.  cited.c says which field becomes which variable.
 */
void cited_texts(const osler_record *record,
                 void (*take)(void *context, enum variable variable, str text), void *context);

/* The date that is this variable, or NULL. */
const osler_date *cited_date(const osler_record *record, enum variable variable);

/* The names variable of a role; VARIABLE_NONE for investigators, subjects and others. */
enum variable cited_role(const char *role);

/* The given names, or the initials apart ("J M"), in `room` of CITED_ROOM bytes. */
enum { CITED_INITIALS = 6, CITED_ROOM = 2 * CITED_INITIALS };
str cited_given(const osler_name *name, char *room);

/* ISO 639-1 for the three letters of ISO 639-2 ("eng": "en"); empty for "und" and "mul"; other
 * texts as they are. */
str cited_language(str code);

/* The type, by CSL's name; NULL when it is not known. */
const char *cited_type(const osler_record *record);

/* What must stand before the work wherever it is cited: "RETRACTED: ", ..., or NULL. */
const char *cited_mark(const osler_record *record);

#endif
