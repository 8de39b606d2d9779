/* Walks the options of a CoAP message in the context, and hashes the path that they spell. */
#include "workload.h"

ENTRY uint64_t coap(const uint8_t *message, uint64_t bytes)
{
    uint64_t at = 4 + (message[0] & 0xf), number = 0, hash = 5381, options = 0;

    while (at < bytes && message[at] != 0xff) {
        uint64_t delta = message[at] >> 4, length = message[at] & 0xf;
        at++;
        if (delta == 13) {
            delta = 13 + message[at++];
        } else if (delta == 14) {
            delta = 269 + ((uint64_t)message[at] << 8) + message[at + 1];
            at += 2;
        }
        if (length == 13) {
            length = 13 + message[at++];
        } else if (length == 14) {
            length = 269 + ((uint64_t)message[at] << 8) + message[at + 1];
            at += 2;
        }
        number += delta;
        options++;
        if (number == 11) {
            for (uint64_t i = 0; i < length; i++)
                hash = hash * 33 + message[at + i];
        }
        at += length;
    }
    return options << 56 ^ hash;
}
