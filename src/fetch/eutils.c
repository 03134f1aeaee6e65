/* Asking the E-utilities: the form, the pace, the tries. */
#include "fetch/eutils.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/http.h"
#include "fetch/limiter.h"
#include "fetch/pace.h"
#include "fetch/pace_file.h"
#include "fetch/reply.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOME "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
#define HOME_PATH "/entrez/eutils/"

enum {
    MAX_PAUSE = 60,        /* seconds between two tries, unless the server asks for more */
    MAX_RETRY_AFTER = 300, /* seconds a server may ask for before it counts as a refusal */
    DEADLINE = 1200,       /* seconds for one request with all its tries and waits */
    LISTING_TRIES = 3,     /* searches whose list is shorter than their count */
};

struct eutils {
    http *http;
    http_reply reply;
    char *email, *key; /* "" when not set */
    char *pace;        /* pace_file_path() */
    double scale, gap;
    eutils_keep_going keep_going;
    void *state;
    uint64_t retries;
    uint64_t random;
    buf form;
};

/* ---- Opening ----------------------------------------------------------------------------------
 */

static bool keep_going(void *opaque)
{
    const eutils *e = opaque;
    return !e->keep_going || e->keep_going(e->state, e->retries);
}

/* NCBI's keys are 36 hexadecimal digits.  What is shorter than 8 could not be told from the text
 * it must be kept out of. */
static bool is_key(str key)
{
    for (size_t i = 0; i < key.length; i++)
        if (!char_is_letter(key.data[i]) && !char_is_digit(key.data[i]))
            return false;
    return key.length >= 8 && key.length <= 128;
}

static osler_status read_environment(eutils *e, osler_error *error)
{
    const char *key = getenv("NCBI_API_KEY"), *email = getenv("NCBI_EMAIL");
    const char *scale = getenv("OSLER_FETCH_TIME_SCALE");
    e->scale = 1;
    e->key = memory_copy_text(key ? key : "");
    e->email = memory_copy_text(email ? email : "");
    e->gap = *e->key ? LIMITER_GAP_WITH_KEY : LIMITER_GAP;
    if (*e->key && !is_key(str_of(e->key)))
        return fail(error, OSLER_ECONFIG, 0,
                    "NCBI_API_KEY is not an API key (expected 8 to 128 letters and digits)");
    if (*e->email && (!strchr(e->email, '@') || strlen(e->email) > 254))
        return fail(error, OSLER_ECONFIG, 0, "NCBI_EMAIL is not an email address");
    if (scale && *scale) {
        char *end;
        e->scale = strtod(scale, &end);
        if (*end || !(e->scale >= 0.001 && e->scale <= 1))
            return fail(error, OSLER_ECONFIG, 0,
                        "OSLER_FETCH_TIME_SCALE is not a number from 0.001 to 1");
    }
    return OSLER_OK;
}

static long scaled(const eutils *e, double seconds, long least)
{
    long value = (long)(seconds * e->scale);
    return value < least ? least : value;
}

osler_status eutils_open(eutils **out, eutils_keep_going callback, void *state, osler_error *error)
{
    const char *address = getenv("OSLER_EUTILS_URL");
    struct timespec time;
    eutils *e = memory_alloc(sizeof *e);
    *out = NULL;
    e->keep_going = callback;
    e->state = state;
    clock_gettime(CLOCK_REALTIME, &time);
    e->random = (uint64_t)time.tv_nsec ^ (uint64_t)time.tv_sec << 30;
    osler_status status = read_environment(e, error);
    if (status == OSLER_OK) {
        http_settings settings = {scaled(e, 60, 2), scaled(e, 600, 20), keep_going, e};
        status =
            http_open(&e->http, address && *address ? address : HOME, HOME_PATH, &settings, error);
    }
    if (status != OSLER_OK) {
        eutils_close(e);
        return status;
    }
    e->pace = pace_file_path(http_host(e->http), *e->key != '\0');
    *out = e;
    return OSLER_OK;
}

void eutils_close(eutils *e)
{
    if (!e)
        return;
    http_close(e->http);
    http_reply_free(&e->reply);
    buf_free(&e->form);
    memory_free(e->pace);
    memory_free(e->key);
    memory_free(e->email);
    memory_free(e);
}

const char *eutils_host(const eutils *e)
{
    return http_host(e->http);
}

str eutils_body(const eutils *e)
{
    return buf_str(&e->reply.body);
}

