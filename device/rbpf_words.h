/* The arithmetic of words that C has no operator for. */
#ifndef RBPF_WORDS_H
#define RBPF_WORDS_H

#include <stdint.h>
#include "rbpf_config.h"

enum { RBPF_QUOTIENT = 0, RBPF_REMAINDER = 1, RBPF_SIGNED = 2 };

/* Quotient or remainder; signed, of the magnitudes, as SMT-LIB defines it. The divisor is not zero. */
#if !RBPF_FAST
__attribute__((noinline))
#endif
static uint64_t rbpf_division64(uint64_t dividend, uint64_t divisor, uint32_t what)
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

#define rbpf_divide64(dividend, divisor) rbpf_division64(dividend, divisor, RBPF_QUOTIENT)
#define rbpf_modulo64(dividend, divisor) rbpf_division64(dividend, divisor, RBPF_REMAINDER)
#define rbpf_divide_signed64(dividend, divisor) rbpf_division64(dividend, divisor, RBPF_QUOTIENT | RBPF_SIGNED)
#define rbpf_modulo_signed64(dividend, divisor) rbpf_division64(dividend, divisor, RBPF_REMAINDER | RBPF_SIGNED)

/* C leaves the least number by -1 undefined. */
static inline uint32_t rbpf_divide_signed32(uint32_t dividend, uint32_t divisor)
{
    return divisor == UINT32_MAX ? 0 - dividend : (uint32_t)((int32_t)dividend / (int32_t)divisor);
}

static inline uint32_t rbpf_modulo_signed32(uint32_t dividend, uint32_t divisor)
{
    return divisor == UINT32_MAX ? 0 : (uint32_t)((int32_t)dividend % (int32_t)divisor);
}

#endif
