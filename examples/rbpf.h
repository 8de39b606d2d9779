/* Helper functions of the rBPF host interface, for C programs compiled with `clang -target bpf`.
 *
 * A helper function is called by its id: the constant pointer below becomes the immediate of a CALL
 * instruction. Arguments travel in r1 to r5, the result in r0. Which of them a program may call is for
 * the host to grant.
 */
#ifndef RBPF_H
#define RBPF_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

/* Prints up to four 32-bit values by a format string; returns the number of characters printed. */
static long (*const rbpf_printf)(const char *format, ...) = (void *)0x01;

/* Copies bytes between regions; returns the destination. */
static void *(*const rbpf_memcpy)(void *destination, const void *source, u64 length) = (void *)0x02;

/* The key/value store: `local` is one program's, `global` is shared. 0 on success, -1 when it is full. */
static long (*const rbpf_store_local)(u32 key, u32 value) = (void *)0x10;
static long (*const rbpf_store_global)(u32 key, u32 value) = (void *)0x11;

/* Reads a key into *value; a key that was never stored reads 0. */
static long (*const rbpf_fetch_local)(u32 key, u32 *value) = (void *)0x12;
static long (*const rbpf_fetch_global)(u32 key, u32 *value) = (void *)0x13;

/* Milliseconds since the device started. */
static u32 (*const rbpf_now_ms)(void) = (void *)0x20;

#endif
