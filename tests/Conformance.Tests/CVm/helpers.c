/* The helper functions that vectors use: spec/70-calls.md. */
#include <string.h>
#include "machine.h"

#define LONGEST_FIELD 99

static size_t digits(uint64_t value, uint64_t base)
{
    size_t count = 1;
    while (value >= base) value /= base, count++;
    return count;
}

/* How many characters a number has; letter is the last of the conversion. */
static size_t characters(uint64_t value, char letter, int is_long)
{
    if (letter == 'c') return 1;
    if (letter == 'p') return 2 + digits(value, 16);
    if (letter == 'd' || letter == 'i') {
        int64_t number = is_long ? (int64_t)value : (int32_t)value;
        return number < 0 ? 1 + digits(0 - (uint64_t)number, 10) : digits((uint64_t)number, 10);
    }
    return digits(is_long ? value : (uint32_t)value, letter == 'u' ? 10 : 16);
}

struct text {
    const uint8_t *bytes;
    size_t length;
};

/* The character at a place; 0 from the end on. */
static char character(struct text text, size_t place) { return place < text.length ? (char)text.bytes[place] : 0; }

static int is_one_of(char c, const char *letters)
{
    while (*letters && *letters != c) letters++;
    return *letters != 0;
}

/* How many characters a format prints. */
static size_t printed(struct text format, const uint64_t *numbers)
{
    const uint64_t *end = numbers + 4;
    size_t count = 0, next = 0;
    while (character(format, next)) {
        size_t start = next++, field = 0, size = 1;
        int is_long = 0;
        if (character(format, start) == '%') {
            for (; is_one_of(character(format, next), "0123456789"); next++) {
                field = field * 10 + (size_t)(character(format, next) - '0');
                if (field > LONGEST_FIELD) field = LONGEST_FIELD;
            }
            for (; is_one_of(character(format, next), "lz"); next++) is_long = 1;
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

/* What may be read from an address on, up to the end of its region. */
static struct text text_at(const struct vm *vm, uint64_t address)
{
    struct text text = {at(vm, address, 1, READ), 0};
    while (text.bytes && at(vm, address, text.length + 1, READ)) text.length++;
    return text;
}

static struct pair *pair_of(struct store *store, uint32_t key)
{
    for (size_t i = 0; i < store->count; i++) {
        if (store->pairs[i].key == key) return &store->pairs[i];
    }
    return NULL;
}

static uint64_t put(struct store *store, uint32_t key, uint32_t value)
{
    struct pair *pair = pair_of(store, key);
    if (!pair) {
        if (store->count == sizeof store->pairs / sizeof *store->pairs) return UINT64_MAX;
        pair = &store->pairs[store->count++];
        pair->key = key;
    }
    pair->value = value;
    return 0;
}

enum trap help(struct vm *vm, int32_t id)
{
    const uint64_t *r = vm->r;
    uint64_t result = 0;
    struct store *store = id == STORE_LOCAL || id == FETCH_LOCAL ? &vm->local : &vm->global;
    switch (id) {
    case PRINTF: {
        struct text format = text_at(vm, r[1]);
        if (!format.bytes) return MEMORY_ACCESS;
        result = printed(format, r + 2);
        break;
    }
    case MEMCPY: {
        uint8_t *to = at(vm, r[1], r[3], READ_WRITE);
        const uint8_t *from = at(vm, r[2], r[3], READ);
        if (!to || !from) return MEMORY_ACCESS;
        memmove(to, from, (size_t)r[3]);
        result = r[1];
        break;
    }
    case STORE_LOCAL:
    case STORE_GLOBAL: result = put(store, (uint32_t)r[1], (uint32_t)r[2]); break;
    case FETCH_LOCAL:
    case FETCH_GLOBAL: {
        uint8_t *to = at(vm, r[2], 4, READ_WRITE);
        const struct pair *pair = pair_of(store, (uint32_t)r[1]);
        uint32_t value = pair ? pair->value : 0;
        if (!to) return MEMORY_ACCESS;
        memcpy(to, &value, sizeof value);
        break;
    }
    /* The clock stands still. */
    case NOW_MS: break;
    }
    vm->r[0] = result;
    return NO_TRAP;
}
