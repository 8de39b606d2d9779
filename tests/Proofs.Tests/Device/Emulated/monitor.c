/* Runs the experiments of a batch, one a record, and writes back what became of each. Started and left by what tests/Arm.Tests has. */
#include "batch.h"

#define BATCH ((uint32_t *)0x21c00000)
#define BATCH_BYTES 0x400000
#define SYSTICK ((volatile uint32_t *)0xe000e010)
#define ICSR (*(volatile uint32_t *)0xe000ed04)

/* Some bytes at an address; as many words as they take stand behind. */
struct span {
    uint32_t address, bytes;
    uint32_t words[];
};

struct record {
    uint32_t writes, reads;
    struct saved state;
    uint32_t frame[8]; /* r0 to r3, r12, lr, pc, xPSR */
};

static uint32_t *after(struct span *span)
{
    return span->words + (span->bytes + 3) / 4;
}

static void put(const struct span *span)
{
    volatile uint8_t *to = (uint8_t *)span->address;
    for (uint32_t i = 0; i < span->bytes; i++) to[i] = ((const uint8_t *)span->words)[i];
}

static void get(struct span *span)
{
    const volatile uint8_t *from = (uint8_t *)span->address;
    for (uint32_t i = 0; i < span->bytes; i++) ((uint8_t *)span->words)[i] = from[i];
}

int main(void)
{
    int left = transfer(BATCH_READ, BATCH, BATCH_BYTES);
    if (left <= 0) return 1;
    uint32_t bytes = BATCH_BYTES - (uint32_t)left;
    struct span *code = (struct span *)BATCH;
    for (uint32_t *next = after(code), *end = BATCH + bytes / 4; next < end;) {
        struct record *record = (struct record *)next;
        struct span *span = (struct span *)(record + 1);
        put(code);
        for (uint32_t i = 0; i < record->writes; i++, span = (struct span *)after(span)) put(span);
        uint32_t *frame = (uint32_t *)record->state.stack;
        for (int i = 0; i < 8; i++) frame[i] = record->frame[i];
        __asm volatile("dsb\n\tisb" ::: "memory");
        SYSTICK[1] = 0xffffff; /* what goes on and on is ended */
        SYSTICK[2] = 0;
        SYSTICK[0] = 7;
        run(&record->state);
        SYSTICK[0] = 0;
        ICSR = 1 << 25;
        frame = (uint32_t *)record->state.stack;
        for (int i = 0; i < 8; i++) record->frame[i] = frame[i];
        for (uint32_t i = 0; i < record->reads; i++, span = (struct span *)after(span)) get(span);
        next = (uint32_t *)span;
    }
    return transfer(BATCH_WRITE, BATCH, bytes) == 0 ? 0 : 2;
}
