/* The machine behind the batch protocol of docs/protocols.md, with all that a request can ask for:
 *
 *     make batch
 *     rbpf conformance run ../../../spec/vectors/vectors.json --profile rbpf --batch ./batch \
 *         --provides regions,branches,instructions,helpers,entry,long-program */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "machine.h"
#include "wire.h"

#define MOST_BYTES ((size_t)1 << 20)
#define MOST_REGIONS 64
#define MOST_HELPERS 64

/* After the bytes of a region stands what no program should see. */
#define GUARD 16

/* A program of the profile rfc9669 may go on for ever. */
#define PATIENCE 1000000u

static char line[1 << 22];
static uint8_t program[MOST_BYTES], memory[MOST_BYTES + GUARD];
static struct region regions[MOST_REGIONS];
static int32_t helpers[MOST_HELPERS];

/* ---- JSON: a place in a text is where a value begins; NULL is none ---- */

static const char *past_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') at++;
    return at;
}

/* After the value. */
static const char *past(const char *at)
{
    int depth = 0;
    do {
        if (*at == '"') {
            for (at++; *at && *at != '"'; at++) {
                if (*at == '\\' && at[1]) at++;
            }
            if (!*at) return NULL;
            at++;
        } else if (*at == '{' || *at == '[') {
            depth++, at++;
        } else if (*at == '}' || *at == ']') {
            depth--, at++;
        } else if (depth && (*at == ',' || *at == ':')) {
            at++;
        } else {
            const char *from = at;
            while (*at && !strchr(",:{}[]\" \t\r\n", *at)) at++;
            if (at == from) return NULL;
        }
        at = past_blanks(at);
    } while (depth > 0);
    return at;
}

/* The first item of an array or name of an object. */
static const char *first(const char *at)
{
    at = past_blanks(at + 1);
    return *at == ']' || *at == '}' ? NULL : at;
}

/* The item after this one. */
static const char *next(const char *at)
{
    at = past(at);
    return at && *at == ',' ? past_blanks(at + 1) : NULL;
}

static const char *member(const char *object, const char *name)
{
    if (!object || *object != '{') return NULL;
    for (const char *at = first(object); at;) {
        const char *value = past(at);
        if (*at != '"' || !value || *value != ':') return NULL;
        value = past_blanks(value + 1);
        if (!strncmp(at + 1, name, strlen(name)) && at[1 + strlen(name)] == '"') return value;
        at = next(value);
    }
    return NULL;
}

/* How many bytes a text of hexadecimal digits has; -1 if it is none. */
static long bytes(const char *at, uint8_t *out, size_t most)
{
    size_t n = 0;
    if (!at || *at++ != '"') return -1;
    for (; digit(at[0]) >= 0 && digit(at[1]) >= 0; at += 2) {
        if (n == most) return -1;
        out[n++] = (uint8_t)(digit(at[0]) << 4 | digit(at[1]));
    }
    return *at == '"' ? (long)n : -1;
}

/* A number, which may be a text, and hexadecimal after 0x. */
static uint64_t number(const char *at, uint64_t otherwise)
{
    if (!at) return otherwise;
    return strtoull(*at == '"' ? at + 1 : at, NULL, 0);
}

/* ---- Requests ---- */

static int read_region(const char *at, struct region *region)
{
    const char *permission = member(at, "permission"), *text = member(at, "bytes");
    region->address = number(member(at, "address"), 0);
    region->length = number(member(at, "length"), 0);
    region->permission = NONE;
    region->bytes = NULL;
    if (region->length > (uint64_t)1 << 28) return 0;
    for (permission = permission ? permission + 1 : ""; *permission == 'r' || *permission == 'w'; permission++)
        region->permission |= *permission == 'r' ? READ : WRITE;
    region->bytes = calloc((size_t)region->length + GUARD, 1);
    if (!region->bytes) return 0;
    memset(region->bytes + region->length, 0xa5, GUARD);
    return !text || bytes(text, region->bytes, (size_t)region->length) >= 0;
}

/* 0 if it asks for what there is no room for. */
static int read_setting(const char *at, struct setting *setting)
{
    const char *list = member(at, "regions");
    for (const char *item = list ? first(list) : NULL; item; item = next(item)) {
        if (setting->region_count == MOST_REGIONS || !read_region(item, &regions[setting->region_count++])) return 0;
    }
    list = member(at, "helpers");
    for (const char *item = list ? first(list) : NULL; item; item = next(item)) {
        if (setting->helper_count == MOST_HELPERS) return 0;
        helpers[setting->helper_count++] = (int32_t)number(item, 0);
    }
    setting->branches = number(member(at, "branches"), setting->branches);
    setting->instructions = number(member(at, "instructions"), setting->instructions);
    setting->entry = number(member(at, "entry"), 0);
    return 1;
}

static void answer(struct ending ending)
{
    static const char *const names[] = {"", "MemoryAccess", "DivisionByZero", "CallDepth", "BranchBudget", "InstructionBudget"};
    if (ending.outcome == REJECT) {
        puts("{\"rejected\":true}");
        return;
    }
    if (ending.outcome == OK) printf("{\"r0\":\"0x%" PRIx64 "\"", ending.r[0]);
    else printf("{\"trap\":\"%s\"", names[ending.trap]);
    printf(",\"pc\":%zu,\"registers\":[", ending.pc);
    for (int i = 0; i < 11; i++) printf("%s\"0x%" PRIx64 "\"", i ? "," : "", ending.r[i]);
    puts("]}");
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    while (fgets(line, sizeof line, stdin)) {
        struct setting setting = {.memory = memory, .regions = regions, .helpers = helpers, .branches = BRANCHES, .instructions = NO_LIMIT};
        const char *request = past_blanks(line), *text = member(request, "memory");
        long length = bytes(member(request, "program"), program, sizeof program), size = text ? bytes(text, memory, MOST_BYTES) : 0;
        int is_read = length >= 0 && size >= 0 && read_setting(member(request, "setting"), &setting);
        if (is_read) {
            int is_patient = IS_RFC && setting.instructions == NO_LIMIT;
            if (is_patient) setting.instructions = PATIENCE;
            setting.memory_length = (size_t)size;
            memset(memory + size, 0xa5, GUARD);
            struct ending ending = machine_run(program, (size_t)length, &setting);
            if (is_patient && ending.trap == INSTRUCTION_BUDGET) puts("{\"trap\":\"NoEnd\"}");
            else answer(ending);
        } else {
            puts("{\"trap\":\"BadRequest\"}");
        }
        for (size_t i = 0; i < setting.region_count; i++) free(regions[i].bytes);
    }
    return 0;
}
