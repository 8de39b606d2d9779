/* Femto-Containers (https://github.com/future-proof-iot/Femto-Container) behind the batch protocol.
 *
 *     cc -O2 -I FEMTO/include machines/femto-containers/adapter.c FEMTO/build/libfemtocontainer.a -o femto-containers
 *
 * FEMTO is its checkout, built by meson. r2 is not the length of the context there: if there is any, an instruction before the
 * program sets it. */
#include <femtocontainer/femtocontainer.h>
#include "../batch.h"

static const char *name_of(int code)
{
    switch (code) {
    case FC_ILLEGAL_INSTRUCTION: return "IllegalInstruction";
    case FC_ILLEGAL_MEM: return "MemoryAccess";
    case FC_ILLEGAL_JUMP: return "ProgramCounterOutside";
    case FC_ILLEGAL_CALL: return "UnknownHelper";
    case FC_OUT_OF_BRANCHES: return "BranchBudget";
    case FC_ILLEGAL_DIV: return "DivisionByZero";
    default: return "an error of Femto-Containers";
    }
}

static void run(const struct request *request)
{
    static uint8_t stack[512] __attribute__((aligned(8)));
    const int32_t length = (int32_t)request->length;
    const size_t before = length ? 8 : 0, text = before + request->program_length, size = sizeof(rbpf_header_t) + text;
    uint8_t *application = calloc(1, size);
    rbpf_header_t *header = (rbpf_header_t *)application;
    uint8_t *first = application + sizeof *header;
    if (!application) {
        fputs("there is no memory for the application\n", stderr);
        exit(1);
    }
    header->magic = RBPF_MAGIC_NO;
    header->text_len = (uint32_t)text;
    if (before) {
        memcpy(first, (uint8_t[2]){0xb7, 0x02}, 2); /* mov r2, length */
        memcpy(first + 4, &length, sizeof length);
    }
    if (request->program_length) memcpy(first + before, request->program, request->program_length);
    memset(stack, 0, sizeof stack);
    f12r_t container = {
        .application = application, .application_len = size, .stack = stack, .stack_size = sizeof stack,
    };
    int64_t result = 0;
    char reason[32];
    f12r_setup(&container);
    int code = f12r_verify_preflight(&container);
    snprintf(reason, sizeof reason, "error %d", code);
    if (code < 0) {
        rejected(reason);
    } else if ((code = f12r_execute_ctx(&container, request->memory, request->length, &result)) == FC_OK) {
        returned((uint64_t)result);
    } else {
        snprintf(reason, sizeof reason, "error %d", code);
        trapped(name_of(code), reason);
    }
    free(application);
}
