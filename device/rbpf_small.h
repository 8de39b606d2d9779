/* The loop of the small machine, part of rbpf.c: by class, then by the code of the operation. */
#define IMM (uint32_t)slot->imm
#define OPERAND ((head) & 8 ? m->registers[SRC(head)] : EXTENDED(IMM))

enum rbpf_trap rbpf_run(struct rbpf_machine *m)
{
    const struct rbpf_slot *slot = m->program + m->pc;
    enum rbpf_trap trap;
    for (;; slot++) {
        uint32_t head = slot->head, distance;
        uint64_t *dst = &m->registers[DST(head)], a, b;
#if RBPF_INSTRUCTIONS_ARE_LIMITED
        trap = rbpf_payment_trap(m->instructions);
        if (trap) goto stop;
        m->instructions = rbpf_instructions_left(m->instructions);
#endif
        switch (CLASS(head)) {
        case 4:
            a = *dst, b = OPERAND;
            KEEP(head);
            trap = RBPF_NO_TRAP;
            switch (CODE(head)) {
            case RBPF_CODE_ADD: a = rbpf_add32(a, b); break;
            case RBPF_CODE_SUB: a = rbpf_sub32(a, b); break;
            case RBPF_CODE_OR: a = rbpf_or32(a, b); break;
            case RBPF_CODE_AND: a = rbpf_and32(a, b); break;
            case RBPF_CODE_LSH: trap = rbpf_lsh32_trap(a, b); a = rbpf_lsh32(a, b); break;
            case RBPF_CODE_RSH: trap = rbpf_rsh32_trap(a, b); a = rbpf_rsh32(a, b); break;
            case RBPF_CODE_NEG: a = rbpf_neg32(a, b); break;
            case RBPF_CODE_XOR: a = rbpf_xor32(a, b); break;
            case RBPF_CODE_MOV: a = rbpf_by_fields_bc(a, b, OFFSET(head), 0); break;
            case RBPF_CODE_ARSH: trap = rbpf_arsh32_trap(a, b); a = rbpf_arsh32(a, b); break;
            case RBPF_CODE_LE:
                if (head & 8) goto swap;
                a = rbpf_by_fields_d4(a, b, 0, IMM);
                break;
#if RBPF_DIVMUL32
            case RBPF_CODE_MUL: a = rbpf_mul32(a, b); break;
            case RBPF_CODE_DIV:
                trap = rbpf_by_fields_3c_trap(a, b, OFFSET(head), 0);
                if (trap) goto stop;
                a = rbpf_by_fields_3c(a, b, OFFSET(head), 0);
                break;
            case RBPF_CODE_MOD:
                trap = rbpf_by_fields_9c_trap(a, b, OFFSET(head), 0);
                if (trap) goto stop;
                a = rbpf_by_fields_9c(a, b, OFFSET(head), 0);
                break;
#endif
            default: goto illegal;
            }
            if (trap) goto stop;
            *dst = a;
            continue;
        case 7:
            a = *dst, b = OPERAND;
            KEEP(head);
            trap = RBPF_NO_TRAP;
            switch (CODE(head)) {
#if RBPF_BASE64
            case RBPF_CODE_ADD: a = rbpf_add64(a, b); break;
            case RBPF_CODE_SUB: a = rbpf_sub64(a, b); break;
            case RBPF_CODE_OR: a = rbpf_or64(a, b); break;
            case RBPF_CODE_AND: a = rbpf_and64(a, b); break;
            case RBPF_CODE_LSH: trap = rbpf_lsh64_trap(a, b); a = rbpf_lsh64(a, b); break;
            case RBPF_CODE_RSH: trap = rbpf_rsh64_trap(a, b); a = rbpf_rsh64(a, b); break;
            case RBPF_CODE_NEG: a = rbpf_neg64(a, b); break;
            case RBPF_CODE_XOR: a = rbpf_xor64(a, b); break;
            case RBPF_CODE_MOV: a = rbpf_by_fields_bf(a, b, OFFSET(head), 0); break;
            case RBPF_CODE_ARSH: trap = rbpf_arsh64_trap(a, b); a = rbpf_arsh64(a, b); break;
#endif
#if RBPF_DIVMUL64
            case RBPF_CODE_MUL: a = rbpf_mul64(a, b); break;
            case RBPF_CODE_DIV:
                trap = rbpf_by_fields_3f_trap(a, b, OFFSET(head), 0);
                if (trap) goto stop;
                a = rbpf_by_fields_3f(a, b, OFFSET(head), 0);
                break;
            case RBPF_CODE_MOD:
                trap = rbpf_by_fields_9f_trap(a, b, OFFSET(head), 0);
                if (trap) goto stop;
                a = rbpf_by_fields_9f(a, b, OFFSET(head), 0);
                break;
#endif
            case RBPF_CODE_BSWAP:
            swap:
                a = rbpf_by_fields_dc(a, b, 0, IMM);
                break;
            default: goto illegal;
            }
            if (trap) goto stop;
            *dst = a;
            continue;
        case 6:
            /* Extended by their signs, words are in the same order, signed and unsigned, and have a common bit if they had one. */
            a = EXTENDED(*dst), b = EXTENDED(OPERAND);
            KEEP(head);
            if (CODE(head) != RBPF_CODE_JA) goto compare;
            distance = IMM;
            goto jump;
        case 5:
            a = *dst, b = OPERAND;
            KEEP(head);
        compare:
            distance = OFFSET(head);
            switch (CODE(head)) {
            case RBPF_CODE_JA: goto jump;
            case RBPF_CODE_JEQ: if (rbpf_jeq64(a, b)) goto jump; continue;
            case RBPF_CODE_JGT: if (rbpf_jgt64(a, b)) goto jump; continue;
            case RBPF_CODE_JGE: if (rbpf_jge64(a, b)) goto jump; continue;
            case RBPF_CODE_JSET: if (rbpf_jset64(a, b)) goto jump; continue;
            case RBPF_CODE_JNE: if (rbpf_jne64(a, b)) goto jump; continue;
            case RBPF_CODE_JSGT: if (rbpf_jsgt64(a, b)) goto jump; continue;
            case RBPF_CODE_JSGE: if (rbpf_jsge64(a, b)) goto jump; continue;
            case RBPF_CODE_JLT: if (rbpf_jlt64(a, b)) goto jump; continue;
            case RBPF_CODE_JLE: if (rbpf_jle64(a, b)) goto jump; continue;
            case RBPF_CODE_JSLT: if (rbpf_jslt64(a, b)) goto jump; continue;
            case RBPF_CODE_JSLE: if (rbpf_jsle64(a, b)) goto jump; continue;
            case RBPF_CODE_CALL:
                if (SRC(head) == 0) {
                    trap = call_helper(m, IMM);
                    if (trap) goto stop;
                    continue;
                }
                trap = call_trap(m, BRANCHES(m));
                if (trap) goto stop;
                push_frame(m, (uint32_t)(slot - m->program));
                distance = IMM;
                goto jump;
            case RBPF_CODE_EXIT:
                trap = RBPF_NO_TRAP;
                if (m->depth == 0) goto stop;
                slot = m->program + pop_frame(m);
                continue;
            default: goto illegal;
            }
        jump:
            trap = rbpf_branch_trap(BRANCHES(m));
            if (trap) goto stop;
            SET_BRANCHES(m, rbpf_branches_left(BRANCHES(m)));
            slot += (int32_t)distance;
            continue;
        case 1:
        case 2:
        case 3:
            trap = access_memory(m, slot);
            if (trap) goto stop;
            continue;
        default:
            *dst = rbpf_lddw(IMM, (uint32_t)slot[1].imm);
            slot++;
            continue;
        }
    }
illegal:
    trap = RBPF_ILLEGAL_INSTRUCTION;
stop:
#if RBPF_INSTRUCTIONS_ARE_LIMITED
    /* Of a trap, the state is the one before. */
    if (trap != RBPF_NO_TRAP && trap != RBPF_INSTRUCTION_BUDGET) m->instructions++;
#endif
    m->pc = (uint32_t)(slot - m->program);
    return trap;
}
