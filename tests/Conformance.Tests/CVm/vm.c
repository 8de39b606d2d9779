/* Runs programs, on a little-endian host; machine.h has the mistakes to build it with. */
#include <string.h>
#include "machine.h"

#define FRAME 512
#define FRAMES (HAS(8) ? 9u : 8u)

struct saved {
    uint64_t r[5]; /* r6 to r10 */
    size_t pc;
};

/* Their addresses adjoin, and go downwards. */
static uint8_t frames[FRAMES][FRAME];

/* The low bits, 1 to 64 of them, with zeros above. */
static uint64_t truncated(uint64_t value, int bits) { return value & ((1ull << (bits - 1)) * 2 - 1); }

/* The same with the sign above. */
static uint64_t sign_extended(uint64_t value, int bits)
{
    uint64_t sign = 1ull << (bits - 1);
    return (truncated(value, bits) ^ sign) - sign;
}

static uint64_t swapped(uint64_t value, int bits)
{
    uint64_t result = 0;
    for (int i = 0; i < bits; i += 8) result = result << 8 | (value >> i & 0xff);
    return result;
}

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
    int64_t x = (int64_t)sign_extended(a, bits), y = (int64_t)sign_extended(b, bits);
    if (y == -1) return is_modulo ? 0 : 0 - (uint64_t)x;
    return (uint64_t)(is_modulo ? x % y : x / y);
}

static enum trap alu(struct vm *vm, struct slot s)
{
    int bits = (s.opcode & 7) == 7 ? 64 : 32, code = s.opcode >> 4;
    uint64_t a = vm->r[s.dst], b = operand(vm, s), result = 0;
    uint64_t amount = b & (uint64_t)(bits - 1);
    if (HAS(7) && (code == 6 || code == 7 || code == 12) && truncated(b, bits) != amount) a = 0;
    switch (code) {
    case 0: result = a + b; break;
    case 1: result = a - b; break;
    case 2: result = a * b; break;
    case 4: result = a | b; break;
    case 5: result = a & b; break;
    case 6: result = a << amount; break;
    case 7: result = truncated(a, bits) >> amount; break;
    case 8: result = 0 - a; break;
    case 10: result = a ^ b; break;
    case 11: result = s.offset ? sign_extended(b, s.offset) : b; break;
    case 12: result = (uint64_t)((int64_t)sign_extended(a, bits) >> amount); break;
    case 3:
    case 9: {
        int is_modulo = code == 9;
        if (truncated(b, bits)) result = divided(a, b, bits, s.offset, is_modulo);
        else if (!IS_RFC && !(is_modulo && HAS(10))) return DIVISION_BY_ZERO;
        else result = is_modulo ? a : 0;
        break;
    }
    case 13: {
        int swaps = bits == 64 || (is_x(s) != 0) != HAS(5);
        vm->r[s.dst] = swaps ? swapped(a, s.imm) : truncated(a, s.imm);
        return NO_TRAP;
    }
    }
    vm->r[s.dst] = HAS(1) ? sign_extended(result, bits) : truncated(result, bits);
    return NO_TRAP;
}

static uint8_t *within(struct region region, uint64_t address, uint64_t size, enum permission wanted)
{
    uint64_t offset = address - region.address;
    region.length += HAS(4) ? 1 : 0;
    return (region.permission & wanted) == wanted && size <= region.length && offset <= region.length - size ? region.bytes + offset : NULL;
}

