/* What a machine implements to run the vectors: one function, and one variable that it may set. */
#ifndef RBPF_MACHINE_H
#define RBPF_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outcome { OK, TRAP, REJECT };

/* Yours: check and run a program. On OK, put r0 into *r0. TRAP is a program that was stopped while it ran, REJECT
 * one that was refused before. Memory and stack are granted for reading and writing, the stack is zeroed; program,
 * memory and stack are at multiples of 8. If there is no memory, it is NULL. */
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0);

enum rbpf_trap {
    RBPF_TRAP_NOT_TOLD,
    RBPF_TRAP_ILLEGAL_INSTRUCTION,
    RBPF_TRAP_PROGRAM_COUNTER_OUTSIDE,
    RBPF_TRAP_UNKNOWN_HELPER,
    RBPF_TRAP_MEMORY_ACCESS,
    RBPF_TRAP_MEMORY_ALIGNMENT,
    RBPF_TRAP_DIVISION_BY_ZERO,
    RBPF_TRAP_SIGNED_OVERFLOW,
    RBPF_TRAP_SHIFT_AMOUNT,
    RBPF_TRAP_CALL_DEPTH,
    RBPF_TRAP_BRANCH_BUDGET,
    RBPF_TRAP_INSTRUCTION_BUDGET,
};

/* What a machine tells of a trap, if it can: it is zero before each run, and what is not set is not compared. */
struct rbpf_told {
    enum rbpf_trap trap;
    bool has_slot;
    uint32_t slot; /* of the instruction that trapped; a wide one counts as two slots */
};

extern struct rbpf_told rbpf_told;

#endif
