/* Fills the context with 32-bit numbers and sorts them by bubble sort. */
#include "workload.h"

ENTRY uint64_t bsort(uint32_t *numbers, uint64_t bytes)
{
    uint64_t count = bytes / 4;
    uint32_t seed = 12345;

    for (uint64_t i = 0; i < count; i++) {
        seed = seed * 1103515245 + 12345;
        numbers[i] = seed;
    }
    for (uint64_t i = 0; i + 1 < count; i++) {
        for (uint64_t j = 0; j + 1 < count - i; j++) {
            uint32_t left = numbers[j], right = numbers[j + 1];
            if (left > right) {
                numbers[j] = right;
                numbers[j + 1] = left;
            }
        }
    }
    return numbers[0] ^ numbers[count / 2] ^ numbers[count - 1];
}
