/* Runs the vectors on a machine behind vm_run, on a host:
 *
 *     cc -O2 -I rbpf harness.c your_vm.c -o conformance && ./conformance
 *
 * with -I rfc9669 those of that profile. "./conformance -v" names each vector before it runs, and
 * "./conformance alu/add32-k" runs those whose names begin so.
 * To try it: cc -DRBPF_HARNESS_DEMO -I rbpf harness.c && ./a.out, a machine that refuses everything. */
#include <stdio.h>
#include <string.h>
#include "rbpf_run.h"

#ifdef RBPF_HARNESS_DEMO
enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                    uint8_t *stack, size_t stack_length, uint64_t *r0)
{
    (void)program, (void)program_length, (void)memory, (void)memory_length, (void)stack, (void)stack_length, (void)r0;
    return REJECT;
}
#endif

void rbpf_put(const char *text)
{
    fputs(text, stdout);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    const char *start = "";
    bool is_verbose = false;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-v")) {
            is_verbose = true;
        } else if (argv[i][0] != '-' && !*start) {
            start = argv[i];
        } else {
            fprintf(stderr, "usage: %s [-v] [start of a vector's name]\n", argv[0]);
            return 2;
        }
    }
    int failed = rbpf_run_vectors(start, is_verbose);
    return failed < 0 ? 2 : failed > 0;
}
