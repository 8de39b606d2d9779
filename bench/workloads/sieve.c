/* The number of primes below the size of the context, which is the sieve. */
#include "workload.h"

ENTRY uint64_t sieve(uint8_t *flags, uint64_t size)
{
    uint64_t count = 0;

    for (uint64_t i = 0; i < size; i++)
        flags[i] = 1;
    for (uint64_t i = 2; i < size; i++) {
        if (!flags[i])
            continue;
        count++;
        for (uint64_t j = i * i; j < size; j += i)
            flags[j] = 0;
    }
    return count;
}
