/* Compiled for this processor, beside the program. Arguments: HEXADECIMAL MILLISECONDS. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t fletcher32(const uint16_t *data, uint64_t bytes);

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
    static uint16_t input[2048];
    double milliseconds, times[5];
    unsigned long long result = 0;
    size_t length;
    long batch = 1;

    if (count != 3 || (length = strlen(arguments[1]) / 2) > sizeof input) return 2;
    milliseconds = atof(arguments[2]);
    for (size_t i = 0; i < length; i++) {
        char digits[3] = {arguments[1][2 * i], arguments[1][2 * i + 1], 0};
        ((uint8_t *)input)[i] = strtol(digits, NULL, 16);
    }
    for (int done = 0; done < 5;) {
        double start = now(), took;
        for (long i = 0; i < batch; i++) result = fletcher32(input, length);
        took = now() - start;
        if (took < milliseconds) batch *= 2;
        else times[done++] = took * 1e6 / batch;
    }
    qsort(times, 5, sizeof times[0], compare);
    printf("%llu %.1f\n", result, times[2]);
    return 0;
}
