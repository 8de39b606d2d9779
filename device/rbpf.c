/* The machine. What instructions mean is in rbpf_rules.h; here is how they are fetched and dispatched, how memory is granted, and
 * how functions are called. */
#include "rbpf.h"
#include "Generated/rbpf_rules.h"

#define OPCODE(head) ((head) & 0xff)
#define CLASS(head) ((head) & 7)
#define CODE(head) ((head) >> 4 & 15)
#define SIZE(head) ((head) >> 3 & 3)
#define DST(head) ((head) >> 8 & 15)
#define SRC(head) ((head) >> 12 & 15)
#define OFFSET(head) ((uint32_t)((int32_t)(head) >> 16))
#define EXTENDED(word) ((uint64_t)(int64_t)(int32_t)(word))

/* Keeps the compiler from computing before a branch what only some of the places behind it need. */
#define KEEP(value) __asm__("" : "+r"(value))

/* Whether a word can be the address of a region. */
#define IS_ADDRESS(word) (sizeof(rbpf_address) == 8 || (word) >> 32 == 0)

#if RBPF_BRANCHES_ARE_LIMITED
#define BRANCHES(m) ((m)->branches)
#define SET_BRANCHES(m, count) ((m)->branches = (count))
#else
#define BRANCHES(m) 0
#define SET_BRANCHES(m, count) ((void)(m), (void)(count))
#endif

/* What the fast loop does seldom shall take it no registers. */
#if RBPF_FAST
#define OUTSIDE_OF_LOOP __attribute__((noinline))
#else
#define OUTSIDE_OF_LOOP inline
#endif

/* Memory of a program, at any address. */
typedef uint8_t bits8;
typedef struct __attribute__((packed, may_alias)) { uint16_t value; } bits16;
typedef struct __attribute__((packed, may_alias)) { uint32_t value; } bits32;
typedef struct __attribute__((packed, may_alias)) { uint64_t value; } bits64;
#define READ8(at) (*(const uint8_t *)(at))
#define READ16(at) (((const bits16 *)(const void *)(at))->value)
#define READ32(at) (((const bits32 *)(const void *)(at))->value)
#define READ64(at) (((const bits64 *)(const void *)(at))->value)
#define WRITE8(at, word) (*(at) = (word))
#define WRITE16(at, word) (((bits16 *)(void *)(at))->value = (word))
#define WRITE32(at, word) (((bits32 *)(void *)(at))->value = (word))
#define WRITE64(at, word) (((bits64 *)(void *)(at))->value = (word))

/* A region that granted an access is asked first from now on. */
static inline void remember(struct rbpf_machine *m, const struct rbpf_region *region, uintptr_t permission)
{
#if RBPF_FAST
    if (permission & RBPF_READ) m->recent_load = region;
    if (permission & RBPF_WRITE) m->recent_store = region;
#else
    (void)m, (void)region, (void)permission;
#endif
}

uint8_t *rbpf_bytes(struct rbpf_machine *m, rbpf_address address, rbpf_address count, uintptr_t permission)
{
    const struct rbpf_region *region = m->regions, *end = region + m->region_count;
    for (; region < end; region++) {
        if ((permission & ~region->permission) == 0 && rbpf_contains(region->start, region->length, address, count)) {
            remember(m, region, permission);
            return region->bytes + (address - region->start);
        }
    }
    /* The frames in use lie behind each other; bytes of two of them lie in neither. */
    rbpf_address offset = address - m->stack.start;
    if (!rbpf_contains(m->stack.start, (rbpf_address)(m->depth + 1) * RBPF_FRAME_BYTES, address, count)) return NULL;
    if (offset < RBPF_FRAME_BYTES) remember(m, &m->stack, permission);
    return (offset & (RBPF_FRAME_BYTES - 1)) + count <= RBPF_FRAME_BYTES ? m->stack.bytes + offset : NULL;
}

static inline enum rbpf_trap access_trap(uint32_t size, bool is_granted, uint64_t address)
{
#if RBPF_ALIGNMENT_IS_NATURAL
    switch (size) {
    case 0: return rbpf_access32_trap(is_granted, address);
    case 1: return rbpf_access16_trap(is_granted, address);
    case 2: return rbpf_access8_trap(is_granted, address);
    default: return rbpf_access64_trap(is_granted, address);
    }
#else
    (void)size;
    return rbpf_access8_trap(is_granted, address);
#endif
}

static inline enum rbpf_trap call_helper(struct rbpf_machine *m, uint32_t id)
{
    const struct rbpf_helper *helper = m->helpers, *end = helper + m->helper_count;
    for (; helper < end; helper++) {
        if (helper->id == id) return helper->call(m);
    }
    return RBPF_UNKNOWN_HELPER;
}

