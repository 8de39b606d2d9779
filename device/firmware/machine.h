/* The machine as the suite's runner is given it, without the names of either. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stddef.h>
#include <stdint.h>

/* 0 where the program ended by EXIT, with r0; -1 where it was refused; else the number of its trap, with its slot. */
int machine_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length, uint64_t *r0, uint32_t *slot);

#endif