uint64_t eutils_retries(const eutils *e)
{
    return e->retries;
}

/* ---- Time -------------------------------------------------------------------------------------
 */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static osler_status interrupted(osler_error *error)
{
    return fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
}

/* Sleep until `until`, asking ten times a second whether to go on. */
static osler_status sleep_until(eutils *e, double until, osler_error *error)
{
    double left;
    while ((left = until - now()) > 0) {
        if (!keep_going(e))
            return interrupted(error);
        double part = left < 0.1 ? left : 0.1;
        struct timespec pause = {0, (long)(part * 1e9)};
        nanosleep(&pause, NULL);
    }
    return keep_going(e) ? OSLER_OK : interrupted(error);
}

/* A number from 0 to 1 (xorshift64*): two programs that failed together must not return together.
 */
static double random_part(eutils *e)
{
    e->random ^= e->random >> 12;
    e->random ^= e->random << 25;
    e->random ^= e->random >> 27;
    return (double)((e->random * 0x2545F4914F6CDD1DULL) >> 11) / 9007199254740992.0;
}

/* Seconds to wait after the failure of try number `attempt`. */
static double pause_after(eutils *e, unsigned attempt)
{
    double pause = (double)(1U << (attempt < 7 ? attempt - 1 : 6)) * (0.75 + 0.5 * random_part(e));
    return pause < MAX_PAUSE ? pause : MAX_PAUSE;
}

/* ---- Asking -----------------------------------------------------------------------------------
 */

/* Add "name=value", percent-encoded (RFC 3986, unreserved characters stay, and so does the bar:
 * ECitMatch is known to want it so). */
