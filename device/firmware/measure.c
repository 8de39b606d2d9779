/* Counts executed instructions on the emulated device, a line each: of fletcher32 compiled from C, of its preflight and of its run, and of
 * single instructions from dispatch to dispatch; or of its run by what `rbpf compile` makes of it. Under -icount shift=10 the timer goes
 * on by 25.6 ticks an instruction. */
#include "../rbpf.h"
#include "host.h"

#define TIMER ((volatile uint32_t *)0x40000000)
#define STACK 0x10000000u
#define CONTEXT 0x20000000u
#define RESULT 0x5bac8c3du
#define REPEATED 32

extern const uint8_t fletcher32_program[], fletcher32_program_end[], fletcher32_input[], fletcher32_input_end[];
#if RBPF_NATIVE
extern const uint8_t fletcher32_translated[], fletcher32_translated_end[];
#endif
uint64_t native_fletcher32(const void *data, uint64_t length);

static uint32_t stack[2 * RBPF_FRAME_BYTES / 4];
static struct rbpf_frame frames[1];
static uint64_t context[8];
static struct rbpf_slot program[2 * REPEATED + 1];

struct measured {
    const char *name;
    uint32_t head;
    int32_t imm;
};

/* r1 is the address of the context, r3 is 3. */
static const struct measured instructions[] = {
    {"mov64-k", 0x000000b7, 1}, {"mov64-x", 0x000032bf, 0}, {"mov32-k", 0x000000b4, 1}, {"mov32-x", 0x000032bc, 0},
    {"add64-k", 0x00000007, 1}, {"add64-x", 0x0000320f, 0}, {"add32-k", 0x00000004, 1}, {"add32-x", 0x0000320c, 0},
    {"and64-x", 0x0000325f, 0}, {"lsh64-k", 0x00000067, 3}, {"lsh64-x", 0x0000326f, 0}, {"rsh32-k", 0x00000074, 3},
    {"arsh64-x", 0x000032cf, 0}, {"mul64-x", 0x0000322f, 0}, {"div32-x", 0x0000323c, 0}, {"div64-x", 0x0000323f, 0},
    {"neg64", 0x00000087, 0}, {"be64", 0x000000dc, 64}, {"lddw", 0x00000018, 1}, {"jeq64-k not taken", 0x00000315, 7},
    {"jslt32-x not taken", 0x000003ce, 0}, {"ja", 0x00000005, 0}, {"jeq64-k taken", 0x00000315, 3}, {"ldxb", 0x00001271, 0},
    {"ldxh", 0x00001269, 0}, {"ldxw", 0x00001261, 0}, {"ldxdw", 0x00001279, 0}, {"stxb", 0x00003173, 0}, {"stxdw", 0x0000317b, 0},
    {"stdw", 0x0000017a, 1}, {"ldxdw of the stack", 0xfff8a279, 0}, {"stxdw to the stack", 0xfff83a7b, 0},
};

static uint32_t ticks(void) { return UINT32_MAX - TIMER[1]; }

static uint32_t overhead;

static uint32_t since(uint32_t start) { return (uint32_t)((uint64_t)(ticks() - start - overhead) * 40 / 1024); }

static void put_count(const char *name, uint32_t count)
{
    char text[12], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = (char)('0' + count % 10); while (count /= 10);
    host_put(at);
    host_put(" ");
    host_put(name);
    host_put("\n");
}

static struct rbpf_machine machine_of(const void *code, uint32_t bytes, const struct rbpf_region *region)
{
    return (struct rbpf_machine){
        .registers = {[1] = region->start, [2] = region->length, [3] = 3, [10] = STACK + RBPF_FRAME_BYTES},
        .program = code,
        .length = bytes / 8,
        .stack = {STACK, RBPF_FRAME_BYTES, (uint8_t *)stack + RBPF_FRAME_BYTES, RBPF_READ_WRITE},
        .regions = region,
        .region_count = 1,
        .frames = frames,
        .frame_limit = 2,
#if RBPF_BRANCHES_ARE_LIMITED
        .branches = 200,
#endif
    };
}

/* The count of a run of the instruction so many times in a row. */
static uint32_t repeated(const struct measured *measured, uint32_t times)
{
    static const struct rbpf_region region = {CONTEXT, sizeof context, (uint8_t *)context, RBPF_READ_WRITE};
    uint32_t length = 0;
    for (uint32_t i = 0; i < times; i++) {
        program[length++] = (struct rbpf_slot){measured->head, measured->imm};
        if ((measured->head & 0xff) == 0x18) program[length++] = (struct rbpf_slot){0, 0};
    }
    program[length++] = (struct rbpf_slot){0x95, 0};
    struct rbpf_machine machine = machine_of(program, length * 8, &region);
    if (!rbpf_check(&machine)) host_exit(3);
    uint32_t start = ticks();
    enum rbpf_trap trap = rbpf_run(&machine);
    uint32_t count = since(start);
    if (trap) host_exit(4);
    return count;
}

int main(void)
{
    TIMER[2] = UINT32_MAX;
    TIMER[1] = UINT32_MAX;
    TIMER[0] = 1;
    uint32_t start = ticks();
    overhead = ticks() - start;

    uint32_t bytes = (uint32_t)(fletcher32_input_end - fletcher32_input);
    start = ticks();
    uint64_t result = native_fletcher32(fletcher32_input, bytes);
    put_count("native", since(start));
    if (result != RESULT) return 1;

    struct rbpf_region region = {CONTEXT, bytes, (uint8_t *)(uintptr_t)fletcher32_input, RBPF_READ};
    struct rbpf_machine machine = machine_of(fletcher32_program, (uint32_t)(fletcher32_program_end - fletcher32_program), &region);
    start = ticks();
    bool is_accepted = rbpf_check(&machine);
    put_count("check", since(start));
#if RBPF_NATIVE
    machine.native = fletcher32_translated;
    put_count("program", (uint32_t)(fletcher32_translated_end - fletcher32_translated));
#endif
    start = ticks();
    enum rbpf_trap trap = rbpf_run(&machine);
    put_count("run", since(start));
    if (!is_accepted || trap || machine.registers[0] != RESULT) return 2;

    put_count("state", sizeof machine);
    for (uint32_t i = 0; !RBPF_NATIVE && i < sizeof instructions / sizeof *instructions; i++)
        put_count(instructions[i].name, (repeated(&instructions[i], REPEATED) - repeated(&instructions[i], REPEATED / 2)) / (REPEATED / 2));
    return 0;
}
