#include "rbpf.h"
#include "rbpf_rules.h"

#define OPCODE(head) ((head) & 0xff)
#define DST(head) ((head) >> 8 & 15)
#define SRC(head) ((head) >> 12 & 15)
#define OFFSET(head) ((int32_t)(head) >> 16)

typedef struct __attribute__((packed, may_alias)) { uint16_t value; } half;
typedef struct __attribute__((packed, may_alias)) { uint32_t value; } word;
typedef struct __attribute__((packed, may_alias)) { uint64_t value; } twin;

static uint8_t *bytes_at(const struct rbpf_machine *m, uint64_t wide, rbpf_address count, uint32_t permission)
{
    rbpf_address address = (rbpf_address)wide;
    const struct rbpf_region *region = &m->stack, *next = m->regions, *end = next + m->region_count;
    if (address != wide) return NULL;
    for (;; region = next++) {
        if (rbpf_contains(region->start, region->length, address, count) && (permission & ~region->permission) == 0) break;
        if (next == end) return NULL;
    }
    if (region == &m->stack && (address & (RBPF_FRAME_BYTES - 1)) + count > RBPF_FRAME_BYTES) return NULL;
    return region->bytes + (address - region->start);
}

uint8_t *rbpf_at(const struct rbpf_machine *m, uint64_t address, uint64_t count, enum rbpf_permission permission)
{
    return (rbpf_address)count == count ? bytes_at(m, address, (rbpf_address)count, permission) : NULL;
}

