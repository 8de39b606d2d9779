/* The smallest program with a context: the 64-bit number at r1, plus one. */
#include "rbpf.h"

u64 increment(const u64 *context)
{
    return *context + 1;
}
