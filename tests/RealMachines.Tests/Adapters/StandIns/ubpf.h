/* The part of uBPF's interface that its adapter uses, with the machine of ../../../../device behind it. */
#ifndef UBPF_H
#define UBPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "stand_in.h"

typedef uint64_t (*ubpf_jit_fn)(void *mem, size_t mem_len);

struct ubpf_vm {
    struct stand_in all;
    void *code;
    size_t length;
    int (*print)(FILE *stream, const char *format, ...);
};

static struct ubpf_vm *ubpf_compiled;

static inline struct ubpf_vm *ubpf_create(void) { return calloc(1, sizeof(struct ubpf_vm)); }

static inline void ubpf_destroy(struct ubpf_vm *vm)
{
    free(vm->code);
    free(vm);
}

static inline bool ubpf_toggle_bounds_check(struct ubpf_vm *vm, bool enable) { return vm && enable; }

static inline void ubpf_set_error_print(struct ubpf_vm *vm, int (*print)(FILE *, const char *, ...)) { vm->print = print; }

static inline int ubpf_set_instruction_limit(struct ubpf_vm *vm, uint32_t limit, uint32_t *previous)
{
    return vm && limit && !previous ? 0 : -1;
}

static inline int ubpf_load(struct ubpf_vm *vm, const void *code, uint32_t length, char **problem)
{
    vm->code = malloc(length + !length);
    memcpy(vm->code, code ? code : "", length);
    vm->length = length;
    stand_in_start(&vm->all, vm->code, length, NULL, 0);
    if (stand_in_accepts(&vm->all, length)) return 0;
    *problem = strdup("the preflight refuses it");
    return -1;
}

static inline int ubpf_exec(const struct ubpf_vm *vm, void *memory, size_t length, uint64_t *r0)
{
    static struct stand_in all;
    stand_in_start(&all, vm->code, vm->length, memory, length);
    enum rbpf_trap trap = rbpf_run(&all.machine);
    if (trap == RBPF_MEMORY_ACCESS) vm->print(stderr, "uBPF error: out of bounds memory load at PC %u", all.machine.pc);
    else if (trap) vm->print(stderr, "uBPF error: trap %d", trap);
    *r0 = all.machine.registers[0];
    return trap ? -1 : 0;
}

static inline uint64_t ubpf_function(void *memory, size_t length)
{
    uint64_t r0 = 0;
    ubpf_exec(ubpf_compiled, memory, length, &r0);
    return r0;
}

static inline ubpf_jit_fn ubpf_compile(struct ubpf_vm *vm, char **problem)
{
    *problem = NULL;
    ubpf_compiled = vm;
    return ubpf_function;
}

#endif
