/* What a program must be before it runs: spec/60-validity.md. */
#include <string.h>
#include "machine.h"

/* A longer program is rejected as too long. */
#define MOST_SLOTS ((size_t)1 << 17)

/* A bit for each slot at which an instruction starts. */
static uint8_t starts[(1 << 17) / 8];

static int may_write(uint8_t reg) { return reg < R10 || (reg == R10 && HAS(13)); }

static int alu_is_valid(struct slot s)
{
    int wide = (s.opcode & 7) == 7, code = s.opcode >> 4;
    if (code > 13 || (code == 8 && is_x(s)) || (code == 13 && wide && is_x(s))) return 0;
    if (!may_write(s.dst) || s.src > R10) return 0;
    if (code == 13) return !s.src && !s.offset && (s.imm == 16 || s.imm == 32 || s.imm == 64);
    if (code == 8) return !s.src && !s.offset && !s.imm;
    if (is_x(s) ? s.imm : s.src) return 0;
    if (code == 3 || code == 9) return s.offset == 0 || s.offset == 1;
    if (code == 11 && is_x(s)) return !s.offset || s.offset == 8 || s.offset == 16 || (s.offset == 32 && wide);
    return !s.offset;
}

static int atomic_is_valid(struct slot s)
{
    switch (s.imm) {
    case 0x00: case 0x40: case 0x50: case 0xa0: case 0xf1: return 1;
    case 0x01: case 0x41: case 0x51: case 0xa1: case 0xe1: return may_write(s.src);
    }
    return 0;
}

static int memory_is_valid(struct slot s)
{
    int mode = s.opcode & 0xe0, size = s.opcode & 0x18;
    if (s.dst > R10 || s.src > R10) return 0;
    switch (s.opcode & 7) {
    case 1: return (mode == 0x60 || (mode == 0x80 && size != 0x18)) && !s.imm && may_write(s.dst);
    case 2: return mode == 0x60 && !s.src;
    case 3: return mode == 0x60 ? !s.imm : is_atomic(s) && atomic_is_valid(s);
    }
    return 0;
}

static int is_granted(const struct setting *setting, int32_t id)
{
    for (size_t i = 0; i < setting->helper_count; i++) {
        if (setting->helpers[i] == id) return 1;
    }
    return 0;
}

static int leads_to_instruction(int64_t slot, size_t slots)
{
    return slot >= 0 && slot < (int64_t)slots && (starts[slot / 8] >> slot % 8 & 1);
}

static int jump_is_valid(struct slot s, size_t pc, size_t slots, const struct setting *setting)
{
    int code = s.opcode >> 4;
    switch (s.opcode) {
    case 0x05:
        if (s.dst || s.src || s.imm) return 0;
        break;
    case 0x06:
        if (s.dst || s.src || s.offset) return 0;
        break;
    case 0x85:
        if (s.dst || s.offset) return 0;
        if (!s.src) return is_granted(setting, s.imm);
        if (s.src != 1) return 0;
        break;
    case 0x95: return !s.dst && !s.src && !s.offset && !s.imm;
    default:
        if (code == 0 || code == 8 || code == 9 || code > 13) return 0;
        if (s.dst > R10 || s.src > R10 || (is_x(s) ? s.imm : s.src)) return 0;
    }
    return leads_to_instruction(target(s, pc), slots);
}

static int wide_is_valid(struct slot s, struct slot second)
{
    return may_write(s.dst) && !s.src && !s.offset && !second.opcode && !second.dst && !second.src && !second.offset;
}

int preflight(const uint8_t *program, size_t length, const struct setting *setting)
{
    size_t slots = length / 8;
    uint8_t last = 0;
    if (length % 8 || !slots || slots > MOST_SLOTS) return 0;
    memset(starts, 0, sizeof starts);
    for (size_t pc = 0; pc < slots; pc += is_wide(slot_at(program, pc)) ? 2 : 1) {
        starts[pc / 8] |= (uint8_t)(1 << pc % 8);
        last = program[pc * 8];
    }
    if (setting->entry >= slots || !leads_to_instruction((int64_t)setting->entry, slots)) return 0;
    for (size_t pc = 0; pc < slots; pc++) {
        struct slot s = slot_at(program, pc);
        if (is_wide(s)) {
            if (++pc == slots || !wide_is_valid(s, slot_at(program, pc))) return 0;
        } else if (is_alu(s)) {
            if (!alu_is_valid(s)) return 0;
        } else if (!is_jump(s)) {
            if (!memory_is_valid(s)) return 0;
        } else if (!jump_is_valid(s, pc, slots, setting)) {
            return 0;
        }
    }
    return last == 0x95 || last == 0x05 || last == 0x06;
}
