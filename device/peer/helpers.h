/* The helper functions that vectors use: spec/70-calls.md. */
#ifndef HELPERS_H
#define HELPERS_H

#include "../rbpf.h"

/* How many there are. */
enum { HELPER_COUNT = 7 };

/* All of them. */
extern const struct rbpf_helper all_helpers[HELPER_COUNT];

/* Empties the stores, before a run. */
void helpers_reset(void);

#endif
