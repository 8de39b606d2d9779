#include "helpers.h"
#include <string.h>

#define LONGEST_FIELD 99

struct pair {
    uint32_t key, value;
};

/* A store of values by keys. */
struct store {
    struct pair pairs[16];
    size_t count;
};

struct text {
    const uint8_t *bytes;
    size_t length;
};

static struct store local, global;

void helpers_reset(void) { local.count = global.count = 0; }

static size_t digits(uint64_t value, uint64_t base)
{
    size_t count = 1;
    while (value >= base) value /= base, count++;
    return count;
}

/* How many characters a number has; letter is the last of the conversion. */
static size_t characters(uint64_t value, char letter, bool is_long)
{
    if (letter == 'c') return 1;
    if (letter == 'p') return 2 + digits(value, 16);
    if (letter == 'd' || letter == 'i') {
        int64_t number = is_long ? (int64_t)value : (int32_t)(uint32_t)value;
        return number < 0 ? 1 + digits(0 - (uint64_t)number, 10) : digits((uint64_t)number, 10);
    }
    return digits(is_long ? value : (uint32_t)value, letter == 'u' ? 10 : 16);
}

/* The character at a place; 0 from the end on. */
static char character(struct text text, size_t place) { return place < text.length ? (char)text.bytes[place] : 0; }

static bool is_one_of(char c, const char *letters) { return c && strchr(letters, c); }

/* How many characters a format prints. */
static size_t printed(struct text format, const uint64_t *numbers)
{
    const uint64_t *end = numbers + 4;
    size_t count = 0, next = 0;
    while (character(format, next)) {
        size_t start = next++, field = 0, size = 1;
        bool is_long = false;
        if (character(format, start) == '%') {
            for (; is_one_of(character(format, next), "0123456789"); next++) {
                field = field * 10 + (size_t)(character(format, next) - '0');
                if (field > LONGEST_FIELD) field = LONGEST_FIELD;
            }
            for (; is_one_of(character(format, next), "lz"); next++) is_long = true;
            char letter = character(format, next++);
            if (!is_one_of(letter, "diuxXcp%")) {
                next = start + 1;
            } else if (letter != '%') {
                size = next - start;
                if (numbers != end) {
                    size = characters(*numbers++, letter, is_long);
                    if (size < field) size = field;
                }
            }
        }
        count += size;
    }
    return count;
}

static enum rbpf_trap print(struct rbpf_machine *m)
{
    uint64_t *r = m->registers;
    struct text format = {rbpf_at(m, r[1], 1, RBPF_READ), 0};
    if (!format.bytes) return RBPF_MEMORY_ACCESS;
    while (rbpf_at(m, r[1], format.length + 1, RBPF_READ)) format.length++;
    r[0] = printed(format, r + 2);
    return RBPF_NO_TRAP;
}

static enum rbpf_trap copy(struct rbpf_machine *m)
{
    uint64_t *r = m->registers;
    uint8_t *to = rbpf_at(m, r[1], r[3], RBPF_READ_WRITE);
    const uint8_t *from = rbpf_at(m, r[2], r[3], RBPF_READ);
    if (!to || !from) return RBPF_MEMORY_ACCESS;
    memmove(to, from, (size_t)r[3]);
    r[0] = r[1];
    return RBPF_NO_TRAP;
}

static struct pair *pair_of(struct store *store, uint64_t key)
{
    for (size_t i = 0; i < store->count; i++) {
        if (store->pairs[i].key == (uint32_t)key) return &store->pairs[i];
    }
    return NULL;
}

static enum rbpf_trap put(struct rbpf_machine *m, struct store *store)
{
    uint64_t *r = m->registers;
    struct pair *pair = pair_of(store, r[1]);
    if (!pair && store->count < sizeof store->pairs / sizeof *store->pairs) pair = &store->pairs[store->count++];
    if (pair) *pair = (struct pair){(uint32_t)r[1], (uint32_t)r[2]};
    r[0] = pair ? 0 : UINT64_MAX;
    return RBPF_NO_TRAP;
}

static enum rbpf_trap fetch(struct rbpf_machine *m, struct store *store)
{
    uint64_t *r = m->registers;
    uint8_t *to = rbpf_at(m, r[2], 4, RBPF_READ_WRITE);
    const struct pair *pair = pair_of(store, r[1]);
    uint32_t value = pair ? pair->value : 0;
    if (!to) return RBPF_MEMORY_ACCESS;
    memcpy(to, &value, sizeof value);
    r[0] = 0;
    return RBPF_NO_TRAP;
}

static enum rbpf_trap store_local(struct rbpf_machine *m) { return put(m, &local); }
static enum rbpf_trap store_global(struct rbpf_machine *m) { return put(m, &global); }
static enum rbpf_trap fetch_local(struct rbpf_machine *m) { return fetch(m, &local); }
static enum rbpf_trap fetch_global(struct rbpf_machine *m) { return fetch(m, &global); }

/* The clock stands still. */
static enum rbpf_trap now(struct rbpf_machine *m)
{
    m->registers[0] = 0;
    return RBPF_NO_TRAP;
}

const struct rbpf_helper all_helpers[HELPER_COUNT] = {
    {0x01, print}, {0x02, copy}, {0x10, store_local}, {0x11, store_global}, {0x12, fetch_local}, {0x13, fetch_global}, {0x20, now},
};
