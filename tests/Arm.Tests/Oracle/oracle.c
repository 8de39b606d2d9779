/* Runs the instructions of a batch, one a record, and writes back what became of each. */
#include "batch.h"

#define BATCH ((uint8_t *)0x21000000)
#define WINDOW ((uint32_t *)0x21d00000)
#define CODE ((volatile uint16_t *)0x21e00000)
#define CODE_HALFWORDS 0x20000
#define AT 0x8000
#define WINDOW_WORDS 64
#define SVC_0 0xdf00

struct record {
    struct saved state;
    uint16_t halfwords[2];
    uint32_t window[WINDOW_WORDS];
};

int main(void)
{
    int left = transfer(BATCH_READ, BATCH, 0xd00000);
    if (left < 0) return 1;
    uint32_t bytes = 0xd00000 - (uint32_t)left, count = bytes / sizeof(struct record);
    struct record *records = (struct record *)BATCH;
    for (uint32_t i = 0; i < CODE_HALFWORDS; i++) CODE[i] = SVC_0;
    for (uint32_t i = 0; i < count; i++) {
        for (int j = 0; j < WINDOW_WORDS; j++) WINDOW[j] = records[i].window[j];
        CODE[AT] = records[i].halfwords[0];
        CODE[AT + 1] = records[i].halfwords[1];
        __asm volatile("dsb\n\tisb" ::: "memory");
        run(&records[i].state);
        for (int j = 0; j < WINDOW_WORDS; j++) records[i].window[j] = WINDOW[j];
    }
    return transfer(BATCH_WRITE, BATCH, bytes) == 0 ? 0 : 2;
}
