/* uBPF (https://github.com/iovisor/ubpf) behind the batch protocol.
 *
 *     cc -O2 -I UBPF/vm/inc -I UBPF/build/vm machines/ubpf/adapter.c UBPF/build/lib/libubpf.a -lm -o ubpf-interpreter
 *     cc -O2 -DCOMPILED …                                                                       -o ubpf-compiled
 *
 * UBPF is its checkout, built as its README says. The compiled code checks no access: a wrong one may crash it. */
#include <stdarg.h>
#include <stdbool.h>
#include <ubpf.h>
#include "../batch.h"

#define MOST_INSTRUCTIONS 1000000

/* uBPF says why a run was stopped by printing it. */
static char told[256];

static int tell(FILE *stream, const char *format, ...)
{
    va_list arguments;
    (void)stream;
    va_start(arguments, format);
    int written = vsnprintf(told, sizeof told, format, arguments);
    va_end(arguments);
    return written;
}

static void run(const struct request *request)
{
    struct ubpf_vm *vm = ubpf_create();
    char *problem = NULL;
    uint64_t r0 = 0;
    told[0] = 0;
    if (!vm) {
        fputs("ubpf_create has no memory\n", stderr);
        exit(1);
    }
    ubpf_set_error_print(vm, tell);
    ubpf_toggle_bounds_check(vm, true);
    if (ubpf_load(vm, request->program, (uint32_t)request->program_length, &problem) != 0) {
        rejected(problem ? problem : told);
        free(problem);
        ubpf_destroy(vm);
        return;
    }
#ifdef COMPILED
    ubpf_jit_fn function = ubpf_compile(vm, &problem);
    if (function) returned(function(request->memory, request->length));
    else rejected(problem ? problem : "it is not compiled");
    free(problem);
    (void)r0;
#else
    ubpf_set_instruction_limit(vm, MOST_INSTRUCTIONS, NULL);
    if (ubpf_exec(vm, request->memory, request->length, &r0) == 0) returned(r0);
    else if (strstr(told, "out of bounds")) trapped("MemoryAccess", told);
    else trapped(told[0] ? told : "ubpf_exec failed", told);
#endif
    ubpf_destroy(vm);
}
