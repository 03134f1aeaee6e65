/* Asking a web service: the form, the pace, the tries. */
#include "fetch/service.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/http.h"
#include "fetch/pace.h"
#include "fetch/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    MAX_PAUSE = 60,        /* seconds between two tries, unless the server asks for more */
    MAX_RETRY_AFTER = 300, /* seconds a server may ask for before it counts as a refusal */
    DEADLINE = 1200,       /* seconds for one request with all its tries and waits */
};

struct service {
    const service_plan *plan;
    http *http;
    http_reply reply;
    char *email, *key; /* "" when not set */
    pace pace;
    double scale;
    service_keep_going keep_going;
    void *state;
    bool (*hopeless)(str body);
    uint64_t retries;
    uint64_t random;
    buf form;
};

/* ---- Opening ----------------------------------------------------------------------------------
 */

static bool keep_going(void *opaque)
{
    const service *s = opaque;
    return !s->keep_going || s->keep_going(s->state, s->retries);
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

/* It stands in a header: nothing may end that. */
static bool is_email(str email)
{
    for (size_t i = 0; i < email.length; i++)
        if ((unsigned char)email.data[i] <= ' ' || email.data[i] == 0x7F ||
            strchr("()<>,;", email.data[i]))
            return false;
    return str_find(email, '@') < email.length && email.length <= 254;
}

static osler_status read_environment(service *s, osler_error *error)
{
    const char *key = getenv("NCBI_API_KEY"), *email = getenv("NCBI_EMAIL");
    const char *scale = getenv("OSLER_FETCH_TIME_SCALE");
    s->scale = 1;
    s->key = memory_copy_text(key && s->plan->has_key ? key : "");
    s->email = memory_copy_text(email ? email : "");
    if (*s->key && !is_key(str_of(s->key)))
        return fail(error, OSLER_ECONFIG, 0,
                    "NCBI_API_KEY is not an API key (expected 8 to 128 letters and digits)");
    if (*s->email && !is_email(str_of(s->email)))
        return fail(error, OSLER_ECONFIG, 0, "NCBI_EMAIL is not an email address");
    if (scale && *scale) {
        char *end;
        s->scale = strtod(scale, &end);
        if (*end || !(s->scale >= 0.001 && s->scale <= 1))
            return fail(error, OSLER_ECONFIG, 0,
                        "OSLER_FETCH_TIME_SCALE is not a number from 0.001 to 1");
    }
    return OSLER_OK;
}

static long scaled(const service *s, double seconds, long least)
{
    long value = (long)(seconds * s->scale);
    return value < least ? least : value;
}

static osler_status open_http(service *s, osler_error *error)
{
    const char *address = getenv(s->plan->variable);
    buf agent = {0};
    buf_printf(&agent, "osler/%s (mailto:%s)", OSLER_VERSION, s->email);
    http_settings settings = {
        .stall_seconds = scaled(s, 60, 2),
        .total_seconds = scaled(s, 600, 20),
        .keep_going = keep_going,
        .state = s,
        .variable = s->plan->variable,
        .user_agent = s->plan->names_user && *s->email ? buf_text(&agent) : NULL,
    };
    osler_status status = http_open(&s->http, address && *address ? address : s->plan->home,
                                    s->plan->path, &settings, error);
    buf_free(&agent);
    return status;
}

static void open_pace(service *s)
{
    buf name = {0};
    if (s->plan->kind)
        buf_printf(&name, "%s-", s->plan->kind);
    buf_add_text(&name, http_host(s->http));
    pace_open(&s->pace, buf_text(&name), *s->key != '\0',
              *s->key ? s->plan->gap_with_key : s->plan->gap);
    buf_free(&name);
}

osler_status service_open(service **out, const service_plan *plan, service_keep_going callback,
                          void *state, osler_error *error)
{
    struct timespec time;
    service *s = memory_alloc(sizeof *s);
    *out = NULL;
    s->plan = plan;
    s->keep_going = callback;
    s->state = state;
    clock_gettime(CLOCK_REALTIME, &time);
    s->random = (uint64_t)time.tv_nsec ^ (uint64_t)time.tv_sec << 30;
    osler_status status = read_environment(s, error);
    if (status == OSLER_OK)
        status = open_http(s, error);
    if (status != OSLER_OK) {
        service_close(s);
        return status;
    }
    open_pace(s);
    *out = s;
    return OSLER_OK;
}

void service_close(service *s)
{
    if (!s)
        return;
    http_close(s->http);
    http_reply_free(&s->reply);
    buf_free(&s->form);
    pace_close(&s->pace);
    memory_free(s->key);
    memory_free(s->email);
    memory_free(s);
}

const char *service_host(const service *s)
{
    return http_host(s->http);
}

str service_body(const service *s)
{
    return buf_str(&s->reply.body);
}

long service_status(const service *s)
{
    return s->reply.status;
}

uint64_t service_retries(const service *s)
{
    return s->retries;
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
static osler_status sleep_until(service *s, double until, osler_error *error)
{
    double left;
    while ((left = until - now()) > 0) {
        if (!keep_going(s))
            return interrupted(error);
        double part = left < 0.1 ? left : 0.1;
        struct timespec pause = {0, (long)(part * 1e9)};
        nanosleep(&pause, NULL);
    }
    return keep_going(s) ? OSLER_OK : interrupted(error);
}

/* A number from 0 to 1 (xorshift64*): two programs that failed together must not return together.
 */
static double random_part(service *s)
{
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return (double)((s->random * 0x2545F4914F6CDD1DULL) >> 11) / 9007199254740992.0;
}

/* Seconds to wait after the failure of try number `attempt`. */
static double pause_after(service *s, unsigned attempt)
{
    double pause = (double)(1U << (attempt < 7 ? attempt - 1 : 6)) * (0.75 + 0.5 * random_part(s));
    return pause < MAX_PAUSE ? pause : MAX_PAUSE;
}

/* ---- Asking -----------------------------------------------------------------------------------
 */

/* Percent-encode (RFC 3986): unreserved characters stay, and those in `also`. */
static void add_encoded(buf *out, str value, const char *also)
{
    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        bool plain = c == '-' || c == '.' || c == '_' || c == '~' || (c && strchr(also, c));
        if (char_is_letter(c) || char_is_digit(c) || plain)
            buf_add_byte(out, c);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

void service_encode(buf *out, str value)
{
    add_encoded(out, value, "");
}

/* The bar stays: ECitMatch is known to want it so. */
void service_add(service *s, const char *name, str value)
{
    buf_printf(&s->form, "%s%s=", s->form.length ? "&" : "", name);
    add_encoded(&s->form, value, "|");
}

void service_begin(service *s)
{
    buf_clear(&s->form);
    if (s->plan->names_user)
        return;
    service_add(s, "tool", str_of("osler"));
    if (*s->email)
        service_add(s, "email", str_of(s->email));
    if (*s->key)
        service_add(s, "api_key", str_of(s->key));
}

struct request {
    bool get;
    const char *target; /* percent-encoded */
    const char *root;   /* of the document wanted */
    http_taker *taker;  /* of the file wanted; NULL: it is a document */
};

/* One request, at its turn. */
static osler_status send_request(service *s, const struct request *r, osler_error *error)
{
    double turn = now() + pace_take_turn(&s->pace, now());
    osler_status status = sleep_until(s, turn, error);
    if (status != OSLER_OK)
        return status;
    double begun = now();
    if (r->taker)
        http_get_file(s->http, r->target, r->taker, &s->reply);
    else if (r->get)
        http_get(s->http, r->target, &s->reply);
    else
        http_post(s->http, r->target, buf_str(&s->form), &s->reply);
    if (s->reply.rate_gap > s->pace.gap && s->reply.rate_gap <= MAX_PAUSE)
        s->pace.gap = s->reply.rate_gap;
    pace_heard(&s->pace, begun + s->reply.heard);
    reply_redact(&s->reply.body, s->key);
    return s->reply.outcome == HTTP_STOPPED ? interrupted(error) : OSLER_OK;
}

/* What a server says, the place it redirects to too, may echo the key. */
static void redact_message(const service *s, osler_error *error)
{
    if (!error)
        return;
    buf message = {0};
    buf_add_text(&message, error->message);
    reply_redact(&message, s->key);
    snprintf(error->message, sizeof error->message, "%s", buf_text(&message));
    buf_free(&message);
}

static osler_status give_up(const service *s, const reply_verdict *verdict, unsigned tries,
                            osler_error *error)
{
    const http_reply *reply = &s->reply;
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
    redact_message(s, error);
    return fail_source(error, verdict->status, http_host(s->http));
}

/* Seconds until the next try; negative when there must be none. */
static double next_pause(service *s, const reply_verdict *verdict, unsigned attempt,
                         double deadline)
{
    double pause = pause_after(s, attempt);
    bool hopeless = attempt > 1 && s->hopeless && s->hopeless(buf_str(&s->reply.body));
    if (attempt >= verdict->tries || hopeless || s->reply.retry_after > MAX_RETRY_AFTER)
        return -1;
    if (s->reply.retry_after > pause)
        pause = s->reply.retry_after;
    pause *= s->scale;
    return now() + pause > deadline ? -1 : pause;
}

/* A 404 that says so in the service's own words; one of a web server on the way does not. */
static bool is_absent(const service *s)
{
    const char *words = s->plan->not_found;
    return words && s->reply.outcome == HTTP_ANSWERED && s->reply.status == 404 &&
           str_contains_ignoring_case(str_part(buf_str(&s->reply.body), 0, 4096), str_of(words));
}

static bool is_file(const http_reply *reply)
{
    return reply->outcome == HTTP_ANSWERED && (reply->status == 200 || reply->status == 206);
}

static osler_status ask(service *s, const struct request *r, osler_error *error)
{
    double deadline = now() + DEADLINE;
    for (unsigned attempt = 1;; attempt++) {
        osler_status status = send_request(s, r, error);
        if (status != OSLER_OK)
            return status;
        if (r->taker && is_file(&s->reply))
            return OSLER_OK;
        reply_verdict verdict = reply_classify(&s->reply, r->root);
        if (verdict.class == REPLY_SOUND)
            return OSLER_OK;
        if (is_absent(s))
            return fail(error, OSLER_ENOTFOUND, 0, "the server has no such record");
        if (verdict.class == REPLY_WAIT)
            pace_slow_down(&s->pace, now());
        double pause = next_pause(s, &verdict, attempt, deadline);
        if (pause < 0)
            return give_up(s, &verdict, attempt, error);
        s->retries++;
        status = sleep_until(s, now() + pause, error);
        if (status != OSLER_OK)
            return status;
    }
}

osler_status service_post(service *s, const char *program, const char *root, osler_error *error)
{
    struct request r = {false, program, root, NULL};
    return ask(s, &r, error);
}

osler_status service_get(service *s, const char *target, const char *root, osler_error *error)
{
    buf whole = {0};
    buf_add_text(&whole, target);
    if (s->form.length)
        buf_printf(&whole, "?%s", buf_text(&s->form));
    struct request r = {true, buf_text(&whole), root, NULL};
    osler_status status = ask(s, &r, error);
    buf_free(&whole);
    return status;
}

osler_status service_get_file(service *s, const char *target, http_taker *taker, osler_error *error)
{
    struct request r = {true, target, "html", taker};
    return ask(s, &r, error);
}

void service_expect(service *s, bool (*hopeless)(str body))
{
    s->hopeless = hopeless;
}

osler_status service_pause(service *s, unsigned attempt, osler_error *error)
{
    s->retries++;
    return sleep_until(s, now() + pause_after(s, attempt) * s->scale, error);
}
