/* How an application of an operating system such as RIOT uses the machine: a program in flash, checked once, run at each event with a
 * context of its own. What is `printf` here is whatever the system has. */
#include <stdio.h>
#include "../rbpf.h"

/* if (r2 < 4) return 0; return *(u32 *)r1 + 1, which clang makes of three lines of C. */
static const struct rbpf_slot program[] = {
    {0x000000b7, 0},    /* mov r0, 0 */
    {0x000202a5, 4},    /* jlt r2, 4, +2 */
    {0x00001061, 0},    /* ldxw r0, [r1] */
    {0x00000007, 1},    /* add r0, 1 */
    {0x00000095, 0},    /* exit */
};

enum { STACK = 0x10000000, CONTEXT = 0x20000000, HELPER_BLINK = 1 };

/* Whatever the device can do for programs. Arguments are in registers[1] to registers[5]; the result goes into registers[0]. */
static enum rbpf_trap blink(struct rbpf_machine *machine)
{
    printf("blink %u times\n", (unsigned)machine->registers[1]);
    machine->registers[0] = 0;
    return RBPF_NO_TRAP;
}

static const struct rbpf_helper helpers[] = {{HELPER_BLINK, blink}};

int main(void)
{
    /* The stack of the program, with one frame; with local calls it has frame_limit of them, and as many rbpf_frame less one. */
    static uint64_t stack[RBPF_FRAME_BYTES / 8];
    uint32_t reading = 41;
    struct rbpf_region context = {CONTEXT, sizeof reading, (uint8_t *)&reading, RBPF_READ_WRITE};
    struct rbpf_machine machine = {
        .registers = {[1] = CONTEXT, [2] = sizeof reading, [10] = STACK + RBPF_FRAME_BYTES},
        .program = program,
        .length = sizeof program / sizeof *program,
        .stack = {STACK, RBPF_FRAME_BYTES, (uint8_t *)stack, RBPF_READ_WRITE},
        .regions = &context,
        .region_count = 1,
        .helpers = helpers,
        .helper_count = 1,
        .frame_limit = 1,
#if RBPF_BRANCHES_ARE_LIMITED
        .branches = 200,
#endif
    };
    if (!rbpf_check(&machine)) {
        puts("the program is refused");
        return 1;
    }
    enum rbpf_trap trap = rbpf_run(&machine);
    if (trap) printf("trap %d at slot %u\n", (int)trap, (unsigned)machine.pc);
    else printf("r0 = %u\n", (unsigned)machine.registers[0]);
    return trap != RBPF_NO_TRAP;
}
