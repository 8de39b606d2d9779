/* An interpreter in the manner of the small ones for devices: what compilers make of such code is what tests read. */
#include <stdint.h>

struct region {
    uint32_t start, length, permission;
};

struct machine {
    uint64_t r[11];
    uint32_t budget;
    const uint8_t *code;
    struct region regions[4];
};

int grants(const struct machine *m, uint64_t address, uint32_t count, uint32_t permission)
{
    if (address >> 32) return 0;
    for (int i = 0; i < 4; i++) {
        const struct region *g = &m->regions[i];
        if ((uint32_t)address - g->start <= g->length - count && g->length >= count && (g->permission & permission)) return 1;
    }
    return 0;
}

uint64_t compute(uint32_t opcode, int16_t offset, int32_t imm, uint64_t a, uint64_t b)
{
    int wide = (opcode & 7) == 7;
    switch (opcode >> 4) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * b;
    case 3: return !b ? 0 : offset ? (uint64_t)((int64_t)a / (int64_t)b) : wide ? a / b : (uint32_t)a / (uint32_t)b;
    case 4: return a | b;
    case 5: return a & b;
    case 6: return a << (b & (wide ? 63 : 31));
    case 7: return a >> (b & (wide ? 63 : 31));
    case 8: return -a;
    case 9: return !b ? a : wide ? a % b : (uint32_t)a % (uint32_t)b;
    case 10: return a ^ b;
    case 11: return offset == 8 ? (uint64_t)(int8_t)b : offset == 16 ? (uint64_t)(int16_t)b : b;
    case 12: return wide ? (uint64_t)((int64_t)a >> (b & 63)) : (uint64_t)((int32_t)a >> (b & 31));
    case 13: return imm == 16 ? __builtin_bswap16(a) : imm == 32 ? __builtin_bswap32(a) : __builtin_bswap64(a);
    default: return 0;
    }
}

int jumps(uint32_t opcode, uint64_t a, uint64_t b)
{
    int64_t x = (int64_t)a, y = (int64_t)b;
    switch (opcode >> 4) {
    case 0: return 1;
    case 1: return a == b;
    case 2: return a > b;
    case 3: return a >= b;
    case 4: return (a & b) != 0;
    case 5: return a != b;
    case 6: return x > y;
    case 7: return x >= y;
    case 10: return a < b;
    case 11: return a <= b;
    case 12: return x < y;
    default: return x <= y;
    }
}

int run(struct machine *m)
{
    for (uint32_t pc = 0;;) {
        const uint8_t *slot = m->code + 8 * pc++;
        uint32_t opcode = slot[0], dst = slot[1] & 15, src = slot[1] >> 4;
        int16_t offset;
        int32_t imm;
        __builtin_memcpy(&offset, slot + 2, 2);
        __builtin_memcpy(&imm, slot + 4, 4);
        uint64_t a = m->r[dst], b = opcode & 8 ? m->r[src] : (uint64_t)(int64_t)imm;
        if (m->budget-- == 0) return 9;
        if ((opcode & 7) == 7) m->r[dst] = compute(opcode, offset, imm, a, b);
        else if ((opcode & 7) == 4) m->r[dst] = (uint32_t)compute(opcode, offset, imm, (uint32_t)a, (uint32_t)b);
        else if (opcode == 0x95) return 0;
        else if ((opcode & 7) == 5) pc += jumps(opcode, a, b) ? (uint32_t)offset : 0;
        else {
            uint32_t loads = (opcode & 7) == 1, size = opcode >> 3 & 3, count = size == 0 ? 4 : size == 1 ? 2 : size == 2 ? 1 : 8;
            uint64_t address = (loads ? m->r[src] : a) + (uint64_t)(int64_t)offset;
            if (!grants(m, address, count, loads ? 1 : 2)) return 5;
            void *at = (void *)(uintptr_t)address;
            if (!loads) b = (opcode & 7) == 2 ? (uint64_t)(int64_t)imm : m->r[src], __builtin_memcpy(at, &b, count);
            else m->r[dst] = 0, __builtin_memcpy(&m->r[dst], at, count);
        }
    }
}
