/* The arithmetic of words for which C has no operator that is defined for all of them. */
#ifndef RBPF_WORDS_H
#define RBPF_WORDS_H

#include <stdint.h>
#include "rbpf_config.h"

enum { RBPF_QUOTIENT = 0, RBPF_REMAINDER = 1, RBPF_SIGNED = 2 };

/* The quotient or remainder of two words of 64 bits, the divisor not zero; of signed ones, by their magnitudes. A function of
 * its own, since it is long, and seldom what a program waits for. */
__attribute__((noinline, unused)) static uint64_t rbpf_division64(uint64_t dividend, uint64_t divisor, uint32_t what)
{
    int64_t sign = 0;
    if (what & RBPF_SIGNED) {
        sign = (int64_t)dividend;
        if (sign < 0) dividend = 0 - dividend;
        if ((int64_t)divisor < 0) {
            divisor = 0 - divisor;
            if (!(what & RBPF_REMAINDER)) sign = ~sign;
        }
    }
    uint64_t quotient = dividend / divisor, remainder = dividend % divisor;
    uint64_t value = what & RBPF_REMAINDER ? remainder : quotient;
    return sign < 0 ? 0 - value : value;
}

static inline uint64_t rbpf_divide64(uint64_t dividend, uint64_t divisor) { return rbpf_division64(dividend, divisor, RBPF_QUOTIENT); }

static inline uint64_t rbpf_modulo64(uint64_t dividend, uint64_t divisor) { return rbpf_division64(dividend, divisor, RBPF_REMAINDER); }

static inline uint64_t rbpf_divide_signed64(uint64_t dividend, uint64_t divisor)
{
    return rbpf_division64(dividend, divisor, RBPF_QUOTIENT | RBPF_SIGNED);
}

static inline uint64_t rbpf_modulo_signed64(uint64_t dividend, uint64_t divisor)
{
    return rbpf_division64(dividend, divisor, RBPF_REMAINDER | RBPF_SIGNED);
}

static inline uint32_t rbpf_divide32(uint32_t dividend, uint32_t divisor) { return dividend / divisor; }

static inline uint32_t rbpf_modulo32(uint32_t dividend, uint32_t divisor) { return dividend % divisor; }

/* C leaves the least number by -1 undefined. */
static inline uint32_t rbpf_divide_signed32(uint32_t dividend, uint32_t divisor)
{
    return divisor == UINT32_MAX ? 0 - dividend : (uint32_t)((int32_t)dividend / (int32_t)divisor);
}

static inline uint32_t rbpf_modulo_signed32(uint32_t dividend, uint32_t divisor)
{
    return divisor == UINT32_MAX ? 0 : (uint32_t)((int32_t)dividend % (int32_t)divisor);
}

/* The bytes in reverse order. */
static inline uint16_t rbpf_reverse16(uint16_t value) { return __builtin_bswap16(value); }

static inline uint32_t rbpf_reverse32(uint32_t value) { return __builtin_bswap32(value); }

static inline uint64_t rbpf_reverse64(uint64_t value) { return __builtin_bswap64(value); }

/* Where an atomic operation leaves its old value: nowhere. */
enum { RBPF_NO_REGISTER = 16 };

#endif
