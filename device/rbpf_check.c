/* The preflight: what a program must satisfy before it runs. */
#include "rbpf.h"

/* Layouts of encodings, as rbpf_rules.h has them in tables. */
#define RBPF_IF(group, layout) ((group) ? (layout) : 0)
#define RBPF_PAIR(even, odd) ((even) | (odd) << 4)
#define RBPF_NO_DST 0x800 /* no layout is zero */
#define RBPF_NO_SRC 0
#define RBPF_SRC_UP_TO(register) ((register) + 1)
#define RBPF_DST 0x10
#define RBPF_OFFSET 0x20
#define RBPF_IMM 0x40
#define RBPF_WIDE 0x80
#define RBPF_SELECTS(how) ((how) << 8)
#define RBPF_MOST_WRITTEN (RBPF_FRAME_POINTER_IS_WRITABLE ? 10 : 9)
#define RBPF_WITH_LAYOUTS
#include "Generated/rbpf_rules.h"

/* Of a program that is right elsewhere, an instruction begins at a slot if its opcode is not 0: second slots have that, and
 * no instruction. */
static bool begins(const struct rbpf_machine *m, uint32_t index)
{
    return index < m->length && (m->program[index].head & 0xff) != 0;
}

static bool is_granted(const struct rbpf_machine *m, uint32_t id)
{
    for (uint32_t i = 0; i < m->helper_count; i++) {
        if (m->helpers[i].id == id) return true;
    }
    return false;
}

#define KEEP(value) __asm__("" : "+r"(value))

bool rbpf_check(const struct rbpf_machine *m)
{
    uint32_t opcode = 0;
    if (!begins(m, m->pc)) return false;
    for (uint32_t index = 0; index < m->length;) {
        const struct rbpf_slot *slot = &m->program[index++];
        uint32_t head = slot->head, imm = (uint32_t)slot->imm, unused = 0;
        opcode = head & 0xff;
        uint32_t layout = rbpf_layouts[rbpf_layout_of[opcode >> 1] >> (opcode & 1) * 4 & 15];
        if (!layout) return false;
        if (!(layout & RBPF_DST)) unused = head & 0xf00;
        else if ((head >> 8 & 15) > (rbpf_writes_dst(opcode & 7) ? RBPF_MOST_WRITTEN : 10)) return false;
        if (!(layout & 15)) unused |= head & 0xf000;
        else if ((head >> 12 & 15) >= (layout & 15)) return false;
        KEEP(head);
        if (!(layout & RBPF_OFFSET)) unused |= head >> 16;
        if (!(layout & RBPF_IMM)) unused |= imm;
        if (unused && !RBPF_RESERVED_FIELDS_ARE_IGNORED) return false;
        if (!rbpf_selects(layout >> 8 & 7, opcode, head >> 12 & 15, head >> 16, imm)) return false;
        if (layout & RBPF_WIDE) {
            /* Its opcode is 0 whatever the profile says of reserved fields: no jump may lead there. */
            if (index == m->length || (slot[1].head & (RBPF_RESERVED_FIELDS_ARE_IGNORED ? 0xff : 0xffffffff))) return false;
            index++;
        }
        KEEP(layout);
        if ((opcode & 7) - 5 > 1 || !(layout & (RBPF_OFFSET | RBPF_IMM))) continue;
        if (layout & RBPF_OFFSET) imm = (uint32_t)((int32_t)head >> 16);
        else if ((layout & 15) && !(head >> 12 & 15)) {
            if (!is_granted(m, imm)) return false;
            continue;
        }
        if (!begins(m, index + imm)) return false;
    }
    return rbpf_may_be_last(opcode);
}
