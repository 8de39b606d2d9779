/* A machine for rBPF, for microcontrollers: it checks a program, and runs it. Freestanding C11; no memory is allocated.
 *
 *     struct rbpf_machine machine = { .program = …, .length = …, .regions = …, … };
 *     rbpf_start(&machine, context, length);
 *     if (rbpf_check(&machine)) trap = rbpf_run(&machine);
 */
#ifndef RBPF_H
#define RBPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "rbpf_config.h"

/* An address of the program. Addresses of the program are not addresses of the device: a region says where its bytes are. */
typedef uintptr_t rbpf_address;

/* Why a run ended. The pc, the registers and all else are as they were before the instruction that trapped. */
enum rbpf_trap {
    RBPF_NO_TRAP, /* it ended by EXIT: the result is in registers[0] */
    RBPF_ILLEGAL_INSTRUCTION,
    RBPF_PROGRAM_COUNTER_OUTSIDE,
    RBPF_UNKNOWN_HELPER,
    RBPF_MEMORY_ACCESS,
    RBPF_MEMORY_ALIGNMENT,
    RBPF_DIVISION_BY_ZERO,
    RBPF_SIGNED_OVERFLOW,
    RBPF_SHIFT_AMOUNT,
    RBPF_CALL_DEPTH,
    RBPF_BRANCH_BUDGET,
    RBPF_INSTRUCTION_BUDGET,
};

enum rbpf_permission { RBPF_NONE = 0, RBPF_READ = 1, RBPF_WRITE = 2, RBPF_READ_WRITE = 3 };

/* Memory that is granted to the program. Regions do not overlap each other, nor the stack. */
struct rbpf_region {
    rbpf_address start;  /* as the program sees it; start + length does not wrap around */
    rbpf_address length; /* in bytes */
    uint8_t *bytes;      /* where they are on the device */
    uintptr_t permission;
};

/* r6 to r10. */
struct rbpf_kept {
    uint64_t registers[5];
};

/* What a local call keeps for its caller. */
struct rbpf_frame {
    struct rbpf_kept kept;
    uint32_t return_to;
};

/* r0 to r10; and where fields that are not used may hold anything, what these then name. */
#define RBPF_REGISTERS (RBPF_RESERVED_FIELDS_ARE_IGNORED ? 16 : 11)

struct rbpf_machine;

/* A function that the program may call. It finds its arguments in registers[1] to registers[5], and puts its result into
 * registers[0]. It yields RBPF_NO_TRAP if all went well; RBPF_MEMORY_ACCESS, with nothing changed, if rbpf_at refuses it an
 * argument. */
struct rbpf_helper {
    uint32_t id;
    enum rbpf_trap (*call)(struct rbpf_machine *machine);
};

#if RBPF_NATIVE
/* One region, as native code asks for it: how many bytes of it an access of 1, 2, 4 or 8 bytes may begin at; all zero of none.
 * The start stands twice, so that two neighbouring words are a start and a limit. */
struct rbpf_window {
    uint32_t limit1;
    uint32_t start;
    uint32_t limit2;
    uint32_t limit4;
    uint32_t start_again;
    uint32_t limit8;
    uint8_t *bytes;
};
#endif

/* The whole state of a run, and what it was given. */
struct rbpf_machine {
    uint64_t registers[RBPF_REGISTERS];
    const struct rbpf_slot *program; /* a multiple of 4 */
    uint32_t length;                 /* of the program, in slots of 8 bytes */
    uint32_t pc;                     /* in slots: where to begin, and where it ended */
    struct rbpf_region stack; /* the frame of the function that runs; those of its callers lie behind it, here and on the device */
    const struct rbpf_region *regions;
    uint32_t region_count;
    const struct rbpf_helper *helpers;
    uint32_t helper_count;
    struct rbpf_frame *frames; /* one less than frame_limit */
    uint32_t depth;            /* of local calls in progress */
    uint32_t frame_limit;      /* with that of the entry function */
#if RBPF_BRANCHES_ARE_LIMITED
    uint32_t branches; /* that may still be taken, with local calls */
#endif
#if RBPF_FAST
    const struct rbpf_region *recent_load;  /* asked first; one that grants loads, */
    const struct rbpf_region *recent_store; /* and one that grants stores */
#endif
#if RBPF_INSTRUCTIONS_ARE_LIMITED
    uint32_t instructions; /* that may still be executed */
#endif
#if RBPF_NATIVE
#if !RBPF_FAST
    uint32_t unused[2]; /* so that all that follows stands at the same place in every build */
#endif
    struct rbpf_window readable; /* the region that the last load found */
    struct rbpf_window writable; /* the region that the last store found */
    uintptr_t divide;            /* the compiler's division of 64 bits */
    const void *native; /* what `rbpf compile` wrote for the program, a multiple of 4, where it can be executed; NULL: none */
#endif
};

/* Eight bytes of program. */
struct rbpf_slot {
    uint32_t head; /* opcode, dst_reg, src_reg, offset: 8, 4, 4 and 16 bits, the lowest first */
    int32_t imm;
};

/* Whether the program may run from machine->pc on: exactly what the specification's preflight accepts, of the profile and the
 * groups that rbpf_config.h chooses, with the helpers that the machine has. */
bool rbpf_check(const struct rbpf_machine *machine);

/* Runs a program that rbpf_check accepts, until it exits or traps. If RBPF_NATIVE, by native code as far as machine->native has
 * some; machine->instructions is then not asked. */
enum rbpf_trap rbpf_run(struct rbpf_machine *machine);

/* The device's address of some bytes that one region grants to the program; NULL if none does. */
uint8_t *rbpf_bytes(struct rbpf_machine *machine, rbpf_address address, rbpf_address count, uintptr_t permission);

/* The same for helpers, whose counts come from registers. */
static inline uint8_t *rbpf_at(
    struct rbpf_machine *machine, uint64_t address, uint64_t count, enum rbpf_permission permission)
{
    return (rbpf_address)address == address && (rbpf_address)count == count
        ? rbpf_bytes(machine, (rbpf_address)address, (rbpf_address)count, permission)
        : NULL;
}

#endif
