/* A machine that knows what each vector expects, from the harness's own table, and answers so, but for one lie about the
 * vectors whose names begin with a text: LIE and ABOUT of the environment.
 *
 *      1  another result
 *      2  nothing told of traps
 *      3  another kind of trap
 *      4  another slot
 *      5  no outcome that there is
 *      6  it crashes
 *      7  a rejection is told as a trap
 *
 * It insists on what the harness promises of program, memory and stack. */
#include <stdlib.h>
#include "harness.c"

/* Reads words where bytes are promised to be aligned as such. */
static uint64_t folded(const uint8_t *bytes, size_t length)
{
    const uint64_t *words = (const uint64_t *)(const void *)bytes;
    uint64_t all = 0;
    for (size_t i = 0; i < length / 8; i++) all |= words[i];
    return all;
}

static void insist(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "broken: %s\n", what);
    exit(99);
}

enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    const struct rbpf_vector *v = rbpf_vectors;
    while (v->program != program) v++;
    const char *number = getenv("LIE"), *about = getenv("ABOUT");
    int lie = number && about && rbpf_starts_with(v->name, about) ? *number - '0' : 0;
    insist((uintptr_t)program % 8 == 0, "the program is aligned");
    insist((uintptr_t)memory % 8 == 0, "the memory is aligned");
    insist((uintptr_t)stack % 8 == 0, "the stack is aligned");
    insist(program_length == v->program_length && memory_length == v->memory_length, "lengths");
    insist((memory == NULL) == (memory_length == 0), "no memory is NULL");
    insist(!memory_length || !memcmp(memory, v->memory, memory_length), "the memory is the vector's");
    insist(stack_length == 512 && !folded(stack, stack_length), "the stack is zeroed");
    insist(rbpf_told.trap == RBPF_TRAP_NOT_TOLD && !rbpf_told.has_slot, "nothing is told before");
    (void)folded(program, program_length), (void)folded(memory, memory_length);
    if (memory) memset(memory, 0xff, memory_length);
    memset(stack, 0xff, stack_length);

    if (lie == 5) return (enum outcome)7;
    if (lie == 6) abort();
    if (v->expected == RBPF_RETURNS) {
        *r0 = v->r0 ^ (lie == 1);
        return OK;
    }
    if (v->expected == RBPF_REJECTED && lie != 7) return REJECT;
    if (lie != 2) {
        rbpf_told.trap = (enum rbpf_trap)(v->trap + (lie == 3));
        rbpf_told.slot = (uint32_t)v->slot + (lie == 4);
        rbpf_told.has_slot = true;
    }
    return TRAP;
}
