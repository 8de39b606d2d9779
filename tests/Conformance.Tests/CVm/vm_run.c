/* The machine as the harness of spec/vectors/c calls it:
 *
 *     cc -O2 -I ../../../spec/vectors/c/rbpf ../../../spec/vectors/c/harness.c \
 *         vm_run.c vm.c preflight.c helpers.c -o conformance && ./conformance
 *
 * It passes every vector of the header. */
#include "machine.h"

enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    struct setting setting = {.memory = memory, .memory_length = memory_length, .branches = BRANCHES, .instructions = NO_LIMIT};
    struct ending ending = machine_run(program, program_length, &setting);
    (void)stack, (void)stack_length; /* Frames must adjoin: it has all of its own. */
    *r0 = ending.r[0];
    return ending.outcome;
}
