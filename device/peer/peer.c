/* The machine behind the batch protocol of docs/protocols.md, on a host; all that a request can ask for is there:
 *
 *     make -C device peer
 *     ./rbpf conformance run spec/vectors/vectors.json --profile rbpf --batch device/build/peer \
 *         --provides regions,branches,instructions,helpers,entry,long-program */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "helpers.h"

#define MOST_BYTES ((size_t)1 << 20)
#define MOST_REGIONS 64
#define MOST_HELPERS 64
#define FRAMES 8
#define STACK 0x10000000u
#define CONTEXT 0x20000000u

/* A program of a profile without a budget may go on for ever. */
#define PATIENCE 1000000u

static char line[1 << 22];
static uint8_t bytes_of_program[MOST_BYTES], bytes_of_memory[MOST_BYTES];
static uint32_t stack[FRAMES * RBPF_FRAME_BYTES / 4];
static struct rbpf_frame frames[FRAMES - 1];
static struct rbpf_region regions[MOST_REGIONS];
static struct rbpf_helper helpers[MOST_HELPERS];

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

/* ---- Requests ---- */

static int digit(int c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

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

/* A count of the machine, which no run of PATIENCE instructions uses up if it is the greatest. */
static uint32_t count(const char *at, uint32_t otherwise)
{
    uint64_t value = number(at, otherwise);
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

/* Each region has memory of its own, no byte longer than it, so that a sanitizer sees what goes beyond. */
static bool read_region(const char *at, struct rbpf_region *region)
{
    const char *permission = member(at, "permission"), *text = member(at, "bytes");
    uint64_t start = number(member(at, "address"), 0), length = number(member(at, "length"), 0);
    region->start = (rbpf_address)start;
    region->length = (rbpf_address)length;
    region->permission = RBPF_NONE;
    region->bytes = NULL;
    if (region->start != start || length > (uint64_t)1 << 28) return false;
    for (permission = permission ? permission + 1 : ""; *permission == 'r' || *permission == 'w'; permission++)
        region->permission |= *permission == 'r' ? RBPF_READ : RBPF_WRITE;
    region->bytes = calloc((size_t)region->length + !region->length, 1);
    if (!region->bytes) return false;
    return !text || bytes(text, region->bytes, (size_t)region->length) >= 0;
}

/* Whether there is room for what a setting asks for. */
static bool read_setting(const char *at, struct rbpf_machine *machine)
{
    const char *list = member(at, "regions");
    for (const char *item = list ? first(list) : NULL; item; item = next(item)) {
        if (machine->region_count == MOST_REGIONS || !read_region(item, &regions[machine->region_count++])) return false;
    }
    list = member(at, "helpers");
    for (const char *item = list ? first(list) : NULL; item; item = next(item)) {
        uint32_t id = (uint32_t)number(item, 0);
        for (size_t i = 0; i < HELPER_COUNT; i++) {
            if (all_helpers[i].id != id) continue;
            if (machine->helper_count == MOST_HELPERS) return false;
            helpers[machine->helper_count++] = all_helpers[i];
        }
    }
#if RBPF_BRANCHES_ARE_LIMITED
    machine->branches = count(member(at, "branches"), 200);
#endif
    machine->instructions = count(member(at, "instructions"), UINT32_MAX);
    machine->pc = count(member(at, "entry"), 0);
    return true;
}

/* In hexadecimal, in quotation marks; the C libraries of devices do not all print 64 bits. */
static void put_word(uint64_t value)
{
    char text[17], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = "0123456789abcdef"[value & 15]; while (value >>= 4);
    printf("\"0x%s\"", at);
}

static void answer(const struct rbpf_machine *machine, enum rbpf_trap trap)
{
    static const char *const names[] = {
        "", "IllegalInstruction", "ProgramCounterOutside", "UnknownHelper", "MemoryAccess", "MemoryAlignment", "DivisionByZero",
        "SignedOverflow", "ShiftAmount", "CallDepth", "BranchBudget", "InstructionBudget",
    };
    fputs(trap == RBPF_NO_TRAP ? "{\"r0\":" : "{\"trap\":", stdout);
    if (trap == RBPF_NO_TRAP) put_word(machine->registers[0]);
    else printf("\"%s\"", names[trap]);
    printf(",\"pc\":%u,\"registers\":[", (unsigned)machine->pc);
    for (int i = 0; i < 11; i++) {
        if (i) putchar(',');
        put_word(machine->registers[i]);
    }
#if RBPF_BRANCHES_ARE_LIMITED
    printf("],\"branches\":%u,\"memory\":\"", (unsigned)machine->branches);
#else
    fputs("],\"memory\":\"", stdout);
#endif
    for (rbpf_address i = 0; machine->region_count && machine->regions->start == CONTEXT && i < machine->regions->length; i++)
        printf("%02x", machine->regions->bytes[i]);
    puts("\"}");
}

/* A run of a request; its memory is a copy that is as long as it says. */
static void serve(const char *request)
{
    const char *text = member(request, "memory");
    long length = bytes(member(request, "program"), bytes_of_program, MOST_BYTES);
    long size = text ? bytes(text, bytes_of_memory, MOST_BYTES) : 0;
    struct rbpf_machine machine = {
        .length = (uint32_t)length / 8,
        .stack = {STACK, RBPF_FRAME_BYTES, (uint8_t *)stack + (FRAMES - 1) * RBPF_FRAME_BYTES, RBPF_READ_WRITE},
        .regions = regions,
        .helpers = helpers,
        .frames = frames,
        .frame_limit = FRAMES,
    };
    uint8_t *program = length < 0 ? NULL : malloc((size_t)length + !length), *memory = size < 0 ? NULL : malloc((size_t)size + !size);
    if (memory && size) regions[machine.region_count++] = (struct rbpf_region){CONTEXT, (rbpf_address)size, memory, RBPF_READ_WRITE};
    if (!program || !memory || !read_setting(member(request, "setting"), &machine)) {
        puts("{\"trap\":\"BadRequest\"}");
    } else {
        memcpy(program, bytes_of_program, (size_t)length);
        memcpy(memory, bytes_of_memory, (size_t)size);
        memset(stack, 0, sizeof stack);
        helpers_reset();
        machine.program = (const struct rbpf_slot *)(const void *)program;
        machine.registers[1] = size ? CONTEXT : 0;
        machine.registers[2] = (uint64_t)size;
        machine.registers[10] = STACK + RBPF_FRAME_BYTES;
        bool is_patient = !RBPF_BRANCHES_ARE_LIMITED && machine.instructions > PATIENCE;
        if (is_patient) machine.instructions = PATIENCE;
        if (length % 8 || !rbpf_check(&machine)) {
            puts("{\"rejected\":true}");
        } else {
            enum rbpf_trap trap = rbpf_run(&machine);
            if (is_patient && trap == RBPF_INSTRUCTION_BUDGET) puts("{\"trap\":\"NoEnd\"}");
            else answer(&machine, trap);
        }
    }
    for (uint32_t i = 0; i < machine.region_count; i++) free(regions[i].bytes);
    free(program);
    if (!size) free(memory);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    while (fgets(line, sizeof line, stdin)) serve(past_blanks(line));
    return 0;
}
