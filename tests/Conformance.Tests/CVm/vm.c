/* A small VM of the profile rbpf, on a little-endian host, for the harness of spec/vectors/c:
 *
 *     cc -O2 -I ../../../spec/vectors/c ../../../spec/vectors/c/harness.c vm.c -o conformance && ./conformance
 *
 * It passes every vector of the header. -DBUG=n builds it with one mistake:
 *
 *      1  results of 32 bits are sign-extended
 *      2  sdiv divides unsigned
 *      3  jge is taken as jgt
 *      4  an access may end one byte past a region
 *      5  le and be are swapped
 *      6  immediates are not sign-extended
 *      7  shift amounts are not masked, so that large ones give 0
 *      8  nine frames are granted
 *      9  atomic operations do not fetch
 *     10  modulo by zero keeps the destination
 *     11  ldxsb zero-extends
 *     12  201 branches are granted
 *     13  the frame pointer may be written */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef BUG
#define BUG 0
#endif

#define HAS(bug) (BUG == (bug))
#define FRAME 512
#define FRAMES (HAS(8) ? 9 : 8)
#define BRANCHES (HAS(12) ? 201 : 200)
#define R10 10

/* As the harness declares it. */
enum outcome { OK, TRAP, REJECT };

struct slot {
    uint8_t opcode, dst, src;
    int16_t offset;
    int32_t imm;
};

struct vm {
    uint64_t r[11];
    uint8_t *memory;
    size_t memory_length;
    size_t frame; /* the current one, from 0 */
};

struct saved {
    uint64_t r[5]; /* r6 to r10 */
    size_t pc;
};

/* Frames grow downwards and adjoin: frame 0 is the last. */
static uint8_t frames[9][FRAME];

