/* The loop of the fast machine, part of rbpf.c: a place of its own for each opcode, and the region that granted the last access asked
 * first. */
#define IMM (uint32_t)slot->imm
#define SOURCE m->registers[SRC(head)]
#define HAS_PLACE1(opcode, rule) [opcode] = &&op_##opcode,
#define HAS_PLACE(opcode, rule, bits) [opcode] = &&op_##opcode,

/* The second operand, and the rest. */
#define ALU(opcode, rule, operand) \
    op_##opcode: { \
        uint64_t a = *dst, b = operand; \
        trap = rbpf_##rule##_trap(a, b); \
        if (trap) goto stop; \
        *dst = rbpf_##rule(a, b); \
        goto next; \
    }
#define ALU_BY_FIELDS(opcode, rule, operand) \
    op_##opcode: { \
        uint64_t a = *dst, b = operand; \
        trap = rbpf_##rule##_trap(a, b, OFFSET(head), IMM); \
        if (trap) goto stop; \
        *dst = rbpf_##rule(a, b, OFFSET(head), IMM); \
        goto next; \
    }
#define ALU_K(opcode, rule) ALU(opcode, rule, EXTENDED(IMM))
#define ALU_X(opcode, rule) ALU(opcode, rule, SOURCE)
#define ALU_KF(opcode, rule) ALU_BY_FIELDS(opcode, rule, EXTENDED(IMM))
#define ALU_XF(opcode, rule) ALU_BY_FIELDS(opcode, rule, SOURCE)

#define JUMP_K(opcode, rule) op_##opcode: if (rbpf_##rule(*dst, EXTENDED(IMM))) goto jump; goto next;
#define JUMP_X(opcode, rule) op_##opcode: if (rbpf_##rule(*dst, SOURCE)) goto jump; goto next;

/* Where some bytes are, into at. */
#define ACCESS(base, bits, wanted) \
    { \
        uint64_t wide = rbpf_address_of(base, (uint16_t)OFFSET(head)); \
        rbpf_address address = (rbpf_address)wide; \
        if (address != wide) at = NULL; \
        else if ((wanted & ~recent->permission) == 0 && rbpf_contains(recent->start, recent->length, address, bits / 8)) \
            at = recent->bytes + (address - recent->start); \
        else at = slow(m, &recent, address, bits / 8, wanted); \
        trap = rbpf_access##bits##_trap(at != NULL, wide); \
        if (trap) goto stop; \
    }
#define LOAD(opcode, rule, bits) \
    op_##opcode: ACCESS(SOURCE, bits, RBPF_READ) *dst = rbpf_##rule(READ##bits(at)); goto next;
#define STORE_K(opcode, rule, bits) \
    op_##opcode: ACCESS(*dst, bits, RBPF_WRITE) WRITE##bits(at, rbpf_##rule(EXTENDED(IMM))); goto next;
#define STORE_X(opcode, rule, bits) \
    op_##opcode: ACCESS(*dst, bits, RBPF_WRITE) WRITE##bits(at, rbpf_##rule(SOURCE)); goto next;

/* Asks all regions, and keeps the one that grants the access. */
static __attribute__((noinline)) uint8_t *slow(
    const struct rbpf_machine *m, const struct rbpf_region **recent, rbpf_address address, rbpf_address count, uintptr_t permission)
{
    const struct rbpf_region *region = m->regions, *end = region + m->region_count;
    for (; region < end; region++) {
        if ((permission & ~region->permission) == 0 && rbpf_contains(region->start, region->length, address, count)) {
            *recent = region;
            return region->bytes + (address - region->start);
        }
    }
    if (rbpf_contains(m->stack.start, RBPF_FRAME_BYTES, address, count)) *recent = &m->stack;
    return rbpf_bytes(m, address, count, permission);
}

