/* WebAssembly as C: what wasm2c makes of fletcher32.wasm, compiled beside this file. Arguments: HEXADECIMAL MILLISECONDS. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fletcher32.h"

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;

    return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments)
{
    static Z_fletcher32_instance_t instance;
    double milliseconds, times[5];
    unsigned long long result = 0;
    unsigned int at = 4096, length;
    long batch = 1;

    if (count != 3) return 2;
    milliseconds = atof(arguments[2]);
    wasm_rt_init();
    Z_fletcher32_init_module();
    Z_fletcher32_instantiate(&instance);
    length = strlen(arguments[1]) / 2;
    for (unsigned int i = 0; i < length; i++) {
        char digits[3] = {arguments[1][2 * i], arguments[1][2 * i + 1], 0};
        Z_fletcher32Z_memory(&instance)->data[at + i] = strtol(digits, NULL, 16);
    }
    for (int done = 0; done < 5;) {
        double start = now(), took;
        for (long i = 0; i < batch; i++) result = Z_fletcher32Z_fletcher32(&instance, at, length);
        took = now() - start;
        if (took < milliseconds) batch *= 2;
        else times[done++] = took * 1e6 / batch;
    }
    qsort(times, 5, sizeof times[0], compare);
    printf("%llu %.1f\n", result, times[2]);
    return 0;
}
