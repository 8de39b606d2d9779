/* The machine with native code: rbpf_run runs what `rbpf compile` made of a program, and by rbpf.c, which is part of this file, what
 * that leaves. docs/native.md says what native code relies on. Compile this instead of rbpf.c, and all with -DRBPF_NATIVE=1. */
#include "rbpf.h"

#define rbpf_run rbpf_interpret
static enum rbpf_trap rbpf_interpret(struct rbpf_machine *machine);
#include "rbpf.c"
#undef rbpf_run

#if !RBPF_NATIVE
#error "native code has a place in the state of the machine only if RBPF_NATIVE is 1, here and wherever rbpf.h is included"
#endif

_Static_assert(offsetof(struct rbpf_machine, readable) == 160, "native code knows where the windows are");

/* What native code calls to divide; quotient in r0 and r1, remainder in r2 and r3. */
void __aeabi_uldivmod(void);

/* What `rbpf compile` writes: "rBT1", the number of slots, the bytes of code, and for each slot where it may be entered. */
struct header {
    uint32_t magic;
    uint32_t slots;
    uint32_t length;
    uint16_t entries[];
};

/* No offset of an instruction leads from one end of the addresses into a region at the other. */
enum { MARGIN = 0x8000 };

static uint32_t limit(const struct rbpf_region *region, uint32_t count)
{
    return region->length < count ? 0 : region->length - count + 1;
}

static void show(struct rbpf_window *window, const struct rbpf_region *region)
{
    if (region->start < MARGIN || region->length > UINT32_MAX - MARGIN + 1 - region->start) return;
    *window = (struct rbpf_window){
        limit(region, 1), region->start, limit(region, 2), limit(region, 4), region->start, limit(region, 8), region->bytes};
}

/* The region of an access that native code left to the machine is shown to the next ones. */
static void look(struct rbpf_machine *machine)
{
    static const uint8_t sizes[] = {4, 2, 1, 8};
    uint32_t head = machine->program[machine->pc].head;
    uint32_t class = head & 7;
    if (class < 1 || class > 3) return;
    uint32_t permission = class == 1 ? RBPF_READ : RBPF_WRITE;
    uint64_t address = machine->registers[class == 1 ? head >> 12 & 15 : head >> 8 & 15] + (uint64_t)(int64_t)(int16_t)(head >> 16);
    uint32_t count = sizes[head >> 3 & 3];
    for (uint32_t i = 0; i <= machine->region_count; i++) {
        const struct rbpf_region *region = i == 0 ? &machine->stack : &machine->regions[i - 1];
        if ((region->permission & permission) != permission) continue;
        if (region->length < count || address - region->start > region->length - count) continue;
        show(class == 1 ? &machine->readable : &machine->writable, region);
    }
}

/* With no native code, the machine goes on alone; the number of instructions is a detail of single steps. */
static enum rbpf_trap interpret(struct rbpf_machine *machine)
{
    enum rbpf_trap trap;
    do {
        machine->instructions = UINT32_MAX;
        trap = rbpf_interpret(machine);
    } while (trap == RBPF_INSTRUCTION_BUDGET);
    return trap;
}

enum rbpf_trap rbpf_run(struct rbpf_machine *machine)
{
    const struct header *header = machine->native;
    if (header == NULL) return interpret(machine);
    uintptr_t start = ((uintptr_t)&header->entries[header->slots] + 3) & ~(uintptr_t)3;
    machine->readable = machine->writable = (struct rbpf_window){0};
    for (uint32_t i = machine->region_count; i-- > 0;) {
        if (machine->regions[i].permission & RBPF_READ) show(&machine->readable, &machine->regions[i]);
        if (machine->regions[i].permission & RBPF_WRITE) show(&machine->writable, &machine->regions[i]);
    }

    machine->divide = (uintptr_t)__aeabi_uldivmod;
    for (bool left = false;;) {
        uint32_t entry = header->entries[machine->pc];
        if (!left && entry != 0) {
            ((void (*)(struct rbpf_machine *, uintptr_t))(start | 1))(machine, start + 2 * entry + 1);
            left = true;
            continue;
        }

        /* One instruction by the machine. Of a frame that has gone, nothing is shown any more. */
        look(machine);
        uint32_t depth = machine->depth;
        machine->instructions = 1;
        enum rbpf_trap trap = rbpf_interpret(machine);
        if (trap != RBPF_INSTRUCTION_BUDGET) return trap;
        if (machine->depth != depth) machine->readable = machine->writable = (struct rbpf_window){0};
        left = false;
    }
}