/* The table of places says illegal everywhere first. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"

enum rbpf_trap rbpf_run(struct rbpf_machine *m)
{
    static const void *const places[256] = {
        [0 ... 255] = &&illegal,
        RBPF_BASE32_ALU(HAS_PLACE1, HAS_PLACE1, HAS_PLACE1, HAS_PLACE1)
        RBPF_BASE64_ALU(HAS_PLACE1, HAS_PLACE1, HAS_PLACE1, HAS_PLACE1)
        RBPF_DIVMUL32_ALU(HAS_PLACE1, HAS_PLACE1, HAS_PLACE1, HAS_PLACE1)
        RBPF_DIVMUL64_ALU(HAS_PLACE1, HAS_PLACE1, HAS_PLACE1, HAS_PLACE1)
        RBPF_BASE32_JUMP(HAS_PLACE1, HAS_PLACE1, 0, 0)
        RBPF_BASE64_JUMP(HAS_PLACE1, HAS_PLACE1, 0, 0)
        RBPF_BASE32_LOAD(HAS_PLACE, 0, 0, 0)
        RBPF_BASE64_LOAD(HAS_PLACE, 0, 0, 0)
        RBPF_BASE32_STORE(HAS_PLACE, HAS_PLACE, 0, 0)
        RBPF_BASE64_STORE(HAS_PLACE, HAS_PLACE, 0, 0)
        [0x05] = &&ja, [0x06] = &&ja32, [0x85] = &&call, [0x95] = &&leave, [0x18] = &&lddw,
    };
    const struct rbpf_slot *slot = m->program + m->pc;
    const struct rbpf_region *recent = &m->stack;
    enum rbpf_trap trap;
    uint8_t *at;
    uint32_t distance;
    for (;; slot++) {
        uint32_t head = slot->head;
        uint64_t *dst = &m->registers[DST(head)];
#if RBPF_INSTRUCTIONS_ARE_LIMITED
        trap = rbpf_payment_trap(m->instructions);
        if (trap) goto stop;
        m->instructions = rbpf_instructions_left(m->instructions);
#endif
        goto *places[OPCODE(head)];
        RBPF_BASE32_ALU(ALU_K, ALU_X, ALU_KF, ALU_XF)
        RBPF_BASE64_ALU(ALU_K, ALU_X, ALU_KF, ALU_XF)
        RBPF_DIVMUL32_ALU(ALU_K, ALU_X, ALU_KF, ALU_XF)
        RBPF_DIVMUL64_ALU(ALU_K, ALU_X, ALU_KF, ALU_XF)
        RBPF_BASE32_LOAD(LOAD, 0, 0, 0)
        RBPF_BASE64_LOAD(LOAD, 0, 0, 0)
        RBPF_BASE32_STORE(STORE_K, STORE_X, 0, 0)
        RBPF_BASE64_STORE(STORE_K, STORE_X, 0, 0)
        RBPF_BASE32_JUMP(JUMP_K, JUMP_X, 0, 0)
        RBPF_BASE64_JUMP(JUMP_K, JUMP_X, 0, 0)
    lddw:
        *dst = rbpf_lddw(IMM, (uint32_t)slot[1].imm);
        slot++;
        goto next;
    call:
        if (SRC(head) == 0) {
            trap = call_helper(m, IMM);
            if (trap) goto stop;
            goto next;
        }
        trap = call_trap(m);
        if (trap) goto stop;
        push_frame(m, (uint32_t)(slot - m->program));
    ja32:
        distance = IMM;
        goto move;
    leave:
        trap = RBPF_NO_TRAP;
        if (m->depth == 0) goto stop;
        slot = m->program + pop_frame(m);
        goto next;
    ja:
    jump:
        distance = OFFSET(head);
    move:
        trap = branch_trap(m);
        if (trap) goto stop;
        count_branch(m);
        slot += (int32_t)distance;
    next:;
    }
illegal:
    trap = RBPF_ILLEGAL_INSTRUCTION;
stop:
    m->pc = (uint32_t)(slot - m->program);
    return trap;
}

#pragma GCC diagnostic pop
