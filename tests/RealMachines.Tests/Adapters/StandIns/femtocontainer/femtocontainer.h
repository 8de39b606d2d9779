/* The part of Femto-Containers' interface that its adapter uses, with the machine of ../../../../../device behind it. */
#ifndef FEMTOCONTAINER_H
#define FEMTOCONTAINER_H

#include "../stand_in.h"

#define RBPF_MAGIC_NO 0x72425046

typedef struct __attribute__((packed)) {
    uint32_t magic, version, flags, data_len, rodata_len, text_len, functions;
} rbpf_header_t;

enum {
    FC_OK = 0,
    FC_ILLEGAL_INSTRUCTION = -1,
    FC_ILLEGAL_MEM = -2,
    FC_ILLEGAL_JUMP = -3,
    FC_ILLEGAL_CALL = -4,
    FC_OUT_OF_BRANCHES = -8,
    FC_ILLEGAL_DIV = -9,
};

typedef struct {
    const uint8_t *application;
    size_t application_len;
    uint8_t *stack;
    size_t stack_size;
    struct stand_in all;
} f12r_t;

static inline size_t f12r_text_length(const f12r_t *container)
{
    return ((const rbpf_header_t *)container->application)->text_len;
}

static inline void f12r_setup(f12r_t *container)
{
    stand_in_start(&container->all, container->application + sizeof(rbpf_header_t), f12r_text_length(container), NULL, 0);
}

static inline int f12r_verify_preflight(f12r_t *container)
{
    if (((const rbpf_header_t *)container->application)->magic != RBPF_MAGIC_NO) return FC_ILLEGAL_INSTRUCTION;
    return stand_in_accepts(&container->all, f12r_text_length(container)) ? FC_OK : FC_ILLEGAL_INSTRUCTION;
}

/* As there, r2 is not the length. */
static inline int f12r_execute_ctx(f12r_t *container, void *context, size_t length, int64_t *result)
{
    stand_in_start(
        &container->all, container->application + sizeof(rbpf_header_t), f12r_text_length(container), context, length);
    container->all.machine.registers[2] = 0;
    enum rbpf_trap trap = rbpf_run(&container->all.machine);
    *result = (int64_t)container->all.machine.registers[0];
    switch (trap) {
    case RBPF_NO_TRAP: return FC_OK;
    case RBPF_MEMORY_ACCESS: return FC_ILLEGAL_MEM;
    case RBPF_DIVISION_BY_ZERO: return FC_ILLEGAL_DIV;
    case RBPF_BRANCH_BUDGET: return FC_OUT_OF_BRANCHES;
    default: return FC_ILLEGAL_CALL;
    }
}

#endif
