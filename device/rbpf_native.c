#include "rbpf_native.h"

_Static_assert(sizeof(struct rbpf_machine) <= 160, "the windows stand behind the machine");

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
static void look(struct rbpf_native *native)
{
    static const uint8_t sizes[] = {4, 2, 1, 8};
    const struct rbpf_machine *machine = &native->machine;
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
        show(class == 1 ? &native->readable : &native->writable, region);
    }
}

enum rbpf_trap rbpf_run_native(struct rbpf_native *native, const void *code)
{
    const struct header *header = code;
    uintptr_t start = ((uintptr_t)&header->entries[header->slots] + 3) & ~(uintptr_t)3;
    struct rbpf_machine *machine = &native->machine;
    native->readable = native->writable = (struct rbpf_window){0};
    for (bool left = false;;) {
        uint32_t entry = header->entries[machine->pc];
        if (!left && entry != 0) {
            ((void (*)(struct rbpf_native *, uintptr_t))(start | 1))(native, start + 2 * entry + 1);
            left = true;
            continue;
        }

        /* One instruction by the machine. Of a frame that has gone, nothing is shown any more. */
        look(native);
        uint32_t depth = machine->depth;
        machine->instructions = 1;
        enum rbpf_trap trap = rbpf_run(machine);
        if (trap != RBPF_INSTRUCTION_BUDGET) return trap;
        if (machine->depth != depth) native->readable = native->writable = (struct rbpf_window){0};
        left = false;
    }
}
