/* Rows and cells (RFC 4180), and what spreadsheets make of them. */
#include "formats/csv/csv.h"

#include <string.h>

enum csv_place csv_step(enum csv_place place, char c, char separator)
{
    if (place == CSV_IN_QUOTES)
        return c == '"' ? CSV_BEHIND_QUOTE : CSV_IN_QUOTES;
    if (c == separator || c == '\n')
        return CSV_AT_CELL;
    if (c == '"' && place != CSV_IN_CELL) /* the first of a cell, or the second of a pair */
        return CSV_IN_QUOTES;
    if (place == CSV_BEHIND_QUOTE) /* a mark that should have been two is one of the text */
        return c == '\r' ? CSV_BEHIND_QUOTE : CSV_IN_QUOTES;
    return CSV_IN_CELL;
}

bool csv_next_row(str *rest, str *row, char separator)
{
    enum csv_place place = CSV_AT_CELL;
    if (!rest->length)
        return false;
    size_t at = 0;
    while (at < rest->length && !csv_ends_row(place, rest->data[at]))
        place = csv_step(place, rest->data[at++], separator);
    *row = str_part(*rest, 0, at);
    *rest = str_part(*rest, at + 1, rest->length);
    return true;
}

/* The text between the marks; of two marks beside each other, one is meant. */
static str unquote(str cell, arena *memory)
{
    cell = str_part(cell, 1, cell.length);
    if (cell.length && cell.data[cell.length - 1] == '"')
        cell.length--;
    if (str_find(cell, '"') == cell.length)
        return cell;
    char *text = arena_room(memory, cell.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < cell.length; i++) {
        text[length++] = cell.data[i];
        i += cell.data[i] == '"' && i + 1 < cell.length && cell.data[i + 1] == '"';
    }
    return (str){text, length};
}

/* What spreadsheets are told so that they leave a cell as it is: ="0123", '=1+1. */
static str without_guard(str cell)
{
    static const str formula = STR("=\"");
    if (str_starts_with(cell, formula) && cell.length > 2 && cell.data[cell.length - 1] == '"')
        return str_part(cell, formula.length, cell.length - formula.length - 1);
    size_t marks = 0;
    while (marks < cell.length && cell.data[marks] == '\'')
        marks++;
    if (marks && marks < cell.length && strchr("=+-@", cell.data[marks]))
        return str_part(cell, 1, cell.length);
    return cell;
}

size_t csv_cells(str *cells, size_t most, str row, char separator, arena *memory)
{
    enum csv_place place = CSV_AT_CELL;
    size_t count = 0, start = 0;
    if (row.length && row.data[row.length - 1] == '\r')
        row.length--;
    for (size_t at = 0; at <= row.length; at++) {
        bool ends = at == row.length || (row.data[at] == separator && place != CSV_IN_QUOTES);
        if (ends) {
            str cell = str_part(row, start, at - start);
            cell = cell.length && cell.data[0] == '"' ? unquote(cell, memory) : cell;
            if (count < most)
                cells[count++] = without_guard(str_trim(cell));
            start = at + 1;
        }
        if (at < row.length)
            place = csv_step(place, row.data[at], separator);
    }
    return count;
}

char csv_separator(str header)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t most = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t count = 0;
        bool quoted = false;
        for (size_t k = 0; k < header.length; k++) {
            quoted ^= header.data[k] == '"';
            count += !quoted && header.data[k] == candidates[i];
        }
        if (count > most) {
            most = count;
            best = candidates[i];
        }
    }
    return best;
}
