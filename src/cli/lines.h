/* Bibliographic lines as every listing prints them, and lists of ids. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <osler/record.h>

/* The plain text of `markup`, to be freed; "" for NULL. */
char *plain_copy(const char *markup);

/* The title, wrapped; each line after `indent` spaces. */
void print_title(const osler_record *record, int indent);

/* "Smith J, Miller A, et al."; `most` names at most, 0: all.  Nothing when there are none. */
void print_authors(const osler_record *record, int indent, int most);

/* "Headache. 2021 Mar;61(3):347-354. doi:10.1/x  PMID 1  PMC2" on one line. */
void print_place(const osler_record *record, int indent);

/* The operands as ids; an operand "-" stands for the lines of standard input. */
struct id_list {
    char **items;
    size_t count;
};
void add_id(struct id_list *list, const char *id);
void read_ids(struct id_list *list, int argc, char **argv);
void free_ids(struct id_list *list);

#endif
