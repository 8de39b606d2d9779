/* Greets the reader whose 32-bit number lies at r1; exercises data in .rodata, .data and .bss.
 *
 * Returns the first letter of the program's name, plus the reader's number, plus the greetings so far:
 * 'r' + number + 1 in a fresh image.
 */
#include "rbpf.h"

static const char name[8] = "rBPF";

/* Not static: the compiler must take them for writable by others. `format` is a pointer in .data to .rodata. */
const char *format = "greeting %u of reader %u\n";
u32 greetings;

u64 greeting(const u32 *context)
{
    char copy[sizeof name];
    bpf_memcpy(copy, name, sizeof copy);

    greetings += 1;
    bpf_printf(format, greetings, *context);
    return (u64)copy[0] + *context + greetings;
}
