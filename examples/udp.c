/* The sum of a UDP packet in IPv6, in network byte order: 0xffff if its checksum is right, 0 if this is no such packet.
 *
 * It has a fault: it adds pairs of bytes, and the last pair of a packet of odd length has one byte only.
 * Most packets never show it; `rbpf solve traps --size 49` finds one that does.
 */
#include "rbpf.h"

u64 checksum(const u8 *packet, u64 length)
{
    if (length < 48 || packet[0] >> 4 != 6 || packet[6] != 17)
        return 0;

    u64 bytes = (u64)packet[4] << 8 | packet[5];
    if (bytes < 8 || 40 + bytes > length)
        return 0;

    u64 sum = bytes + 17;
    for (u64 i = 8; i < 40 + bytes; i += 2)
        sum += (u64)packet[i] << 8 | packet[i + 1];
    sum = (sum & 0xffff) + (sum >> 16);
    return (sum & 0xffff) + (sum >> 16);
}
