#include "machine.h"
#include "../rbpf.h"

#define FRAMES 8
#define STACK 0x10000000u
#define CONTEXT 0x20000000u

static uint32_t stack[FRAMES * RBPF_FRAME_BYTES / 4];
static struct rbpf_frame frames[FRAMES - 1];

int machine_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length, uint64_t *r0, uint32_t *slot)
{
    struct rbpf_region context = {CONTEXT, memory_length, memory, RBPF_READ_WRITE};
    struct rbpf_machine machine = {
        .registers = {[1] = memory_length ? CONTEXT : 0, [2] = memory_length, [10] = STACK + RBPF_FRAME_BYTES},
        .program = (const struct rbpf_slot *)(const void *)program,
        .length = (uint32_t)(program_length / 8),
        .stack = {STACK, RBPF_FRAME_BYTES, (uint8_t *)stack + (FRAMES - 1) * RBPF_FRAME_BYTES, RBPF_READ_WRITE},
        .regions = &context,
        .region_count = memory_length != 0,
        .frames = frames,
        .frame_limit = FRAMES,
#if RBPF_BRANCHES_ARE_LIMITED
        .branches = 200,
#endif
    };
    if (program_length % 8 || !rbpf_check(&machine)) return -1;
    for (size_t i = 0; i < sizeof stack / sizeof *stack; i++) stack[i] = 0;
    enum rbpf_trap trap = rbpf_run(&machine);
    *r0 = machine.registers[0];
    *slot = machine.pc;
    return (int)trap;
}