enum rbpf_trap rbpf_run(struct rbpf_machine *m)
{
    uint32_t pc = m->pc;
    for (;;) {
        const struct rbpf_slot *slot = m->program + pc;
        uint32_t head = slot->head, opcode = OPCODE(head);
        uint64_t *dst = &m->registers[DST(head)];
        uint64_t imm = (uint64_t)(int64_t)slot->imm, src = imm;
        m->pc = pc++;
        if ((opcode & 7) >= 4) {
            uint64_t a = *dst;
            if (opcode & 8) src = m->registers[SRC(head)];
            bool is64 = opcode & 1;
            if (!is64) a = (uint64_t)(int64_t)(int32_t)a, src = (uint64_t)(int64_t)(int32_t)src;
            if (((opcode + 1) & 7) < 6 && (opcode & 7) != 5 && (opcode & 7) != 6) {
                uint32_t code = opcode >> 4;
                if (!is64 && (code == 3 || code == 7 || code == 9) && !OFFSET(head)) a = (uint32_t)a, src = (uint32_t)src;
                switch (code) {
                case 0: a = rbpf_add64(a, src); break;
                case 1: a = rbpf_sub64(a, src); break;
                case 2: a = rbpf_mul64(a, src); break;
                case 3:
                case 9:
                    if (src == 0) return RBPF_DIVISION_BY_ZERO;
                    if (code == 3) a = OFFSET(head) ? rbpf_sdiv64(a, src) : rbpf_div64(a, src);
                    else a = OFFSET(head) ? rbpf_smod64(a, src) : rbpf_mod64(a, src);
                    break;
                case 4: a = rbpf_or64(a, src); break;
                case 5: a = rbpf_and64(a, src); break;
                case 6: a = is64 ? rbpf_lsh64(a, src) : rbpf_lsh32(a, src); break;
                case 7: a = is64 ? rbpf_rsh64(a, src) : rbpf_rsh32(a, src); break;
                case 8: a = rbpf_neg64(a, src); break;
                case 10: a = rbpf_xor64(a, src); break;
                case 11:
                    a = src;
                    if (OFFSET(head) == 8) a = rbpf_movsx8to64(a, src);
                    if (OFFSET(head) == 16) a = rbpf_movsx16to64(a, src);
                    if (OFFSET(head) == 32) a = rbpf_movsx32to64(a, src);
                    break;
                case 12: a = is64 ? rbpf_arsh64(a, src) : rbpf_arsh32(a, src); break;
                default: {
                    uint64_t v = *dst;
                    if (opcode != 0xd4) v = rbpf_bswap64(v);
                    uint32_t n = (uint32_t)slot->imm;
                    if (n != 64) { if (opcode != 0xd4) v >>= 64 - n; else if (n == 16) v = (uint16_t)v; else v = (uint32_t)v; }
                    *dst = v;
                    continue;
                }
                }
                if (!is64) a = (uint32_t)a;
                *dst = a;
                continue;
            }
            bool taken;
            int32_t distance = OFFSET(head);
            switch (opcode >> 4) {
            case 0: taken = true; if (!is64) distance = (int32_t)imm; break;
            case 1: taken = rbpf_jeq64(a, src); break;
            case 5: taken = !rbpf_jeq64(a, src); break;
            case 2: taken = rbpf_jgt64(a, src); break;
            case 11: taken = !rbpf_jgt64(a, src); break;
            case 3: taken = rbpf_jge64(a, src); break;
            case 10: taken = !rbpf_jge64(a, src); break;
            case 4: taken = rbpf_jset64(a, src); break;
            case 6: taken = rbpf_jsgt64(a, src); break;
            case 13: taken = !rbpf_jsgt64(a, src); break;
            case 7: taken = rbpf_jsge64(a, src); break;
            case 12: taken = !rbpf_jsge64(a, src); break;
            case 8:
                if (!SRC(head)) {
                    for (uint32_t i = 0;; i++) {
                        if (i == m->helper_count) return RBPF_UNKNOWN_HELPER;
                        if (m->helpers[i].id == (uint32_t)imm) {
                            enum rbpf_trap trap = m->helpers[i].call(m);
                            if (trap) return trap;
                            break;
                        }
                    }
                    continue;
                } else {
                    if (m->depth + 1 >= m->frame_limit) return RBPF_CALL_DEPTH;
                    if (m->branches == 0) return RBPF_BRANCH_BUDGET;
                    struct rbpf_frame *frame = &m->frames[m->depth++];
                    for (int i = 0; i < 4; i++) frame->kept[i] = m->registers[6 + i];
                    frame->frame_pointer = m->registers[10];
                    frame->return_to = pc;
                    m->registers[10] = m->stack.start;
                    m->stack.start -= RBPF_FRAME_BYTES;
                    m->stack.length += RBPF_FRAME_BYTES;
                    m->stack.bytes -= RBPF_FRAME_BYTES;
                    for (uint32_t i = 0; i < RBPF_FRAME_BYTES; i += 4) *(uint32_t *)(void *)(m->stack.bytes + i) = 0;
                    taken = true;
                    distance = (int32_t)imm;
                }
                break;
            default: {
                if (!m->depth) return RBPF_EXITED;
                const struct rbpf_frame *frame = &m->frames[--m->depth];
                for (int i = 0; i < 4; i++) m->registers[6 + i] = frame->kept[i];
                m->registers[10] = frame->frame_pointer;
                pc = frame->return_to;
                m->stack.start += RBPF_FRAME_BYTES;
                m->stack.length -= RBPF_FRAME_BYTES;
                m->stack.bytes += RBPF_FRAME_BYTES;
                continue;
            }
            }
            if (taken) {
                if (m->branches == 0) return RBPF_BRANCH_BUDGET;
                m->branches--;
                pc += (uint32_t)distance;
            }
            continue;
        }
        if (opcode == 0x18) {
            *dst = (uint32_t)imm | (uint64_t)(uint32_t)slot[1].imm << 32;
            pc++;
            continue;
        }
        uint32_t size = opcode >> 3 & 3;
        uint32_t count = size == 3 ? 8 : 4u >> size;
        bool loads = (opcode & 7) == 1;
        if ((opcode & 7) != 2) src = m->registers[SRC(head)];
        uint64_t address = (loads ? src : *dst) + (uint64_t)(int64_t)OFFSET(head);
        uint8_t *at = bytes_at(m, address, count, loads ? RBPF_READ : RBPF_WRITE);
        if (!at) return RBPF_MEMORY_ACCESS;
        if (loads) {
            switch (size) {
            case 0: src = ((word *)(void *)at)->value; if (opcode & 0x80) src = rbpf_movsx32to64(0, src); break;
            case 1: src = ((half *)(void *)at)->value; if (opcode & 0x80) src = rbpf_movsx16to64(0, src); break;
            case 2: src = *at; if (opcode & 0x80) src = rbpf_movsx8to64(0, src); break;
            default: src = ((twin *)(void *)at)->value;
            }
            *dst = src;
        } else {
            switch (size) {
            case 0: ((word *)(void *)at)->value = (uint32_t)src; break;
            case 1: ((half *)(void *)at)->value = (uint16_t)src; break;
            case 2: *at = (uint8_t)src; break;
            default: ((twin *)(void *)at)->value = src;
            }
        }
    }
}
