/* Runs the suite's vectors, on the emulated device or on a host: what each that fails did, and the counts. */
#include "rbpf_run.h"
#include "machine.h"
#ifdef ON_HOST
#include <stdio.h>
void rbpf_put(const char *text) { fputs(text, stdout); }
#else
#include "host.h"
void rbpf_put(const char *text) { host_put(text); }
#endif

/* The stack is the machine's own. */
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    uint32_t slot = 0;
    int trap = machine_run(program, program_length, memory, memory_length, r0, &slot);
    (void)stack, (void)stack_length;
    if (trap < 0) return REJECT;
    if (trap == 0) return OK;
    rbpf_told.trap = (enum rbpf_trap)trap;
    rbpf_told.slot = slot;
    rbpf_told.has_slot = true;
    return TRAP;
}

int main(void) { return rbpf_run_vectors("", false) != 0; }
