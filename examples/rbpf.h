/* The helper functions of a device, for C programs compiled with `clang -target bpf`.
 *
 * A helper function is called by its id: the constant pointer below becomes the immediate of a CALL
 * instruction. Arguments travel in r1 to r5, the result in r0. Which of them a program may call is for
 * the host to grant: `rbpf run` has the first seven, a device has all. spec/82-helpers.md says what they do.
 */
#ifndef RBPF_H
#define RBPF_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef signed char s8;
typedef short s16;

/* Prints up to four 32-bit values by a format string; returns the number of characters printed. */
static long (*const bpf_printf)(const char *format, ...) = (void *)0x01;

/* Copies bytes between regions; returns the destination. */
static void *(*const bpf_memcpy)(void *destination, const void *source, u64 length) = (void *)0x02;

/* The key/value store: `local` is one program's, `global` is shared. 0 on success, -1 when it is full. */
static long (*const bpf_store_local)(u32 key, u32 value) = (void *)0x10;
static long (*const bpf_store_global)(u32 key, u32 value) = (void *)0x11;

/* Reads a key into *value; a key that was never stored reads 0. */
static long (*const bpf_fetch_local)(u32 key, u32 *value) = (void *)0x12;
static long (*const bpf_fetch_global)(u32 key, u32 *value) = (void *)0x13;

/* Milliseconds since the device started. */
static u32 (*const bpf_now_ms)(void) = (void *)0x20;

/* Prints a number. */
static long (*const bpf_print_debug)(u64 value) = (void *)0x03;

/* The values of a sensor, each times 10 to the power of the scale, in the unit. */
typedef struct {
    s16 val[3];
    u8 unit;
    s8 scale;
} phydat_t;

/* Types of sensors and of actuators, as RIOT's saul.h numbers them. */
#define SAUL_ACT_SWITCH 0x42
#define SAUL_SENSE_TEMP 0x82

/* A handle of a sensor or actuator: by its place in the registry from 0 on, or the first of a type; 0 if there is none. */
static u64 (*const bpf_saul_reg_find_nth)(u32 place) = (void *)0x30;
static u64 (*const bpf_saul_reg_find_type)(u8 type) = (void *)0x31;

/* Reads a sensor, or sets an actuator; returns how many of the values count, or a negative error. */
static long (*const bpf_saul_reg_read)(u64 handle, phydat_t *values) = (void *)0x32;
static long (*const bpf_saul_reg_write)(u64 handle, const phydat_t *values) = (void *)0x33;

/* Reads the first value of a sensor alone. */
static long (*const bpf_saul_reg_read_temp)(u64 handle, int *value) = (void *)0x34;

/* A message: addresses of its header, token and payload, of 32 bits. */
typedef struct {
    u32 hdr;
    u32 token;
    u32 payload;
    u16 payload_len;
    u16 options_len;
} coap_pkt_t;

/* The context of a program that answers a request: the request lies in the buffer, its message follows the context. */
typedef struct {
    coap_pkt_t *pkt;
    u8 *buf;
    u64 buf_len;
} bpf_coap_ctx_t;

/* Whether the context, of which r2 has the length, is that of a request: other events have 16 bytes, or none. */
#define IS_REQUEST(length) ((length) == sizeof(bpf_coap_ctx_t) + sizeof(coap_pkt_t))

#define COAP_CODE_CONTENT 69             /* 2.05 */
#define COAP_CODE_BAD_REQUEST 128        /* 4.00 */
#define COAP_CODE_INTERNAL_SERVER_ERROR 160 /* 5.00 */
#define COAP_FORMAT_TEXT 0
#define COAP_OPT_FINISH_PAYLOAD 1

/* Build the response, in this order: its code, its format, the end of its options (returns its length so far), and
 * the address of its payload. The program's result is the length of the whole. */
static long (*const bpf_gcoap_resp_init)(bpf_coap_ctx_t *request, u8 code) = (void *)0x40;
static long (*const bpf_coap_add_format)(bpf_coap_ctx_t *request, u16 format) = (void *)0x42;
static long (*const bpf_coap_opt_finish)(bpf_coap_ctx_t *request, u16 flags) = (void *)0x41;
static char *(*const bpf_coap_get_pdu)(bpf_coap_ctx_t *request) = (void *)0x43;

/* Write a number as text, without a zero byte at its end; return the number of characters. The first one times 10 to
 * the power of `digits`. */
static long (*const bpf_fmt_s16_dfp)(char *text, s16 value, int digits) = (void *)0x50;
static long (*const bpf_fmt_u32_dec)(char *text, u32 value) = (void *)0x51;

/* The number of characters before a zero byte. */
static long (*const bpf_strlen)(const char *text) = (void *)0x52;

/* Microseconds since the device started. */
static u32 (*const bpf_ztimer_now)(void) = (void *)0x60;

/* Adds the period, in microseconds, to *last, and asks for another run at that time. */
static long (*const bpf_ztimer_periodic_wakeup)(u32 *last, u32 period) = (void *)0x61;

#endif
