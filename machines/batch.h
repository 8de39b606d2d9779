/* The batch protocol of docs/protocols.md for a machine in C: a main that reads requests and writes answers.
 *
 * An adapter includes this file, and defines run(): it runs the program and calls exactly one of the functions that answer. */
#ifndef BATCH_H
#define BATCH_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A program and its memory; the memory has `length` bytes, and lies in an allocation of its own, as sanitizers like it. */
struct request {
    uint8_t *program;
    size_t program_length;
    uint8_t *memory;
    size_t length;
};

static void run(const struct request *request);

static inline void returned(uint64_t r0) { printf("{\"r0\":\"0x%" PRIx64 "\"}\n", r0); }

/* Text in quotation marks; of what would end them, or the line, a blank is left. */
static inline void quoted(const char *text)
{
    putchar('"');
    for (; *text; text++) putchar(*text == '"' || *text == '\\' || (unsigned char)*text < ' ' ? ' ' : *text);
    putchar('"');
}

/* It was stopped: a trap of the protocol, or a word of the machine's own, which --traps translates. */
static inline void trapped(const char *name, const char *reason)
{
    printf("{\"trap\":");
    quoted(name);
    printf(",\"reason\":");
    quoted(reason);
    printf("}\n");
}

static inline void rejected(const char *reason) { trapped("Rejected", reason); }

/* The bytes of a member; NULL if it has none, or the line has no such member. */
static uint8_t *bytes_of(const char *line, const char *member, size_t *length)
{
    const char *at = strstr(line, member);
    uint8_t *bytes = NULL;
    *length = 0;
    if (!at || !(at = strchr(at + strlen(member), ':')) || !(at = strchr(at, '"'))) return NULL;
    size_t digits = strspn(++at, "0123456789abcdefABCDEF");
    if (digits < 2 || !(bytes = malloc(digits / 2))) return NULL;
    for (; *length < digits / 2; at += 2) {
        char pair[3] = {at[0], at[1], 0};
        bytes[(*length)++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return bytes;
}

int main(void)
{
    static char line[1 << 22];
    while (fgets(line, sizeof line, stdin)) {
        struct request request;
        request.program = bytes_of(line, "\"program\"", &request.program_length);
        request.memory = bytes_of(line, "\"memory\"", &request.length);
        run(&request);
        fflush(stdout);
        free(request.program);
        free(request.memory);
    }
    return 0;
}

#endif
