/* What every workload is written with: one function of a context, compiled for BPF and for the processor. */
#include <stdint.h>

#define ENTRY __attribute__((section(".text"), visibility("default")))
