/* Unpacks one file after the other of a file, to another: a length of 4 bytes, the most bytes to yield in 4 bytes, the file.
   Yields of each the length, negative if there is none, the entry, and the bytes. What stands behind the room is watched. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "unpack.h"

enum { GUARD = 64, MARK = 0xa5 };

int main(int count, char **arguments) {
    if (count != 3 || freopen(arguments[1], "rb", stdin) == NULL || freopen(arguments[2], "wb", stdout) == NULL) return 1;
    uint32_t sizes[2];
    while (fread(sizes, sizeof sizes, 1, stdin) == 1) {
        uint8_t *in = malloc(sizes[0] + 1), *out = malloc((size_t)sizes[1] + GUARD);
        if (in == NULL || out == NULL || fread(in, 1, sizes[0], stdin) != sizes[0]) return 2;
        memset(out, MARK, (size_t)sizes[1] + GUARD);
        uint32_t entry = 0;
        const long length = rbpf_unpack(in, sizes[0], out, sizes[1], &entry);
        const int32_t result[2] = {(int32_t)length, (int32_t)entry};
        for (size_t i = 0; i < GUARD; i++) if (out[sizes[1] + i] != MARK) return 3;
        fwrite(result, sizeof result, 1, stdout);
        if (length > 0) fwrite(out, 1, (size_t)length, stdout);
        free(in), free(out);
    }
    return 0;
}
