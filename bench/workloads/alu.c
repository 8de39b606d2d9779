/* Arithmetic alone: xorshift into a murmur hash, as many times as the context says. */
#include "workload.h"

ENTRY uint64_t alu(const uint64_t *context, uint64_t bytes)
{
    uint64_t count = context[0], x = context[1], hash = 0;

    for (uint64_t i = 0; i < count; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        hash ^= x;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdULL;
        hash ^= hash >> 33;
    }
    return hash;
}
