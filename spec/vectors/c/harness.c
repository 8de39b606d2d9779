/* A harness for devices: runs every vector on a VM behind one function, and names each that it does differently.
 * To try it: cc -DRBPF_HARNESS_DEMO harness.c && ./a.out, a VM that refuses everything. */
#include <stdio.h>
#include <string.h>
#include "rbpf_vectors.h"

#define STACK 512
#define MEMORY 1024

enum outcome { OK, TRAP, REJECT };

/* Yours: check and run a program; on OK put r0 into *r0. Memory and stack are granted for reading and writing,
 * the stack is zeroed, and at most 200 branches and local calls may be taken. */
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0);

#ifdef RBPF_HARNESS_DEMO
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    (void)program, (void)program_length, (void)memory, (void)memory_length, (void)stack, (void)stack_length, (void)r0;
    return REJECT;
}
#endif

static const char *const words[] = {"a result", "a trap", "a rejection"};

static int passes(const struct rbpf_vector *v, enum outcome outcome, uint64_t r0)
{
    switch (v->expected) {
    case RBPF_RETURNS: return outcome == OK && r0 == v->r0;
    case RBPF_TRAPS: return outcome == TRAP;
    /* Before it runs: to stop at the instruction is not enough. */
    case RBPF_REJECTED: return outcome == REJECT;
    }
    return 0;
}

int main(void)
{
    static uint8_t memory[MEMORY], stack[STACK];
    int failed = 0;
    for (int i = 0; i < RBPF_VECTORS; i++) {
        const struct rbpf_vector *v = &rbpf_vectors[i];
        uint64_t r0 = 0;
        memset(stack, 0, sizeof stack);
        memcpy(memory, v->memory, v->memory_length);
        enum outcome outcome = vm_run(v->program, v->program_length, v->memory_length ? memory : NULL, v->memory_length,
                                      stack, sizeof stack, &r0);
        if (passes(v, outcome, r0)) continue;
        failed++;
        printf("failed %s, rule %s: %s\n  expected %s", v->name, v->rule, v->purpose, words[v->expected]);
        if (v->expected == RBPF_RETURNS) printf(" 0x%08lx%08lx", (unsigned long)(v->r0 >> 32), (unsigned long)(v->r0 & 0xffffffff));
        printf(", got %s", words[outcome]);
        if (outcome == OK) printf(" 0x%08lx%08lx", (unsigned long)(r0 >> 32), (unsigned long)(r0 & 0xffffffff));
        printf("\n");
    }
    printf("%d vectors: %d passed, %d failed\n", RBPF_VECTORS, RBPF_VECTORS - failed, failed);
    return failed != 0;
}
