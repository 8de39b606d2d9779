/* The hybrid machine in C on an emulated device: a program by the native code that data.S includes, and
 * without it. R1 is the address of its input, or ARGUMENT; EXPECTED is its result. */
#include "host.h"
#include "rbpf.h"

#define STACK 0x10000000u
#define CONTEXT 0x20000000u

extern const struct rbpf_slot program[], program_end[];
extern const uint8_t input[], input_end[], code[];

static uint32_t stack[8 * RBPF_FRAME_BYTES / 4];
static struct rbpf_frame frames[7];

static int run(const void *native)
{
    const struct rbpf_region context = {CONTEXT, (uint32_t)(input_end - input), (uint8_t *)input, RBPF_READ};
    struct rbpf_machine machine = {
        .registers = {[1] = ARGUMENT, [2] = (uint32_t)(input_end - input), [10] = STACK + RBPF_FRAME_BYTES},
        .program = program,
        .length = (uint32_t)(program_end - program),
        .stack = {STACK, RBPF_FRAME_BYTES, (uint8_t *)stack + 7 * RBPF_FRAME_BYTES, RBPF_READ_WRITE},
        .regions = &context,
        .region_count = 1,
        .frames = frames,
        .frame_limit = 8,
        .branches = 200,
        .native = native,
    };
    if (!rbpf_check(&machine)) return 1;
    if (rbpf_run(&machine) != RBPF_NO_TRAP) return 2;
    return machine.registers[0] == EXPECTED && machine.branches == LEFT ? 0 : 3;
}

int main(void)
{
    int with = run(code);
    return with ? with : run(NULL);
}
