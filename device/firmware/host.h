/* The host of an emulated device, by semihosting. */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>

enum { HOST_OPEN = 1, HOST_CLOSE = 2, HOST_WRITE_TEXT = 4, HOST_WRITE = 5, HOST_READ = 6, HOST_LENGTH = 12, HOST_COMMAND_LINE = 21 };

/* One call, as "Semihosting for AArch32 and AArch64" has them. */
int host_call(int operation, const void *argument);

/* Ends the emulation with an exit code. */
_Noreturn void host_exit(int code);

static inline void host_put(const char *text) { host_call(HOST_WRITE_TEXT, text); }

#endif
