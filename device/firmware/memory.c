/* What the compiler makes calls of where there is no C library. */
#include <stddef.h>
#include <stdint.h>

void *memset(void *to, int value, size_t count);
void *memset(void *to, int value, size_t count)
{
    uint8_t *at = to;
    while (count--) *at++ = (uint8_t)value;
    return to;
}

void *memcpy(void *to, const void *from, size_t count);
void *memcpy(void *to, const void *from, size_t count)
{
    uint8_t *at = to;
    const uint8_t *bytes = from;
    while (count--) *at++ = *bytes++;
    return to;
}
