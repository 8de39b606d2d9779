/* The time of one call, as every engine in C takes it: the median of five batches that each last MILLISECONDS. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* The bytes of hexadecimal digits; their number is returned. */
static size_t read_bytes(const char *digits, unsigned char *bytes)
{
    size_t length = strlen(digits) / 2;

    for (size_t i = 0; i < length; i++) {
        char pair[3] = {digits[2 * i], digits[2 * i + 1], 0};
        bytes[i] = (unsigned char)strtol(pair, NULL, 16);
    }
    return length;
}

/* Prints the result and the nanoseconds of one call. */
#define TIME(call, milliseconds)                                  \
    do {                                                          \
        double times[5];                                          \
        unsigned long long result = 0;                            \
        long batch = 1;                                           \
        for (int done = 0; done < 5;) {                           \
            double start = now(), took;                           \
            for (long i = 0; i < batch; i++) result = (call);     \
            took = now() - start;                                 \
            if (took < (milliseconds)) batch *= 2;                \
            else times[done++] = took * 1e6 / (double)batch;      \
        }                                                         \
        qsort(times, 5, sizeof times[0], compare);                \
        printf("%llu %.1f\n", result, times[2]);                  \
    } while (0)
