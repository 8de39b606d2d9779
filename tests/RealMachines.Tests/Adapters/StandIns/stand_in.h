/* The machine of ../../../../device, as the stand-ins for other machines run it: they have its behaviour behind their interface. */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <stdlib.h>
#include <string.h>
#include "rbpf.h"

#define STAND_IN_STACK 0x10000000u
#define STAND_IN_CONTEXT 0x20000000u

struct stand_in {
    struct rbpf_machine machine;
    struct rbpf_region context;
    struct rbpf_frame frames[7];
    uint32_t stack[8 * RBPF_FRAME_BYTES / 4];
};

/* A machine ready to run a program, which stays where it is. */
static inline void stand_in_start(
    struct stand_in *all, const void *program, size_t program_length, void *memory, size_t length)
{
    memset(all, 0, sizeof *all);
    all->context = (struct rbpf_region){STAND_IN_CONTEXT, length, memory, RBPF_READ_WRITE};
    all->machine = (struct rbpf_machine){
        .registers = {[1] = length ? STAND_IN_CONTEXT : 0, [2] = length, [10] = STAND_IN_STACK + RBPF_FRAME_BYTES},
        .program = program, .length = (uint32_t)(program_length / 8),
        .stack = {STAND_IN_STACK, RBPF_FRAME_BYTES, (uint8_t *)all->stack + 7 * RBPF_FRAME_BYTES, RBPF_READ_WRITE},
        .regions = &all->context, .region_count = 1,
        .frames = all->frames, .frame_limit = 8, .branches = 200,
    };
}

/* What the preflight says; a length that is no number of slots is none of its questions. */
static inline bool stand_in_accepts(const struct stand_in *all, size_t program_length)
{
    return program_length && program_length % 8 == 0 && rbpf_check(&all->machine);
}

#endif
