/* A message whose first byte says where in it a 16-bit field lies: the field, or 0 if it does not lie within.
 *
 * field_overrun forgets the field's second byte: `rbpf solve traps` finds a message that makes it read too far.
 */
#include "rbpf.h"

static u64 read_field(const u8 *message, u64 length, u64 size)
{
    if (length == 0 || message[0] + size > length)
        return 0;
    const u8 *at = message + message[0];
    return at[0] | at[1] << 8;
}

u64 field(const u8 *message, u64 length)
{
    return read_field(message, length, 2);
}

u64 field_overrun(const u8 *message, u64 length)
{
    return read_field(message, length, 1);
}
