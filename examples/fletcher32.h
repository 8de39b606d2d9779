/* The Fletcher-32 checksum. */
#ifndef FLETCHER32_H
#define FLETCHER32_H

#include "rbpf.h"

/* As many words as can be added up before `sum2` could exceed 32 bits. */
#define WORDS_PER_BLOCK 359

static inline u32 fold(u32 sum)
{
    return (sum & 0xffff) + (sum >> 16);
}

/* Of 16-bit little-endian words; the length is in bytes, an odd one does not count. One taken branch per word and few besides. */
static inline u64 fletcher32_of(const u16 *data, u64 length)
{
    u64 words = length / 2;
    u32 sum1 = 0xffff;
    u32 sum2 = 0xffff;

    while (words > 0) {
        u64 block = words > WORDS_PER_BLOCK ? WORDS_PER_BLOCK : words;
        words -= block;
        do {
            sum1 += *data++;
            sum2 += sum1;
        } while (--block);
        sum1 = fold(sum1);
        sum2 = fold(sum2);
    }

    /* The second fold reduces what the first one carried. */
    sum1 = fold(sum1);
    sum2 = fold(sum2);
    return ((u64)sum2 << 16) | sum1;
}

#endif
