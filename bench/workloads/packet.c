/* Parses IPv6 packets with UDP one after another in the context, and checks their checksums. */
#include "workload.h"

static inline uint64_t be16(const uint8_t *at)
{
    return ((uint64_t)at[0] << 8) | at[1];
}

ENTRY uint64_t packet(const uint8_t *data, uint64_t bytes)
{
    uint64_t at = 0, valid = 0, ports = 0;

    while (at + 48 <= bytes) {
        const uint8_t *packet = data + at;
        uint64_t length = be16(packet + 4);
        if ((packet[0] >> 4) != 6 || packet[6] != 17 || length < 8 || at + 40 + length > bytes)
            break;
        uint64_t sum = length + 17;
        for (uint64_t i = 8; i + 1 < 40 + length; i += 2)
            sum += be16(packet + i);
        /* RFC 768: a last byte without a second one counts as if a zero followed. */
        if (length & 1)
            sum += (uint64_t)packet[39 + length] << 8;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        if (sum == 0xffff)
            valid++;
        ports ^= be16(packet + 40) << 16 | be16(packet + 42);
        at += 40 + length;
    }
    return valid << 32 | ports;
}
