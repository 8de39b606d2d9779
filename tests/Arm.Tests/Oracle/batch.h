/* What the firmwares of tests share: the file of records that they are given and write back, by semihosting, and what start.S has for
 * them. */
#ifndef BATCH_H
#define BATCH_H

#include <stdint.h>

enum { BATCH_WRITE = 5, BATCH_READ = 6 };

/* R4 to R11 and SP of a run, and what ended it. */
struct saved {
    uint32_t registers[8], stack, exception, fault;
};

int semihosting(int operation, const void *argument);
void run(struct saved *state);

/* Reads the file batch.bin or writes it; how many bytes were left, or -1 where there is no file. */
static int transfer(int operation, void *bytes, uint32_t count)
{
    static const char name[] = "batch.bin";
    const uint32_t opening[] = {(uint32_t)name, operation == BATCH_READ ? 1 : 5, sizeof name - 1};
    int file = semihosting(1, opening);
    if (file < 0) return -1;
    const uint32_t moving[] = {(uint32_t)file, (uint32_t)bytes, count};
    int left = semihosting(operation, moving);
    const uint32_t closing[] = {(uint32_t)file};
    semihosting(2, closing);
    return left;
}

#endif
