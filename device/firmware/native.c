/* The same C for the device itself. */
#include "../../examples/fletcher32.h"

unsigned long long native_fletcher32(const void *data, unsigned long long length);
unsigned long long native_fletcher32(const void *data, unsigned long long length) { return fletcher32_of(data, length); }
