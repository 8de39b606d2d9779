#include "rbpf.h"
#include "rbpf_rules.h"

#define OPCODE(head) ((head) & 0xff)
#define DST(head) ((head) >> 8 & 15)
#define SRC(head) ((head) >> 12 & 15)
#define OFFSET(head) ((uint32_t)((int32_t)(head) >> 16))

typedef struct __attribute__((packed, may_alias)) { uint16_t value; } half;
typedef struct __attribute__((packed, may_alias)) { uint32_t value; } word;
typedef struct __attribute__((packed, may_alias)) { uint64_t value; } twin;

#define CODE(head) ((head) >> 4 & 15)
#define IMM(slot) ((uint32_t)(slot)->imm)
#define OPERAND(head) ((head) & 8 ? m->registers[SRC(head)] : (uint64_t)(int64_t)(int32_t)IMM(slot))
#define KEEP(value) __asm__("" : "+r"(value))

struct kept { uint64_t r[5]; };

uint8_t *rbpf_bytes(const struct rbpf_machine *m, rbpf_address address, rbpf_address count, uintptr_t permission)
{
    const struct rbpf_region *region = m->regions, *end = region + m->region_count;
    for (;; region++) {
        if (region == end) region = &m->stack;
        if (rbpf_contains(region->start, region->length, address, count) && (permission & ~region->permission) == 0) break;
        if (region == &m->stack) return NULL;
    }
    if (region == &m->stack && (address & (RBPF_FRAME_BYTES - 1)) + count > RBPF_FRAME_BYTES) return NULL;
    return region->bytes + (address - region->start);
}

