/* Fletcher-32 over the 16-bit little-endian words at r1; r2 is the length of the data in bytes.
 *
 * One taken branch per word and few besides: 180 words stay below the machine's default budget of 200.
 */
#include "fletcher32.h"

u64 fletcher32(const u16 *data, u64 length)
{
    return fletcher32_of(data, length);
}
