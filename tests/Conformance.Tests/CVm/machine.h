/* A machine of the profile rbpf, of all that the specification asks: preflight.c checks a program, vm.c runs it, helpers.c has the
 * helper functions that vectors use; batch.c and plugin.c speak the protocols. Of C11's library it needs memcpy, memmove and memset.
 *
 * -DRFC9669 builds it for that profile; -DBUG=n builds it with one mistake:
 *
 *      1  results of 32 bits are sign-extended
 *      2  sdiv divides unsigned
 *      3  jge is taken as jgt
 *      4  an access may end one byte past a region
 *      5  le and be are swapped
 *      6  immediates are not sign-extended
 *      7  shift amounts are not masked, so that large ones give 0
 *      8  nine frames are granted
 *      9  atomic operations do not fetch
 *     10  modulo by zero keeps the destination
 *     11  ldxsb zero-extends
 *     12  201 branches are granted
 *     13  the frame pointer may be written */
#ifndef MACHINE_H
#define MACHINE_H

#include <stddef.h>
#include <stdint.h>

#ifndef BUG
#define BUG 0
#endif

#ifdef RFC9669
#define IS_RFC 1
#else
#define IS_RFC 0
#endif

#define HAS(bug) (BUG == (bug))
#define R10 10
#define NO_LIMIT UINT64_MAX
#define BRANCHES (IS_RFC ? NO_LIMIT : HAS(12) ? 201u : 200u)

/* Where stack and context are: addresses of the program's, not the host's. */
#define STACK_ADDRESS 0x10000000u
#define CONTEXT_ADDRESS 0x20000000u

/* As the harness declares it. */
enum outcome { OK, TRAP, REJECT };

enum trap { NO_TRAP, MEMORY_ACCESS, DIVISION_BY_ZERO, CALL_DEPTH, BRANCH_BUDGET, INSTRUCTION_BUDGET };

enum permission { NONE = 0, READ = 1, WRITE = 2, READ_WRITE = 3 };

enum helper {
    PRINTF = 0x01,
    MEMCPY = 0x02,
    STORE_LOCAL = 0x10,
    STORE_GLOBAL = 0x11,
    FETCH_LOCAL = 0x12,
    FETCH_GLOBAL = 0x13,
    NOW_MS = 0x20
};

struct slot {
    uint8_t opcode, dst, src;
    int16_t offset;
    int32_t imm;
};

/* Regions are disjoint, and none wraps around. */
struct region {
    uint64_t address, length;
    enum permission permission;
    uint8_t *bytes; /* never NULL */
};

/* What a host gives to a run. */
struct setting {
    uint8_t *memory; /* the context */
    size_t memory_length;
    const struct region *regions; /* besides stack and context */
    size_t region_count;
    const int32_t *helpers; /* the ids that are granted */
    size_t helper_count;
    uint64_t branches, instructions; /* how many may be taken and executed */
    uint64_t entry;
};

/* How a run ends: after a trap, pc and registers are those before the instruction that trapped. */
struct ending {
    enum outcome outcome;
    enum trap trap;
    size_t pc;
    uint64_t r[11];
};

struct pair {
    uint32_t key, value;
};

/* A store of values by keys. */
struct store {
    struct pair pairs[16];
    size_t count;
};

struct vm {
    const struct setting *setting;
    uint64_t r[11];
    size_t frame; /* the current one, from 0 */
    uint64_t branches, instructions;
    struct store local, global;
};

static inline struct slot slot_at(const uint8_t *program, size_t pc)
{
    const uint8_t *b = program + pc * 8;
    return (struct slot){b[0], b[1] & 15, b[1] >> 4, (int16_t)(b[2] | b[3] << 8),
                         (int32_t)(b[4] | (uint32_t)b[5] << 8 | (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24)};
}

static inline int is_wide(struct slot s) { return s.opcode == 0x18; }
static inline int is_x(struct slot s) { return s.opcode & 8; }
static inline int is_alu(struct slot s) { return (s.opcode & 7) == 4 || (s.opcode & 7) == 7; }
static inline int is_jump(struct slot s) { return (s.opcode & 7) == 5 || (s.opcode & 7) == 6; }
static inline int is_atomic(struct slot s) { return s.opcode == 0xc3 || s.opcode == 0xdb; }

/* The slot that a jump or a local call leads to, from the slot of the instruction. */
static inline int64_t target(struct slot s, size_t pc)
{
    return (int64_t)pc + 1 + (s.opcode == 0x06 || s.opcode == 0x85 ? s.imm : s.offset);
}

/* Whether a program may run. */
int preflight(const uint8_t *program, size_t length, const struct setting *setting);

/* Where an address is, if so many bytes are within one region that permits all that is wanted; else NULL. */
uint8_t *at(const struct vm *vm, uint64_t address, uint64_t size, enum permission wanted);

/* Calls a helper function: its result is in r0 then. */
enum trap help(struct vm *vm, int32_t id);

struct ending machine_run(const uint8_t *program, size_t length, const struct setting *setting);

/* As the harness calls it; the stack is the machine's own. */
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0);

#endif