static struct slot slot_at(const uint8_t *program, size_t pc)
{
    const uint8_t *b = program + pc * 8;
    return (struct slot){b[0], b[1] & 15, b[1] >> 4, (int16_t)(b[2] | b[3] << 8),
                         (int32_t)(b[4] | (uint32_t)b[5] << 8 | (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24)};
}

static int is_wide(struct slot s) { return s.opcode == 0x18; }
static int is_x(struct slot s) { return s.opcode & 8; }
static int is_jump(struct slot s) { return (s.opcode & 7) == 5 || (s.opcode & 7) == 6; }
static int is_conditional(struct slot s)
{
    int code = s.opcode >> 4;
    return is_jump(s) && code <= 13 && code != 0 && code != 8 && code != 9;
}
static int is_atomic(struct slot s) { return s.opcode == 0xc3 || s.opcode == 0xdb; }

/* ---- The preflight ---- */

static int alu_is_valid(struct slot s)
{
    int wide = (s.opcode & 7) == 7, code = s.opcode >> 4;
    if (code > 13 || (code == 8 && is_x(s)) || (code == 13 && wide && is_x(s))) return 0;
    if (s.dst > R10 || s.src > R10 || (s.dst == R10 && !HAS(13))) return 0;
    if (code == 13) return !s.src && !s.offset && (s.imm == 16 || s.imm == 32 || s.imm == 64);
    if (code == 8) return !s.src && !s.offset && !s.imm;
    if (is_x(s) ? s.imm : s.src) return 0;
    if (code == 3 || code == 9) return s.offset == 0 || s.offset == 1;
    if (code == 11 && is_x(s)) return !s.offset || s.offset == 8 || s.offset == 16 || (s.offset == 32 && wide);
    return !s.offset;
}

static int memory_is_valid(struct slot s)
{
    int mode = s.opcode & 0xe0, size = s.opcode & 0x18;
    if (s.dst > R10 || s.src > R10) return 0;
    switch (s.opcode & 7) {
    case 1: return (mode == 0x60 || (mode == 0x80 && size != 0x18)) && !s.imm && (s.dst != R10 || HAS(13));
    case 2: return mode == 0x60 && !s.src;
    case 3:
        if (mode == 0x60) return !s.imm;
        if (!is_atomic(s)) return 0;
        if (s.imm == 0xf1) return 1;
        if (s.imm != 0xe1 && (s.imm & ~1) != 0x00 && (s.imm & ~1) != 0x40 && (s.imm & ~1) != 0x50 && (s.imm & ~1) != 0xa0) return 0;
        return !(s.imm & 1) || s.src != R10 || HAS(13);
    }
    return 0;
}

static int jump_is_valid(struct slot s)
{
    switch (s.opcode) {
    case 0x05: return !s.dst && !s.src && !s.imm;
    case 0x06: return !s.dst && !s.src && !s.offset;
    case 0x85: return !s.dst && s.src == 1 && !s.offset; /* No helper is granted. */
    case 0x95: return !s.dst && !s.src && !s.offset && !s.imm;
    }
    return is_conditional(s) && s.dst <= R10 && s.src <= R10 && !(is_x(s) ? s.imm : s.src);
}

static int64_t target(struct slot s, size_t pc)
{
    return (int64_t)pc + 1 + (s.opcode == 0x06 || s.opcode == 0x85 ? s.imm : s.offset);
}

/* Instructions start where none but the first slot of a wide one is before them, from slot 0 on. */
static int starts_at(const uint8_t *program, int64_t index)
{
    int64_t pc = 0;
    while (pc < index) pc += is_wide(slot_at(program, (size_t)pc)) ? 2 : 1;
    return pc == index;
}

static int is_valid(const uint8_t *program, size_t length)
{
    size_t slots = length / 8;
    struct slot last = {0};
    if (length % 8 || !slots) return 0;
    for (size_t pc = 0; pc < slots; pc++) {
        struct slot s = last = slot_at(program, pc);
        if (is_wide(s)) {
            if (++pc == slots || s.src || s.offset || s.dst > R10 || (s.dst == R10 && !HAS(13))) return 0;
            struct slot second = slot_at(program, pc);
            if (second.opcode || second.dst || second.src || second.offset) return 0;
        } else if ((s.opcode & 7) == 4 || (s.opcode & 7) == 7) {
            if (!alu_is_valid(s)) return 0;
        } else if (!is_jump(s)) {
            if (!memory_is_valid(s)) return 0;
        } else {
            if (!jump_is_valid(s)) return 0;
            int64_t to = target(s, pc);
            if (s.opcode != 0x95 && (to < 0 || to >= (int64_t)slots || !starts_at(program, to))) return 0;
        }
    }
    return last.opcode == 0x95 || last.opcode == 0x05 || last.opcode == 0x06;
}

/* ---- The run ---- */

static uint64_t sign_extended(uint64_t value, int bits)
{
    uint64_t sign = 1ull << (bits - 1);
    value &= sign * 2 - 1;
    return (value ^ sign) - sign;
}

static uint64_t swapped(uint64_t value, int bits)
{
    uint64_t result = 0;
    for (int i = 0; i < bits; i += 8) result = result << 8 | (value >> i & 0xff);
    return result;
}

static uint64_t truncated(uint64_t value, int bits) { return bits == 64 ? value : value & ((1ull << bits) - 1); }

static uint64_t operand(const struct vm *vm, struct slot s)
{
    if (is_x(s)) return vm->r[s.src];
    return HAS(6) ? (uint32_t)s.imm : (uint64_t)(int64_t)s.imm;
}

/* The quotient or the remainder of numbers of some bits; the divisor is not 0. */
static uint64_t divided(uint64_t a, uint64_t b, int bits, int is_signed, int is_modulo)
{
    if (HAS(2) && !is_modulo) is_signed = 0;
    if (!is_signed) return is_modulo ? truncated(a, bits) % truncated(b, bits) : truncated(a, bits) / truncated(b, bits);
    int64_t x = (int64_t)(bits == 64 ? a : sign_extended(a, bits)), y = (int64_t)(bits == 64 ? b : sign_extended(b, bits));
    if (y == -1) return is_modulo ? 0 : 0 - (uint64_t)x;
    return (uint64_t)(is_modulo ? x % y : x / y);
}

static enum outcome alu(struct vm *vm, struct slot s)
{
    int bits = (s.opcode & 7) == 7 ? 64 : 32;
    uint64_t a = vm->r[s.dst], b = operand(vm, s), result = 0;
    uint64_t amount = HAS(7) ? truncated(b, bits) : b & (uint64_t)(bits - 1);
    int is_large = amount >= (uint64_t)bits;
    switch (s.opcode >> 4) {
    case 0: result = a + b; break;
    case 1: result = a - b; break;
    case 2: result = a * b; break;
    case 4: result = a | b; break;
    case 5: result = a & b; break;
    case 6: result = is_large ? 0 : a << amount; break;
    case 7: result = is_large ? 0 : truncated(a, bits) >> amount; break;
    case 8: result = 0 - a; break;
    case 10: result = a ^ b; break;
    case 11: result = s.offset ? sign_extended(b, s.offset) : b; break;
    case 12: result = is_large ? 0 : (uint64_t)((int64_t)(bits == 64 ? a : sign_extended(a, 32)) >> amount); break;
    case 3:
    case 9: {
        int is_modulo = s.opcode >> 4 == 9;
        if (truncated(b, bits)) result = divided(a, b, bits, s.offset, is_modulo);
        else if (is_modulo && HAS(10)) result = a;
        else return TRAP;
        break;
    }
    case 13: {
        int swaps = bits == 64 || (is_x(s) != 0) != HAS(5);
        vm->r[s.dst] = swaps ? swapped(a, s.imm) : truncated(a, s.imm);
        return OK;
    }
    }
    vm->r[s.dst] = bits == 64 ? result : HAS(1) ? sign_extended(result, 32) : truncated(result, 32);
    return OK;
}

/* Where an address is, if that many bytes are within one region; else NULL. */
static uint8_t *at(const struct vm *vm, uint64_t address, size_t size)
{
    size_t slack = HAS(4) ? 1 : 0;
    uint64_t offset = address - (uintptr_t)vm->memory;
    if (vm->memory_length && size <= vm->memory_length + slack && offset <= vm->memory_length + slack - size) return vm->memory + offset;
    for (size_t i = 0; i <= vm->frame; i++) {
        uint8_t *frame = frames[8 - i];
        offset = address - (uintptr_t)frame;
        if (offset <= FRAME + slack - size) return frame + offset;
    }
    return NULL;
}

static uint64_t load(const uint8_t *bytes, size_t size)
{
    uint64_t value = 0;
    memcpy(&value, bytes, size);
    return value;
}

static void atomic(struct vm *vm, struct slot s, uint8_t *bytes, size_t size)
{
    uint64_t old = load(bytes, size), with = vm->r[s.src], result = 0;
    switch (s.imm & ~1) {
    case 0x00: result = old + with; break;
    case 0x40: result = old | with; break;
    case 0x50: result = old & with; break;
    case 0xa0: result = old ^ with; break;
    case 0xe0: result = with; break;
    case 0xf0: result = old == truncated(vm->r[0], (int)size * 8) ? with : old; break;
    }
    memcpy(bytes, &result, size);
    if ((s.imm & 1) && !HAS(9)) vm->r[s.imm == 0xf1 ? 0 : s.src] = old;
}

static enum outcome access(struct vm *vm, struct slot s)
{
    static const size_t sizes[] = {4, 2, 1, 8};
    size_t size = sizes[s.opcode >> 3 & 3];
    int is_load = (s.opcode & 7) == 1;
    uint8_t *bytes = at(vm, vm->r[is_load ? s.src : s.dst] + (uint64_t)(int64_t)s.offset, size);
    if (!bytes) return TRAP;
    if (is_load) {
        uint64_t value = load(bytes, size);
        int is_signed = (s.opcode & 0xe0) == 0x80 && !(HAS(11) && size == 1);
        vm->r[s.dst] = is_signed ? sign_extended(value, (int)size * 8) : value;
    } else if (is_atomic(s)) {
        atomic(vm, s, bytes, size);
    } else {
        uint64_t value = (s.opcode & 7) == 2 ? (uint64_t)(int64_t)s.imm : vm->r[s.src];
        if (HAS(6) && (s.opcode & 7) == 2) value = (uint32_t)s.imm;
        memcpy(bytes, &value, size);
    }
    return OK;
}

static int is_taken(const struct vm *vm, struct slot s)
{
    int is_short = (s.opcode & 7) == 6;
    uint64_t a = vm->r[s.dst], b = operand(vm, s);
    if (is_short) a = truncated(a, 32), b = truncated(b, 32);
    int64_t x = is_short ? (int32_t)a : (int64_t)a, y = is_short ? (int32_t)b : (int64_t)b;
    switch (s.opcode >> 4) {
    case 0: return 1;
    case 1: return a == b;
    case 2: return a > b;
    case 3: return HAS(3) ? a > b : a >= b;
    case 4: return (a & b) != 0;
    case 5: return a != b;
    case 6: return x > y;
    case 7: return x >= y;
    case 10: return a < b;
    case 11: return a <= b;
    case 12: return x < y;
    case 13: return x <= y;
    }
    return 0;
}

enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    struct vm vm = {.memory = memory, .memory_length = memory_length};
    struct saved callers[9];
    int branches = BRANCHES;
    (void)stack, (void)stack_length; /* Frames must adjoin: it has all of its own. */
    if (!is_valid(program, program_length)) return REJECT;
    memset(frames, 0, sizeof frames);
    vm.r[1] = (uintptr_t)memory;
    vm.r[2] = memory_length;
    vm.r[R10] = (uintptr_t)frames[8] + FRAME;
    for (size_t pc = 0;; pc++) {
        struct slot s = slot_at(program, pc);
        if (is_wide(s)) {
            vm.r[s.dst] = (uint32_t)s.imm | (uint64_t)(uint32_t)slot_at(program, ++pc).imm << 32;
        } else if ((s.opcode & 7) == 4 || (s.opcode & 7) == 7) {
            if (alu(&vm, s) != OK) return TRAP;
        } else if (!is_jump(s)) {
            if (access(&vm, s) != OK) return TRAP;
        } else if (s.opcode == 0x95) {
            if (!vm.frame) {
                *r0 = vm.r[0];
                return OK;
            }
            memcpy(vm.r + 6, callers[--vm.frame].r, sizeof callers[0].r);
            pc = callers[vm.frame].pc;
        } else if (s.opcode == 0x85 || is_taken(&vm, s)) {
            if (s.opcode == 0x85) {
                if (vm.frame + 1 == (size_t)FRAMES) return TRAP;
                memcpy(callers[vm.frame].r, vm.r + 6, sizeof callers[0].r);
                callers[vm.frame++].pc = pc;
                memset(frames[8 - vm.frame], 0, FRAME);
                vm.r[R10] -= FRAME;
            }
            if (!branches--) return TRAP;
            pc = (size_t)target(s, pc) - 1;
        }
    }
}