enum rbpf_trap rbpf_run(struct rbpf_machine *m)
{
    const struct rbpf_slot *slot = m->program + m->pc;
    enum rbpf_trap trap;
    for (;; slot++) {
        uint32_t head = slot->head;
        uint64_t *dst = &m->registers[DST(head)];
        uint64_t a, b, src;
        uint32_t distance;
        switch (head & 7) {
        case 4: {
            uint64_t value;
            a = *dst, b = OPERAND(head);
            KEEP(head);
            switch (CODE(head)) {
            case 0: value = rbpf_add32(a, b); break;
            case 1: value = rbpf_sub32(a, b); break;
            case 2: value = rbpf_mul32(a, b); break;
            case 3:
            case 9:
                trap = rbpf_div32_trap(a, b);
                if (trap) goto stop;
                if (head & 0x80) value = OFFSET(head) ? rbpf_smod32(a, b) : rbpf_mod32(a, b);
                else value = OFFSET(head) ? rbpf_sdiv32(a, b) : rbpf_div32(a, b);
                break;
            case 4: value = rbpf_or32(a, b); break;
            case 5: value = rbpf_and32(a, b); break;
            case 6: value = rbpf_lsh32(a, b); break;
            case 7: value = rbpf_rsh32(a, b); break;
            case 8: value = rbpf_neg32(a, b); break;
            case 10: value = rbpf_xor32(a, b); break;
            case 11:
                value = rbpf_mov32(a, b);
                if (OFFSET(head) == 8) value = rbpf_movsx8to32(a, b);
                if (OFFSET(head) == 16) value = rbpf_movsx16to32(a, b);
                break;
            case 12: value = rbpf_arsh32(a, b); break;
            case 13:
                if (head & 8) {
            swap:
                    if (IMM(slot) == 16) a = rbpf_be16(a, b);
                    else if (IMM(slot) == 32) a = rbpf_be32(a, b);
                    else a = rbpf_be64(a, b);
                    *dst = a;
                    continue;
                }
                value = rbpf_le64(a, b);
                if (IMM(slot) == 16) value = rbpf_le16(a, b);
                if (IMM(slot) == 32) value = rbpf_le32(a, b);
                *dst = value;
                continue;
            case 14: case 15: goto illegal;
            default: __builtin_unreachable();
            }
            *dst = (uint32_t)value;
            continue;
        }
        case 7:
            a = *dst, b = OPERAND(head);
            KEEP(head);
            switch (CODE(head)) {
            case 0: a = rbpf_add64(a, b); break;
            case 1: a = rbpf_sub64(a, b); break;
            case 2: a = rbpf_mul64(a, b); break;
            case 3:
            case 9:
                trap = rbpf_div64_trap(a, b);
                if (trap) goto stop;
                if (head & 0x80) a = OFFSET(head) ? rbpf_smod64(a, b) : rbpf_mod64(a, b);
                else a = OFFSET(head) ? rbpf_sdiv64(a, b) : rbpf_div64(a, b);
                break;
            case 4: a = rbpf_or64(a, b); break;
            case 5: a = rbpf_and64(a, b); break;
            case 6: a = rbpf_lsh64(a, b); break;
            case 7: a = rbpf_rsh64(a, b); break;
            case 8: a = rbpf_neg64(a, b); break;
            case 10: a = rbpf_xor64(a, b); break;
            case 11:
                a = b;
                if (OFFSET(head) == 8) a = rbpf_movsx8to64(a, b);
                if (OFFSET(head) == 16) a = rbpf_movsx16to64(a, b);
                if (OFFSET(head) == 32) a = rbpf_movsx32to64(a, b);
                break;
            case 12: a = rbpf_arsh64(a, b); break;
            case 13: goto swap;
            case 14: case 15: goto illegal;
            default: __builtin_unreachable();
            }
            *dst = a;
            continue;
        case 6:
            a = *dst, b = OPERAND(head);
            a = (uint64_t)(int64_t)(int32_t)a, b = (uint64_t)(int64_t)(int32_t)b;
            goto compare;
        case 5:
            a = *dst, b = OPERAND(head);
        compare:
            KEEP(head);
            switch (CODE(head)) {
            case 0: distance = head & 1 ? OFFSET(head) : IMM(slot); goto move;
            case 1: if (rbpf_jeq64(a, b)) goto jump; continue;
            case 2: if (rbpf_jgt64(a, b)) goto jump; continue;
            case 3: if (rbpf_jge64(a, b)) goto jump; continue;
            case 4: if (rbpf_jset64(a, b)) goto jump; continue;
            case 5: if (rbpf_jne64(a, b)) goto jump; continue;
            case 6: if (rbpf_jsgt64(a, b)) goto jump; continue;
            case 7: if (rbpf_jsge64(a, b)) goto jump; continue;
            case 10: if (rbpf_jlt64(a, b)) goto jump; continue;
            case 11: if (rbpf_jle64(a, b)) goto jump; continue;
            case 12: if (rbpf_jslt64(a, b)) goto jump; continue;
            case 13: if (rbpf_jsle64(a, b)) goto jump; continue;
            case 8: {
                if (!SRC(head)) {
                    trap = RBPF_UNKNOWN_HELPER;
                    for (uint32_t i = 0; i < m->helper_count; i++) {
                        if (m->helpers[i].id == IMM(slot)) {
                            trap = m->helpers[i].call(m);
                            break;
                        }
                    }
                    if (trap) goto stop;
                    continue;
                }
                trap = RBPF_CALL_DEPTH;
                if (m->depth + 1 >= m->frame_limit) goto stop;
                trap = RBPF_BRANCH_BUDGET;
                if (m->branches == 0) goto stop;
                struct rbpf_frame *frame = &m->frames[m->depth++];
                *(struct kept *)(void*)frame->kept = *(struct kept *)(void*)&m->registers[6];
                frame->return_to = (uint32_t)(slot - m->program);
                m->registers[10] = m->stack.start;
                m->stack.start -= RBPF_FRAME_BYTES;
                m->stack.length += RBPF_FRAME_BYTES;
                m->stack.bytes -= RBPF_FRAME_BYTES;
                for (uint32_t i = 0; i < RBPF_FRAME_BYTES; i += 4) *(uint32_t *)(void *)(m->stack.bytes + i) = 0;
                distance = IMM(slot);
                goto move;
            }
            case 9: {
                trap = RBPF_EXITED;
                if (!m->depth) goto stop;
                const struct rbpf_frame *frame = &m->frames[--m->depth];
                *(struct kept *)(void*)&m->registers[6] = *(struct kept *)(void*)frame->kept;
                slot = m->program + frame->return_to;
                m->stack.start += RBPF_FRAME_BYTES;
                m->stack.length -= RBPF_FRAME_BYTES;
                m->stack.bytes += RBPF_FRAME_BYTES;
                continue;
            }
            case 14: case 15: goto illegal;
            default: __builtin_unreachable();
            }
        jump:
            distance = OFFSET(head);
        move:
            trap = RBPF_BRANCH_BUDGET;
            if (m->branches == 0) goto stop;
            m->branches--;
            slot += (int32_t)distance;
            continue;
        case 0:
            *dst = rbpf_lddw(IMM(slot), (uint32_t)slot[1].imm);
            slot++;
            continue;
        case 1: case 2: case 3: break;
        default: __builtin_unreachable();
        }
        uint32_t mode = head & 7;
        uint32_t permission = RBPF_WRITE;
        a = *dst, src = m->registers[SRC(head)];
        if (mode == 1) a = src, permission = RBPF_READ;
        if (mode == 2) src = (uint64_t)(int64_t)(int32_t)IMM(slot);
        uint32_t size = head >> 3 & 3;
        a += (uint64_t)(int64_t)(int32_t)OFFSET(head);
        trap = RBPF_MEMORY_ACCESS;
        if (a != (rbpf_address)a) goto stop;
        uint8_t *at = rbpf_bytes(m, (rbpf_address)a, size == 3 ? 8 : 4u >> size, permission);
        if (!at) goto stop;
        if (mode == 1) {
            switch (OPCODE(head) >> 3) {
            case 12: *dst = rbpf_ldxw(((word *)(void *)at)->value); break;
            case 13: *dst = rbpf_ldxh(((half *)(void *)at)->value); break;
            case 14: *dst = rbpf_ldxb(*at); break;
            case 15: *dst = rbpf_ldxdw(((twin *)(void *)at)->value); break;
            case 16: *dst = rbpf_ldxsw(((word *)(void *)at)->value); break;
            case 17: *dst = rbpf_ldxsh(((half *)(void *)at)->value); break;
            case 18: *dst = rbpf_ldxsb(*at); break;
            }
        } else {
            switch (size) {
            case 0: ((word *)(void *)at)->value = rbpf_stxw(src); break;
            case 1: ((half *)(void *)at)->value = rbpf_stxh(src); break;
            case 2: *at = rbpf_stxb(src); break;
            default: ((twin *)(void *)at)->value = rbpf_stxdw(src);
            }
        }
    }
illegal:
    trap = RBPF_ILLEGAL_INSTRUCTION;
stop:
    m->pc = (uint32_t)(slot - m->program);
    return trap;
}