static inline enum rbpf_trap call_trap(const struct rbpf_machine *m, uint32_t branches)
{
    return m->depth + 1 >= m->frame_limit ? RBPF_CALL_DEPTH : rbpf_branch_trap(branches);
}

/* A frame for a function that is called; its branch is not yet counted. */
static inline void push_frame(struct rbpf_machine *m, uint32_t return_to)
{
    struct rbpf_frame *frame = &m->frames[m->depth++];
    frame->kept = *(const struct rbpf_kept *)(const void *)&m->registers[6];
    frame->return_to = return_to;
    m->registers[10] = m->stack.start;
    m->stack.start -= RBPF_FRAME_BYTES;
    m->stack.bytes -= RBPF_FRAME_BYTES;
    for (uint32_t *word = (uint32_t *)(void *)m->stack.bytes, *end = word + RBPF_FRAME_BYTES / 4; word < end; word++) {
        *word = 0;
        KEEP(word);
    }
}

static inline uint32_t pop_frame(struct rbpf_machine *m)
{
    const struct rbpf_frame *frame = &m->frames[--m->depth];
    *(struct rbpf_kept *)(void *)&m->registers[6] = frame->kept;
    m->stack.start += RBPF_FRAME_BYTES;
    m->stack.bytes += RBPF_FRAME_BYTES;
    return frame->return_to;
}

#if RBPF_ATOMIC32 || RBPF_ATOMIC64
static inline void update(struct rbpf_machine *m, uint32_t head, uint32_t imm, uint8_t *at)
{
    uint64_t src = m->registers[SRC(head)], r0 = m->registers[0], old;
    if (SIZE(head) == 0) {
        uint32_t word = READ32(at);
        WRITE32(at, rbpf_atomic32_by_imm(word, src, r0, imm));
        old = word;
    } else {
        old = READ64(at);
        WRITE64(at, rbpf_atomic64_by_imm(old, src, r0, imm));
    }
    uint32_t fetches_to = rbpf_atomic_fetches_to(SRC(head), imm);
    if (fetches_to != RBPF_NO_REGISTER) m->registers[fetches_to] = old;
}
#endif

/* A load, a store or an atomic operation. */
static OUTSIDE_OF_LOOP enum rbpf_trap access_memory(struct rbpf_machine *m, const struct rbpf_slot *slot)
{
    uint32_t head = slot->head, permission = RBPF_WRITE, size = SIZE(head);
    uint64_t *dst = &m->registers[DST(head)];
    uint64_t a = *dst, b = m->registers[SRC(head)];
    if (CLASS(head) == 1) a = b, permission = RBPF_READ;
    if (CLASS(head) == 2) b = EXTENDED(slot->imm);
#if RBPF_ATOMIC32 || RBPF_ATOMIC64
    if (OPCODE(head) >= 0xc0) permission = RBPF_READ_WRITE;
#endif
    a = rbpf_address_of(a, (uint16_t)OFFSET(head));
    uint8_t *at = NULL;
    if (IS_ADDRESS(a)) at = rbpf_bytes(m, (rbpf_address)a, size == 3 ? 8 : 4u >> size, permission);
    enum rbpf_trap trap = access_trap(size, at != NULL, a);
    if (trap) return trap;
#if RBPF_ATOMIC32 || RBPF_ATOMIC64
    if (permission == RBPF_READ_WRITE) {
        update(m, head, (uint32_t)slot->imm, at);
        return RBPF_NO_TRAP;
    }
#endif
    if (CLASS(head) != 1) {
        switch (size) {
        case 0: WRITE32(at, rbpf_stw(b)); break;
        case 1: WRITE16(at, rbpf_sth(b)); break;
        case 2: WRITE8(at, rbpf_stb(b)); break;
        default: WRITE64(at, rbpf_stdw(b));
        }
        return RBPF_NO_TRAP;
    }
    switch (OPCODE(head) >> 3) {
    case 0x61 >> 3: a = rbpf_ldxw(READ32(at)); break;
    case 0x69 >> 3: a = rbpf_ldxh(READ16(at)); break;
    case 0x71 >> 3: a = rbpf_ldxb(READ8(at)); break;
    case 0x79 >> 3: a = rbpf_ldxdw(READ64(at)); break;
    case 0x81 >> 3: a = rbpf_ldxsw(READ32(at)); break;
    case 0x89 >> 3: a = rbpf_ldxsh(READ16(at)); break;
    default: a = rbpf_ldxsb(READ8(at));
    }
    *dst = a;
    return RBPF_NO_TRAP;
}

#if RBPF_FAST
#include "rbpf_fast.h"
#else
#include "rbpf_small.h"
#endif