static void form_add(buf *form, const char *name, str value)
{
    buf_printf(form, "%s%s=", form->length ? "&" : "", name);
    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        bool plain = c == '-' || c == '.' || c == '_' || c == '~' || c == '|';
        if (char_is_letter(c) || char_is_digit(c) || plain)
            buf_add_byte(form, c);
        else
            buf_printf(form, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static void form_begin(eutils *e)
{
    buf_clear(&e->form);
    form_add(&e->form, "db", str_of("pubmed"));
    form_add(&e->form, "retmode", str_of("xml"));
    form_add(&e->form, "tool", str_of("osler"));
    if (*e->email)
        form_add(&e->form, "email", str_of(e->email));
    if (*e->key)
        form_add(&e->form, "api_key", str_of(e->key));
}

/* One request, at its turn. */
static osler_status send_form(eutils *e, const char *program, osler_error *error)
{
    double turn = now() + pace_take_turn(e->pace, e->gap, now());
    osler_status status = sleep_until(e, turn, error);
    if (status != OSLER_OK)
        return status;
    double begun = now();
    http_post(e->http, program, buf_str(&e->form), &e->reply);
    pace_heard(e->pace, begun + e->reply.heard);
    reply_redact(&e->reply.body, e->key);
    return e->reply.outcome == HTTP_STOPPED ? interrupted(error) : OSLER_OK;
}

/* What a server says, the place it redirects to too, may echo the key. */
static void redact_message(const eutils *e, osler_error *error)
{
    if (!error)
        return;
    buf message = {0};
    buf_add_text(&message, error->message);
    reply_redact(&message, e->key);
    snprintf(error->message, sizeof error->message, "%s", buf_text(&message));
    buf_free(&message);
}

static osler_status give_up(const eutils *e, const reply_verdict *verdict, unsigned tries,
                            osler_error *error)
{
    const http_reply *reply = &e->reply;
    char excerpt[120], code[32] = "", place[160] = "", count[32] = "";
    reply_excerpt(reply, excerpt, sizeof excerpt);
    if (reply->status && (reply->status < 200 || reply->status > 299))
        snprintf(code, sizeof code, " (HTTP %ld)", reply->status);
    if (reply->status >= 300 && reply->status <= 399)
        snprintf(place, sizeof place, " to %s",
                 reply->redirect_host[0] ? reply->redirect_host : "an unknown place");
    if (tries > 1)
        snprintf(count, sizeof count, ", after %u tries", tries);
    bool words = excerpt[0] && !place[0];
    fail(error, verdict->status, 0, "%s%s%s%s%s%s%s", verdict->what, place, code, count,
         words ? ": \"" : "", words ? excerpt : "", words ? "\"" : "");
    redact_message(e, error);
    return fail_source(error, verdict->status, http_host(e->http));
}

/* Seconds until the next try; negative when there must be none. */
static double next_pause(eutils *e, const reply_verdict *verdict, unsigned attempt, double deadline)
{
    double pause = pause_after(e, attempt);
    if (attempt >= verdict->tries || e->reply.retry_after > MAX_RETRY_AFTER)
        return -1;
    if (e->reply.retry_after > pause)
        pause = e->reply.retry_after;
    pause *= e->scale;
    return now() + pause > deadline ? -1 : pause;
}

/* Ask until there is a whole document with this root (NULL: lines of text), or no hope. */
static osler_status ask(eutils *e, const char *program, const char *root, osler_error *error)
{
    double deadline = now() + DEADLINE;
    for (unsigned attempt = 1;; attempt++) {
        osler_status status = send_form(e, program, error);
        if (status != OSLER_OK)
            return status;
        reply_verdict verdict = reply_classify(&e->reply, root);
        if (verdict.class == REPLY_SOUND)
            return OSLER_OK;
        if (verdict.class == REPLY_WAIT)
            pace_slow_down(e->pace, now());
        double pause = next_pause(e, &verdict, attempt, deadline);
        if (pause < 0)
            return give_up(e, &verdict, attempt, error);
        e->retries++;
        status = sleep_until(e, now() + pause, error);
        if (status != OSLER_OK)
            return status;
    }
}

/* The list must hold what the count promises; a server in trouble forgets that. */
static bool is_listed(const esearch_reply *reply, unsigned max)
{
    return reply->pmids.count >= (reply->count < max ? reply->count : max);
}

/* A search that stays unusable is a failure of the server, unlike a file that is malformed. */
static osler_status as_network(eutils *e, osler_status status, osler_error *error)
{
    if (status != OSLER_EINPUT && status != OSLER_ELIMIT && status != OSLER_ENOTFOUND)
        return status;
    if (error)
        error->status = OSLER_ENETWORK;
    return fail_source(error, OSLER_ENETWORK, eutils_host(e));
}

static void search_form(eutils *e, const char *query, unsigned max)
{
    char number[16];
    snprintf(number, sizeof number, "%u", max);
    form_begin(e);
    form_add(&e->form, "term", str_of(query));
    form_add(&e->form, "retmax", str_of(number));
    /* The order by relevance, PubMed's default, changes between calls; the date of publication
     * does not, and with a limit the newest are what a reader wants. */
    form_add(&e->form, "sort", str_of("pub_date"));
}

osler_status eutils_search(eutils *e, const char *query, unsigned max, esearch_reply *out,
                           osler_error *error)
{
    *out = (esearch_reply){0};
    if (strlen(query) > LIMIT_QUERY)
        return fail(error, OSLER_EUSAGE, 0, "the query is too long");
    search_form(e, query, max);
    for (unsigned attempt = 1;; attempt++) {
        osler_status status = ask(e, "esearch.fcgi", "eSearchResult", error);
        if (status != OSLER_OK)
            return as_network(e, status, error);
        status = esearch_read(out, buf_str(&e->reply.body), error);
        if (status == OSLER_OK && (attempt >= LISTING_TRIES || is_listed(out, max)))
            return OSLER_OK;
        if (attempt >= LISTING_TRIES)
            return as_network(e, status, error);
        esearch_reply_free(out);
        e->retries++;
        status = sleep_until(e, now() + pause_after(e, attempt) * e->scale, error);
        if (status != OSLER_OK)
            return status;
    }
}

osler_status eutils_fetch(eutils *e, const uint64_t *pmids, size_t count, str *out,
                          osler_error *error)
{
    buf ids = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(&ids, "%s%" PRIu64, i ? "," : "", pmids[i]);
    form_begin(e);
    form_add(&e->form, "id", buf_str(&ids));
    buf_free(&ids);
    osler_status status = ask(e, "efetch.fcgi", "PubmedArticleSet", error);
    *out = status == OSLER_OK ? buf_str(&e->reply.body) : (str){0};
    return status;
}

osler_status eutils_match(eutils *e, str lines, str *out, osler_error *error)
{
    form_begin(e);
    form_add(&e->form, "bdata", lines);
    osler_status status = ask(e, "ecitmatch.cgi", NULL, error);
    *out = status == OSLER_OK ? buf_str(&e->reply.body) : (str){0};
    return as_network(e, status, error);
}
