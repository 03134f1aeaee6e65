/* Writing JSON to a stream: stable bytes, no locale. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <osler/appraise.h>
#include <osler/formats.h>
#include <osler/record.h>
#include <stdio.h>

/* Start from `struct json j = {stdout};`.  Commas are put where they belong. */
struct json {
    FILE *out;
    bool comma; /* a value precedes at this level */
};

void json_open_object(struct json *j, const char *key); /* key NULL: an item of an array */
void json_close_object(struct json *j);
void json_open_array(struct json *j, const char *key);
void json_close_array(struct json *j);

void json_text(struct json *j, const char *key, const char *text);    /* NULL is null */
void json_plain(struct json *j, const char *key, const char *markup); /* markup as plain text */
void json_integer(struct json *j, const char *key, long long number);
void json_real(struct json *j, const char *key, double number, int decimals);
void json_bool(struct json *j, const char *key, bool value);
void json_texts(struct json *j, const char *key, const osler_text_list *list);
void json_end_line(struct json *j); /* end a document: a newline, and start afresh */

/* Every field of a record that is present, as `osler convert --to jsonl` writes them. */
void json_record(struct json *j, const char *key, const osler_record *record);

/* The members of one line of `osler classify --json`, without the braces. */
void json_appraisal(struct json *j, const osler_appraisal *appraisal);

#endif
