/* The checksum of the context, as 16-bit words. */
#include "workload.h"

ENTRY uint64_t fletcher32(const uint16_t *data, uint64_t bytes)
{
    uint32_t words = bytes / 2, sum1 = 0xffff, sum2 = 0xffff;

    while (words) {
        uint32_t block = words > 359 ? 359 : words;
        words -= block;
        do {
            sum1 += *data++;
            sum2 += sum1;
        } while (--block);
        sum1 = (sum1 & 0xffff) + (sum1 >> 16);
        sum2 = (sum2 & 0xffff) + (sum2 >> 16);
    }
    sum1 = (sum1 & 0xffff) + (sum1 >> 16);
    sum2 = (sum2 & 0xffff) + (sum2 >> 16);
    return (sum2 << 16) | sum1;
}
