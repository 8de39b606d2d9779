/* Calls native code on an emulated device: reads the file "batch" to a fixed address, makes the calls that it begins with (their
 * number; of each the state of the machine, the code, and where in it to begin), and writes all of it to "results". */
#include "host.h"
#include "rbpf.h"

void __aeabi_uldivmod(void);

#define BATCH ((uint32_t *)0x21100000)

static int open_file(const char *name, uint32_t length, uint32_t mode)
{
    uint32_t arguments[] = {(uint32_t)name, mode, length};
    return host_call(HOST_OPEN, arguments);
}

int main(void)
{
    int file = open_file("batch", 5, 1);
    if (file < 0) return 1;
    uint32_t one[] = {(uint32_t)file};
    uint32_t length = (uint32_t)host_call(HOST_LENGTH, one);
    uint32_t read[] = {(uint32_t)file, (uint32_t)BATCH, length};
    if (host_call(HOST_READ, read) != 0) return 2;
    for (uint32_t i = 0; i < BATCH[0]; i++) {
        const uint32_t *call = BATCH + 1 + 3 * i;
        ((struct rbpf_machine *)call[0])->divide = (uintptr_t)__aeabi_uldivmod;
        ((void (*)(uint32_t, uint32_t))(call[1] | 1))(call[0], call[2] | 1);
    }

    file = open_file("results", 7, 5);
    if (file < 0) return 3;
    uint32_t write[] = {(uint32_t)file, (uint32_t)BATCH, length};
    return host_call(HOST_WRITE, write) == 0 ? 0 : 4;
}
