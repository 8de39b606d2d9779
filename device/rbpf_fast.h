/* The loop of the fast machine, part of rbpf.c: a place of its own for each opcode, and the regions that granted the last load and the
 * last store asked first. */
#define IMM (uint32_t)slot->imm
#define SOURCE m->registers[SRC(head)]

/* What programs do most often ends apart from the others, with which the compiler would let it share its last instructions: additions
 * and moves. */
#define APART(opcode) \
    if (((opcode) & 0xf0) == 0) __asm__ volatile("" : : "i"(opcode));

/* The second operand is the immediate or a register; where fields select the operation, they go with it. */
#define ALU(opcode, rule, operand) \
    case opcode: { \
        uint64_t a = *dst, b = operand; \
        trap = rbpf_##rule##_trap(a, b); \
        if (trap) goto stop; \
        *dst = rbpf_##rule(a, b); \
        APART(opcode) \
        continue; \
    }
#define ALU_BY_FIELDS(opcode, rule, operand) \
    case opcode: { \
        uint64_t a = *dst, b = operand; \
        trap = rbpf_##rule##_trap(a, b, OFFSET(head), IMM); \
        if (trap) goto stop; \
        *dst = rbpf_##rule(a, b, OFFSET(head), IMM); \
        continue; \
    }
#define ALU_K(opcode, rule) ALU(opcode, rule, EXTENDED(IMM))
#define ALU_X(opcode, rule) ALU(opcode, rule, SOURCE)
#define ALU_KF(opcode, rule) ALU_BY_FIELDS(opcode, rule, EXTENDED(IMM))
#define ALU_XF(opcode, rule) ALU_BY_FIELDS(opcode, rule, SOURCE)

#define JUMP(opcode, rule, operand) \
    case opcode: { \
        uint64_t a = *dst, b = operand; \
        if (rbpf_##rule(a, b)) break; \
        continue; \
    }
#define JUMP_K(opcode, rule) JUMP(opcode, rule, EXTENDED(IMM))
#define JUMP_X(opcode, rule) JUMP(opcode, rule, SOURCE)

/* Where some bytes are, if the region that was asked last grants them; else the instruction is executed in the general way. */
#define QUICK(recent, base, bits) \
    uint64_t wide = rbpf_address_of(base, (uint16_t)OFFSET(head)); \
    rbpf_address address = (rbpf_address)wide; \
    const struct rbpf_region *region = m->recent; \
    if (!IS_ADDRESS(wide)) goto memory; \
    if (!rbpf_contains(region->start, region->length, address, bits / 8)) goto memory; \
    if (RBPF_ALIGNMENT_IS_NATURAL && rbpf_access##bits##_trap(true, wide)) goto memory; \
    uint8_t *at = region->bytes + (address - region->start);
#define LOAD(opcode, rule, bits) \
    case opcode: { \
        QUICK(recent_load, SOURCE, bits) \
        *dst = rbpf_##rule(READ##bits(at)); \
        continue; \
    }
#define STORE(opcode, rule, bits, operand) \
    case opcode: { \
        QUICK(recent_store, *dst, bits) \
        WRITE##bits(at, rbpf_##rule(operand)); \
        continue; \
    }
#define STORE_K(opcode, rule, bits) STORE(opcode, rule, bits, EXTENDED(IMM))
#define STORE_X(opcode, rule, bits) STORE(opcode, rule, bits, SOURCE)

enum rbpf_trap rbpf_run(struct rbpf_machine *m)
{
    const struct rbpf_slot *slot = m->program + m->pc - 1;
    enum rbpf_trap trap;
    uint32_t distance;
    uint32_t branches = BRANCHES(m);
    m->recent_load = m->recent_store = &m->stack;
    for (;;) {
        slot++;
        uint32_t head = slot->head;
        KEEP(slot);
        uint64_t *dst = &m->registers[DST(head)];
        KEEP(dst);
#if RBPF_INSTRUCTIONS_ARE_LIMITED
        trap = rbpf_payment_trap(m->instructions);
        if (trap) goto stop;
        m->instructions = rbpf_instructions_left(m->instructions);
#endif
        switch (OPCODE(head)) {
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
#if RBPF_ATOMIC32
        case 0xc3:
#endif
#if RBPF_ATOMIC64
        case 0xdb:
#endif
        memory:
            trap = access_memory(m, slot);
            if (trap) goto stop;
            continue;
        case 0x18:
            *dst = rbpf_lddw(IMM, (uint32_t)slot[1].imm);
            slot++;
            continue;
        case 0x85:
            if (SRC(head) == 0) {
                trap = call_helper(m, IMM);
                if (trap) goto stop;
                continue;
            }
            trap = call_trap(m, branches);
            if (trap) goto stop;
            push_frame(m, (uint32_t)(slot - m->program));
            distance = IMM;
            goto move;
        case 0x95:
            trap = RBPF_NO_TRAP;
            if (m->depth == 0) goto stop;
            slot = m->program + pop_frame(m);
            continue;
        case 0x06:
            distance = IMM;
            goto move;
        /* The table begins with it, so that no opcode needs a subtraction. */
        case 0x00:
            trap = RBPF_ILLEGAL_INSTRUCTION;
            KEEP(trap);
            goto stop;
        default:
            trap = RBPF_ILLEGAL_INSTRUCTION;
            goto stop;
        case 0x05:
            break;
        }
        distance = OFFSET(head);
    move:
        trap = rbpf_branch_trap(branches);
        if (trap) goto stop;
        branches = rbpf_branches_left(branches);
        slot += (int32_t)distance;
    }
stop:
#if RBPF_INSTRUCTIONS_ARE_LIMITED
    /* Of a trap, the state is the one before. */
    if (trap != RBPF_NO_TRAP && trap != RBPF_INSTRUCTION_BUDGET) m->instructions++;
#endif
    SET_BRANCHES(m, branches);
    m->pc = (uint32_t)(slot - m->program);
    return trap;
}
