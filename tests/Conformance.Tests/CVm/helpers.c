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

static int is_letter(char c, const char *letters)
{
    while (*letters && *letters != c) letters++;
    return *letters != 0;
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

/* How many characters a format of some length prints, up to its first zero. */
static size_t printed(const char *format, size_t length, const uint64_t *numbers)
{
    size_t count = 0, used = 0, next;
    for (size_t i = 0; i < length && format[i]; i = next) {
        size_t field = 0;
        int is_long = 0;
        next = i + 1;
        if (format[i] == '%') {
            for (; next < length && format[next] >= '0' && format[next] <= '9'; next++) {
                field = field * 10 + (size_t)(format[next] - '0');
                if (field > LONGEST_FIELD) field = LONGEST_FIELD;
            }
            for (; next < length && is_letter(format[next], "lz"); next++) is_long = 1;
            if (next == length || !is_letter(format[next], "diuxXcp%")) next = i + 1;
            else if (format[next] == '%') next++, field = 1;
            else if (used == 4) field = ++next - i;
            else {
                size_t size = characters(numbers[used++], format[next++], is_long);
                if (field < size) field = size;
            }
        }
        count += next == i + 1 ? 1 : field;
    }
    return count;
}

/* The region from an address on, up to its end; NULL if its first byte may not be read. */
static const char *text_at(const struct vm *vm, uint64_t address, size_t *length)
{
    const uint8_t *text = at(vm, address, 1, READ);
    for (*length = 1; text && at(vm, address, *length + 1, READ) == text;) ++*length;
    return (const char *)text;
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
        size_t length;
        const char *format = text_at(vm, r[1], &length);
        if (!format) return MEMORY_ACCESS;
        result = printed(format, length, r + 2);
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
