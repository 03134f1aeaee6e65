/* Days counted, for ages. */
#include "query/score.h"

#include <stdio.h>

int64_t day_number(int year, int month, int day)
{
    /* The year begins in March, so that the leap day is its last. */
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? month - 3 : month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

bool day_read(const char *text, int64_t *out)
{
    unsigned long part[3];
    static const size_t start[] = {0, 5, 8}, length[] = {4, 2, 2};
    str s = str_of(text);
    if (s.length != 10 || s.data[4] != '-' || s.data[7] != '-')
        return false;
    for (int i = 0; i < 3; i++)
        if (!str_number(str_part(s, start[i], length[i]), &part[i]))
            return false;
    static const unsigned long days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = part[0] % 4 == 0 && (part[0] % 100 != 0 || part[0] % 400 == 0);
    if (part[0] < 1000 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
        part[2] > days[part[1] - 1] || (part[1] == 2 && part[2] == 29 && !leap))
        return false;
    *out = day_number((int)part[0], (int)part[1], (int)part[2]);
    return true;
}
