/* Sorts the 32-bit numbers at r1, ascending, in place; r2 is their length in bytes. Returns the swaps made.
 *
 * The functions are kept out of line so that the program holds local calls, and the count of swaps lies on the
 * caller's stack, so that a callee writes into its caller's frame.
 */
#include "rbpf.h"

__attribute__((noinline)) static void swap(u32 *values, u64 *swaps)
{
    u32 first = values[0];
    values[0] = values[1];
    values[1] = first;
    *swaps += 1;
}

/* Moves the largest of the first `count` values to their end. */
__attribute__((noinline)) static void pass(u32 *values, u64 count, u64 *swaps)
{
    for (u64 i = 1; i < count; i++, values++) {
        if (values[0] > values[1])
            swap(values, swaps);
    }
}

u64 bubble_sort(u32 *values, u64 length)
{
    u64 swaps = 0;
    for (u64 count = length / sizeof(u32); count > 1; count--) {
        u64 before = swaps;
        pass(values, count, &swaps);
        if (swaps == before)
            break;
    }
    return swaps;
}
