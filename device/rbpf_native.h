/* Native code for a program, and the machine for all that it leaves: the hybrid machine. `rbpf compile` writes the code, and
 * proves that it does what the program does; docs/native.md says what it relies on.
 *
 *     static struct rbpf_native native; // native.machine as rbpf_start wants it; see rbpf.h
 *     if (rbpf_check(&native.machine)) trap = rbpf_run_native(&native, code);
 */
#ifndef RBPF_NATIVE_H
#define RBPF_NATIVE_H

#include "rbpf.h"

#if !RBPF_BRANCHES_ARE_LIMITED || !RBPF_INSTRUCTIONS_ARE_LIMITED
#error "the hybrid machine counts branches, and takes single steps: RBPF_BRANCHES_ARE_LIMITED and RBPF_INSTRUCTIONS_ARE_LIMITED"
#endif

/* One region, as native code asks for it: how many bytes of it an access of 1, 2, 4 or 8 bytes may begin at; all zero of none.
 * The start stands twice, so that two neighbouring words are a start and a limit. */
struct rbpf_window {
    uint32_t limit1;
    uint32_t start;
    uint32_t limit2;
    uint32_t limit4;
    uint32_t start_again;
    uint32_t limit8;
    uint8_t *bytes;
};

/* The state that native code works on. Its place is a multiple of 8. */
struct rbpf_native {
    union {
        struct rbpf_machine machine;
        uint64_t room[20]; /* so that the windows stand at the same place in every build */
    };
    struct rbpf_window readable; /* the region that the last load found */
    struct rbpf_window writable; /* the region that the last store found */
};

/* Runs a program that rbpf_check accepts, from machine.pc on, until it exits or traps. `code` is what `rbpf compile` wrote for
 * this program, a multiple of 4, in memory that can be executed. */
enum rbpf_trap rbpf_run_native(struct rbpf_native *native, const void *code);

#endif
