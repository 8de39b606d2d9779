/* Unpacks a program as spec/89-packing.md says, in one pass, without allocation: what a device needs. */
#include "unpack.h"

enum { CODED = 1, LARGE = 2, FIELDS = 4, PARTS = 8, STARTS = 16, REGISTERS = 1, OFFSET = 2, IMMEDIATE = 4, ALL = 7, WHOLE = 0xff };

struct stream {
    const uint8_t *in;
    size_t bits, bit;
    unsigned window, lookahead, head, distance, copying; /* no window: the bytes themselves */
    uint8_t past[256];
};

static int take(struct stream *s, unsigned count) {
    int value = 0;
    if (s->bits - s->bit < count) return -1;
    for (; count > 0; count--, s->bit++) value = value << 1 | (s->in[s->bit / 8] >> (7 - s->bit % 8) & 1);
    return value;
}

static int next(struct stream *s) {
    if (s->window == 0) return take(s, 8);
    int back, more, value = 0, literal = s->copying > 0 ? 0 : take(s, 1);
    if (literal < 0 || (literal && (value = take(s, 8)) < 0)) return -1;
    if (!literal && s->copying == 0) {
        if ((back = take(s, s->window)) < 0 || (more = take(s, s->lookahead)) < 0) return -1;
        s->distance = (unsigned)back + 1, s->copying = (unsigned)more + 1;
    }
    if (!literal) value = s->past[(s->head - s->distance) & 255], s->copying--;
    return s->past[s->head++ & 255] = (uint8_t)value;
}

static int number(struct stream *s, uint32_t most, uint32_t *value) {
    uint64_t sum = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        int byte = next(s);
        if (byte < 0) return 0;
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return *value = (uint32_t)sum, sum <= most;
    }
    return 0;
}

static int fields(int opcode) {
    int immediate = opcode & 8 ? 0 : IMMEDIATE;
    switch (opcode) {
    case 0x00: case 0x06: return IMMEDIATE;
    case 0x05: return OFFSET;
    case 0x84: case 0x87: return REGISTERS;
    case 0x85: case 0xdc: return REGISTERS | IMMEDIATE;
    case 0x95: return 0;
    }
    switch (opcode & 7) {
    case 0: return REGISTERS | IMMEDIATE;
    case 1: return REGISTERS | OFFSET;
    case 2: return ALL;
    case 3: return opcode >= 0xc0 ? ALL : REGISTERS | OFFSET;
    case 5: case 6: return REGISTERS | OFFSET | immediate;
    default: return REGISTERS | immediate;
    }
}

static int slot(struct stream *s, uint8_t *out) {
    int opcode = next(s), registers = 0, set = opcode == WHOLE ? ALL : fields(opcode);
    uint32_t offset = 0, immediate = 0;
    if (opcode == WHOLE) opcode = next(s);
    if (opcode < 0 || (set & REGISTERS && (registers = next(s)) < 0)) return 0;
    if (set & OFFSET && !number(s, 0xffff, &offset)) return 0;
    if (set & IMMEDIATE && !number(s, 0xffffffff, &immediate)) return 0;
    offset = offset >> 1 ^ (0 - (offset & 1)), immediate = immediate >> 1 ^ (0 - (immediate & 1));
    out[0] = (uint8_t)opcode, out[1] = (uint8_t)registers, out[2] = (uint8_t)offset, out[3] = (uint8_t)(offset >> 8);
    for (int i = 0; i < 4; i++) out[4 + i] = (uint8_t)(immediate >> 8 * i);
    return 1;
}

long rbpf_unpack(const uint8_t *in, size_t size, uint8_t *out, size_t room, uint32_t *entry) {
    uint32_t length = *entry = 0, start = 0, slots, at = 0;
    if (size < 5 || size > SIZE_MAX / 8 || in[0] != 'r' || in[1] != 'B' || in[2] != 'P' || in[3] != 'K') return -1;
    const int flags = in[4];
    if (flags > 0x1f || (flags & (CODED | LARGE)) == LARGE || (flags & (FIELDS | PARTS)) == PARTS) return -1;
    struct stream s = {.in = in, .bits = size * 8, .bit = 5 * 8};
    if (!number(&s, room > 0xffffff ? 0x1000000 : (uint32_t)room, &length)) return -1;
    if (flags & STARTS && !number(&s, length < 8 ? 0 : length / 8 - 1, entry)) return -1;
    slots = length / 8;
    if (flags & PARTS && (!number(&s, length, &start) || !number(&s, (length - start) / 8, &slots))) return -1;
    if (!(flags & FIELDS)) slots = 0;
    if (flags & CODED) s.window = flags & LARGE ? 8 : 7, s.lookahead = flags & LARGE ? 4 : 3;
    while (at < length) {
        const int packed = at == start && slots > 0, value = packed ? slot(&s, out + at) - 1 : next(&s);
        if (value < 0) return -1;
        if (packed) at += 8, start += 8, slots--;
        else out[at++] = (uint8_t)value;
    }
    if (s.copying != 0 || s.bits - s.bit >= 8) return -1;
    while (s.bit < s.bits) if (take(&s, 1) != 0) return -1;
    return (long)length;
}
