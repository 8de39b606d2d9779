/* Copies between the context and the stack, back and forth, so that regions alternate. */
#include "workload.h"

#define WORDS 32

ENTRY uint64_t copy(volatile uint64_t *context, uint64_t bytes)
{
    volatile uint64_t local[WORDS];
    uint64_t sum = 0;

    for (uint64_t round = 0; round < 100; round++) {
        for (uint64_t i = 0; i < WORDS; i++)
            local[i] = context[i] + round;
        for (uint64_t i = 0; i < WORDS; i++)
            context[i] = local[WORDS - 1 - i];
        sum += context[round % WORDS];
    }
    return sum;
}
