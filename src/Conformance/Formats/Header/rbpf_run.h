/* Runs the vectors on a machine, and names each that it does differently. Freestanding: for a device, include it in one
 * source file that defines rbpf_put, and call rbpf_run_vectors. harness.c does so for a host. */
#ifndef RBPF_RUN_H
#define RBPF_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "rbpf_machine.h"
#include "rbpf_vectors.h"

/* Yours: shows a text, and returns when it has left the device: what a crash would keep back, names no vector. */
void rbpf_put(const char *text);

struct rbpf_told rbpf_told;

struct rbpf_counts {
    uint16_t passed, failed;
};

static void rbpf_put_decimal(uint32_t value)
{
    char text[11], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = (char)('0' + value % 10); while (value /= 10);
    rbpf_put(at);
}

static void rbpf_put_hexadecimal(uint64_t value)
{
    char text[19], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = "0123456789abcdef"[value & 15]; while (value >>= 4);
    *--at = 'x';
    *--at = '0';
    rbpf_put(at);
}

static bool rbpf_starts_with(const char *text, const char *start)
{
    while (*start && *text == *start) text++, start++;
    return !*start;
}

static bool rbpf_passes(const struct rbpf_vector *v, enum outcome outcome, uint64_t r0)
{
    switch ((enum rbpf_expected)v->expected) {
    case RBPF_RETURNS: return outcome == OK && r0 == v->r0;
    case RBPF_TRAPS:
        return outcome == TRAP && (rbpf_told.trap == RBPF_TRAP_NOT_TOLD || rbpf_told.trap == (enum rbpf_trap)v->trap)
            && (!rbpf_told.has_slot || rbpf_told.slot == v->slot);
    /* Before it runs: to stop at the instruction is not enough. */
    case RBPF_REJECTED: return outcome == REJECT;
    }
    return false;
}

static void rbpf_put_trap(uint32_t trap, bool has_slot, uint32_t slot)
{
    rbpf_put("a trap");
    if (trap) rbpf_put(" ");
    rbpf_put(trap < sizeof rbpf_traps / sizeof rbpf_traps[0] ? rbpf_traps[trap] : "of an unknown kind");
    if (has_slot) rbpf_put(" at slot "), rbpf_put_decimal(slot);
}

static void rbpf_put_expected(const struct rbpf_vector *v)
{
    switch ((enum rbpf_expected)v->expected) {
    case RBPF_RETURNS: rbpf_put("a result "), rbpf_put_hexadecimal(v->r0); break;
    case RBPF_TRAPS: rbpf_put_trap(v->trap, true, v->slot); break;
    case RBPF_REJECTED: rbpf_put("a rejection"); break;
    }
}

static void rbpf_put_got(enum outcome outcome, uint64_t r0)
{
    switch (outcome) {
    case OK: rbpf_put("a result "), rbpf_put_hexadecimal(r0); return;
    case TRAP: rbpf_put_trap((uint32_t)rbpf_told.trap, rbpf_told.has_slot, rbpf_told.slot); return;
    case REJECT: rbpf_put("a rejection"); return;
    }
    rbpf_put("none of OK, TRAP and REJECT");
}

static void rbpf_put_failure(const struct rbpf_vector *v, enum outcome outcome, uint64_t r0)
{
    rbpf_put("failed "), rbpf_put(v->name);
    rbpf_put(", rule "), rbpf_put(rbpf_rules[v->rule]);
#ifndef RBPF_WITHOUT_PURPOSES
    rbpf_put(": "), rbpf_put(v->purpose);
#endif
    rbpf_put("\n  expected "), rbpf_put_expected(v);
    rbpf_put(", got "), rbpf_put_got(outcome, r0);
    rbpf_put("\n");
}

static void rbpf_put_counts(struct rbpf_counts counts)
{
    rbpf_put_decimal(counts.passed), rbpf_put(" passed, ");
    rbpf_put_decimal(counts.failed), rbpf_put(" failed\n");
}

/* Runs the vectors whose names begin with a text, all for "", and tells the counts by rule last. If it is verbose, it
 * names each vector before it runs: after a crash, the last name says which.
 * Returns how many failed; -1 if there is no such vector. */
static int rbpf_run_vectors(const char *start, bool is_verbose)
{
    static _Alignas(8) uint8_t memory[RBPF_MOST_MEMORY], stack[RBPF_STACK];
    static struct rbpf_counts counts[RBPF_RULES];
    struct rbpf_counts all = {0, 0};
    uint32_t traps = 0, kinds = 0, slots = 0;
    for (size_t i = 0; i < RBPF_RULES; i++) counts[i] = all;
    for (const struct rbpf_vector *v = rbpf_vectors; v->name; v++) {
        if (!rbpf_starts_with(v->name, start)) continue;
        if (is_verbose) rbpf_put("running "), rbpf_put(v->name), rbpf_put("\n");
        uint64_t r0 = 0;
        rbpf_told = (struct rbpf_told){RBPF_TRAP_NOT_TOLD, false, 0};
        for (size_t i = 0; i < sizeof stack; i++) stack[i] = 0;
        for (size_t i = 0; i < v->memory_length; i++) memory[i] = v->memory[i];
        enum outcome outcome = vm_run(v->program, v->program_length, v->memory_length ? memory : NULL, v->memory_length,
                                      stack, sizeof stack, &r0);
        if (v->expected == RBPF_TRAPS && outcome == TRAP) {
            traps++;
            kinds += rbpf_told.trap != RBPF_TRAP_NOT_TOLD;
            slots += rbpf_told.has_slot;
        }
        if (rbpf_passes(v, outcome, r0)) {
            counts[v->rule].passed++, all.passed++;
        } else {
            counts[v->rule].failed++, all.failed++;
            rbpf_put_failure(v, outcome, r0);
        }
    }
    uint32_t ran = (uint32_t)all.passed + all.failed;
    if (!ran) {
        rbpf_put("no vector is called "), rbpf_put(start), rbpf_put("...\n");
        return -1;
    }
    for (size_t i = 0; i < RBPF_RULES; i++) {
        if (!counts[i].passed && !counts[i].failed) continue;
        rbpf_put(rbpf_rules[i]), rbpf_put(": "), rbpf_put_counts(counts[i]);
    }
    if (traps) {
        rbpf_put_decimal(traps), rbpf_put(" traps as expected: the machine told the kind of ");
        rbpf_put_decimal(kinds), rbpf_put(" and the slot of "), rbpf_put_decimal(slots), rbpf_put("\n");
    }
    rbpf_put_decimal(ran), rbpf_put(" vectors: "), rbpf_put_counts(all);
    return all.failed;
}

#endif
