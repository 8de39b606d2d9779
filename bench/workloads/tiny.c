/* Ten instructions: what is measured is the cost of a call. */
#include "workload.h"

ENTRY uint64_t tiny(const uint32_t *context, uint64_t bytes)
{
    uint64_t a = context[0], b = context[1];

    if (a > b)
        return a - b + context[2];
    return (b - a) ^ context[3];
}