uint8_t *at(const struct vm *vm, uint64_t address, uint64_t size, enum permission wanted)
{
    const struct setting *setting = vm->setting;
    uint8_t *bytes = NULL;
    for (size_t i = 0; !bytes && i <= vm->frame; i++)
        bytes = within((struct region){STACK_ADDRESS - i * FRAME, FRAME, READ_WRITE, frames[i]}, address, size, wanted);
    if (!bytes && setting->memory_length)
        bytes = within((struct region){CONTEXT_ADDRESS, setting->memory_length, READ_WRITE, setting->memory}, address, size, wanted);
    for (size_t i = 0; !bytes && i < setting->region_count; i++) bytes = within(setting->regions[i], address, size, wanted);
    return bytes;
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

static enum trap access(struct vm *vm, struct slot s)
{
    static const size_t sizes[] = {4, 2, 1, 8};
    size_t size = sizes[s.opcode >> 3 & 3];
    int is_load = (s.opcode & 7) == 1;
    enum permission wanted = is_load ? READ : is_atomic(s) ? READ_WRITE : WRITE;
    uint8_t *bytes = at(vm, vm->r[is_load ? s.src : s.dst] + (uint64_t)(int64_t)s.offset, size, wanted);
    if (!bytes) return MEMORY_ACCESS;
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
    return NO_TRAP;
}

static int is_taken(const struct vm *vm, struct slot s)
{
    int bits = (s.opcode & 7) == 5 ? 64 : 32;
    uint64_t a = truncated(vm->r[s.dst], bits), b = truncated(operand(vm, s), bits);
    int64_t x = (int64_t)sign_extended(a, bits), y = (int64_t)sign_extended(b, bits);
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

/* What an instruction that takes a branch or a call costs. */
static enum trap pay(struct vm *vm)
{
    if (!vm->branches) return BRANCH_BUDGET;
    vm->branches--;
    return NO_TRAP;
}

static enum trap call(struct vm *vm, struct saved *caller, size_t pc)
{
    if (vm->frame + 1 == FRAMES) return CALL_DEPTH;
    if (pay(vm) != NO_TRAP) return BRANCH_BUDGET;
    memcpy(caller->r, vm->r + 6, sizeof caller->r);
    caller->pc = pc;
    vm->frame++;
    memset(frames[vm->frame], 0, FRAME);
    vm->r[R10] -= FRAME;
    return NO_TRAP;
}

static struct ending run(const uint8_t *program, struct vm *vm)
{
    struct saved callers[FRAMES];
    struct ending ending = {.outcome = TRAP};
    for (size_t pc = (size_t)vm->setting->entry;; pc++) {
        struct slot s = slot_at(program, pc);
        ending.pc = pc;
        ending.trap = NO_TRAP;
        if (!vm->instructions) {
            ending.trap = INSTRUCTION_BUDGET;
        } else if (is_wide(s)) {
            vm->r[s.dst] = (uint32_t)s.imm | (uint64_t)(uint32_t)slot_at(program, ++pc).imm << 32;
        } else if (is_alu(s)) {
            ending.trap = alu(vm, s);
        } else if (!is_jump(s)) {
            ending.trap = access(vm, s);
        } else if (s.opcode == 0x95) {
            if (!vm->frame) {
                ending.outcome = OK;
                break;
            }
            vm->frame--;
            memcpy(vm->r + 6, callers[vm->frame].r, sizeof callers[0].r);
            pc = callers[vm->frame].pc;
        } else if (s.opcode == 0x85 && !s.src) {
            ending.trap = help(vm, s.imm);
        } else if (s.opcode == 0x85) {
            ending.trap = call(vm, &callers[vm->frame], pc);
            pc = (size_t)target(s, pc) - 1;
        } else if (is_taken(vm, s)) {
            ending.trap = pay(vm);
            pc = (size_t)target(s, pc) - 1;
        }
        if (ending.trap != NO_TRAP) break;
        vm->instructions--;
    }
    memcpy(ending.r, vm->r, sizeof ending.r);
    return ending;
}

struct ending machine_run(const uint8_t *program, size_t length, const struct setting *setting)
{
    struct vm vm = {.setting = setting, .branches = setting->branches, .instructions = setting->instructions};
    if (!preflight(program, length, setting)) return (struct ending){.outcome = REJECT};
    memset(frames[0], 0, FRAME);
    vm.r[1] = setting->memory_length ? CONTEXT_ADDRESS : 0;
    vm.r[2] = setting->memory_length;
    vm.r[R10] = STACK_ADDRESS + FRAME;
    return run(program, &vm);
}
