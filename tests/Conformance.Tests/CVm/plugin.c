/* The machine behind bpf_conformance's plugin protocol, as strict as the plugins that exist: make plugin.
 * A byte is what stands between two blanks; the memory is the first argument; then come --jit, --elf, and nothing else. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "machine.h"

static char text[1 << 22];
static uint8_t input[1 << 20], memory[1 << 18], stack[512];

/* What is no number between blanks is passed over, and two bytes in one word are one byte. */
static size_t bytes(char *words, uint8_t *out)
{
    size_t n = 0;
    for (char *word = strtok(words, " \n"); word; word = strtok(NULL, " \n")) {
        char *end;
        unsigned long value = strtoul(word, &end, 16);
        if (end != word) out[n++] = (uint8_t)value;
    }
    return n;
}

static uint64_t field(const uint8_t *at, int size)
{
    uint64_t value = 0;
    memcpy(&value, at, (size_t)size);
    return value;
}

/* The section .text of an ELF-64 object. */
static const uint8_t *code(const uint8_t *elf, size_t size, size_t *length)
{
    if (size < 64 || memcmp(elf, "\177ELF\2\1\1", 7) || field(elf + 18, 2) != 247) return NULL;
    const uint8_t *sections = elf + field(elf + 40, 8);
    const uint8_t *names = elf + field(sections + 64 * field(elf + 62, 2) + 24, 8);
    for (uint64_t i = 0; i < field(elf + 60, 2); i++) {
        const uint8_t *section = sections + 64 * i;
        if (strcmp((const char *)names + field(section, 4), ".text")) continue;
        *length = field(section + 32, 8);
        return elf + field(section + 24, 8);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int at = 1, is_elf = 0;
    size_t size = 0, length;
    if (at < argc && strncmp(argv[at], "--", 2)) size = bytes(argv[at++], memory);
    if (at < argc && !strcmp(argv[at], "--jit")) at++;
    if (at < argc && !strcmp(argv[at], "--elf")) is_elf = at++;
    if (at < argc) {
        fprintf(stderr, "Invalid arguments: %s\n", argv[at]);
        return 1;
    }
    if (!fgets(text, sizeof text, stdin)) return 1;
    length = bytes(text, input);
    const uint8_t *program = is_elf ? code(input, length, &length) : input;
    uint64_t r0 = 0;
    enum outcome outcome = program ? vm_run(program, length, size ? memory : NULL, size, stack, sizeof stack, &r0) : REJECT;
    if (outcome == REJECT) {
        fprintf(stderr, "Failed to load program: no\n");
        printf("Failed to load code: no\n");
        return 1;
    }
    if (outcome == TRAP) {
        fprintf(stderr, "Failed to execute program\n");
        return 1;
    }
    printf("%" PRIx64 "\n", r0);
    return 0;
}
