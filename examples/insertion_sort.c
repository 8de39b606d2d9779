/* Sorts the 32-bit numbers at r1, ascending, in place; r2 is their length in bytes. Returns the moves made.
 *
 * Each move of a greater number to the right is one swap of bubble_sort.c, so the two give the same results.
 */
#include "rbpf.h"

u64 insertion_sort(u32 *values, u64 length)
{
    u64 moves = 0;
    for (u64 next = 1; next < length / sizeof(u32); next++) {
        u32 value = values[next];
        u64 place = next;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
            moves += 1;
        }
        values[place] = value;
    }
    return moves;
}
