/* What the machine is: each choice stands for itself if the compiler is told another (-DRBPF_FAST=1). */
#ifndef RBPF_CONFIG_H
#define RBPF_CONFIG_H

/* 1: a branch of its own for each opcode; 0: as small as it gets. Both do the same. */
#ifndef RBPF_FAST
#define RBPF_FAST 0
#endif

/* 1: rbpf_run runs native code where a program has some, on a Cortex-M4 or M7; compile rbpf_native.c instead of rbpf.c. */
#ifndef RBPF_NATIVE
#define RBPF_NATIVE 0
#endif

/* Conformance groups of RFC 9669 §2.4; base32 is always there, and packet never. */
#define RBPF_BASE32 1
#ifndef RBPF_BASE64
#define RBPF_BASE64 1
#endif
#ifndef RBPF_DIVMUL32
#define RBPF_DIVMUL32 1
#endif
#ifndef RBPF_DIVMUL64
#define RBPF_DIVMUL64 1
#endif
#ifndef RBPF_ATOMIC32
#define RBPF_ATOMIC32 0
#endif
#ifndef RBPF_ATOMIC64
#define RBPF_ATOMIC64 0
#endif

#if (RBPF_DIVMUL64 && !RBPF_DIVMUL32) || (RBPF_ATOMIC64 && !RBPF_ATOMIC32)
#error "a group of 64 bits includes the one of 32 bits"
#endif

/* The profile; as given, it is the normative one, rbpf. */
#ifndef RBPF_ZERO_DIVISOR_TRAPS
#define RBPF_ZERO_DIVISOR_TRAPS 1
#endif
#ifndef RBPF_SIGNED_OVERFLOW_TRAPS
#define RBPF_SIGNED_OVERFLOW_TRAPS 0
#endif
#ifndef RBPF_LARGE_SHIFT_TRAPS
#define RBPF_LARGE_SHIFT_TRAPS 0
#endif
#ifndef RBPF_ALIGNMENT_IS_NATURAL
#define RBPF_ALIGNMENT_IS_NATURAL 0
#endif
#ifndef RBPF_FRAME_POINTER_IS_WRITABLE
#define RBPF_FRAME_POINTER_IS_WRITABLE 0
#endif
#ifndef RBPF_RESERVED_FIELDS_ARE_IGNORED
#define RBPF_RESERVED_FIELDS_ARE_IGNORED 0
#endif
#ifndef RBPF_LAST_IS_EXIT
#define RBPF_LAST_IS_EXIT 0
#endif
#ifndef RBPF_BRANCHES_ARE_LIMITED
#define RBPF_BRANCHES_ARE_LIMITED 1
#endif
#ifndef RBPF_INSTRUCTIONS_ARE_LIMITED
#define RBPF_INSTRUCTIONS_ARE_LIMITED RBPF_NATIVE
#endif
#if RBPF_NATIVE && (!RBPF_BRANCHES_ARE_LIMITED || !RBPF_INSTRUCTIONS_ARE_LIMITED)
#error "native code counts branches, and is left for single steps: RBPF_BRANCHES_ARE_LIMITED and RBPF_INSTRUCTIONS_ARE_LIMITED"
#endif

/* The stack of each function, in bytes: a power of 2. */
#ifndef RBPF_FRAME_BYTES
#define RBPF_FRAME_BYTES 512
#endif

#endif
