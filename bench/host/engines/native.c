/* Compiled for this processor, beside the program. Arguments: HEXADECIMAL MILLISECONDS. */
#include <stdint.h>

#include "timing.h"

uint64_t fletcher32(const uint16_t *data, uint64_t bytes);

int main(int count, char **arguments)
{
    static uint16_t input[2048];
    size_t length;

    if (count != 3 || strlen(arguments[1]) / 2 > sizeof input) return 2;
    length = read_bytes(arguments[1], (unsigned char *)input);
    TIME(fletcher32(input, length), atof(arguments[2]));
    return 0;
}
