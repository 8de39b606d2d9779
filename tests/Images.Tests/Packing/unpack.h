#ifndef RBPF_UNPACK_H
#define RBPF_UNPACK_H

#include <stddef.h>
#include <stdint.h>

/* Unpacks size bytes to at most room bytes; yields how many, or -1 if they are no packed program or have no room. */
long rbpf_unpack(const uint8_t *in, size_t size, uint8_t *out, size_t room, uint32_t *entry);

#endif
