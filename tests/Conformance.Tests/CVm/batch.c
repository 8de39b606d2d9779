/* The VM of vm.c behind the batch protocol: cc -O2 batch.c vm.c -o batch. Vm.c has no names for traps; this says "some trap". */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "wire.h"

static char line[1 << 22], answers[1 << 16];
static uint8_t program[1 << 20], memory[1 << 20], stack[512];

static size_t bytes(const char *name, uint8_t *out)
{
    const char *at = strstr(line, name);
    size_t n = 0;
    for (at = at ? at + strlen(name) : ""; digit(at[0]) >= 0 && digit(at[1]) >= 0; at += 2) out[n++] = (uint8_t)(digit(at[0]) << 4 | digit(at[1]));
    return n;
}

int main(void)
{
    setvbuf(stdout, answers, _IOLBF, sizeof answers);
    while (fgets(line, sizeof line, stdin)) {
        size_t length = bytes("\"program\":\"", program), size = bytes("\"memory\":\"", memory);
        uint64_t r0 = 0;
        memset(stack, 0, sizeof stack);
        enum outcome outcome = vm_run(program, length, size ? memory : NULL, size, stack, sizeof stack, &r0);
        if (outcome == OK) printf("{\"r0\":\"0x%" PRIx64 "\"}\n", r0);
        else puts(outcome == TRAP ? "{\"trap\":\"some trap\"}" : "{\"rejected\":true}");
    }
    return 0;
}
