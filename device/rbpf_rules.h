#ifndef RBPF_RULES_H
#define RBPF_RULES_H
#include "rbpf.h"
#define V static inline uint64_t
#define B static inline bool
#define P (uint64_t dst, uint64_t src)
V rbpf_add64 P { return dst + src; }
V rbpf_add32 P { return (uint32_t)((uint32_t)dst + (uint32_t)src); }
V rbpf_sub64 P { return dst - src; }
V rbpf_mul64 P { return dst * src; }
V rbpf_or64 P { return dst | src; }
V rbpf_and64 P { return dst & src; }
V rbpf_xor64 P { return dst ^ src; }
V rbpf_neg64 P { (void)src; return 0 - dst; }
V rbpf_mov64 P { (void)dst; return src; }
V rbpf_lsh64 P { return dst << (src & 63); }
V rbpf_rsh64 P { return dst >> (src & 63); }
V rbpf_arsh64 P { return (uint64_t)((int64_t)dst >> (src & 63)); }
V rbpf_lsh32 P { return (uint32_t)((uint32_t)dst << ((uint32_t)src & 31)); }
V rbpf_rsh32 P { return (uint32_t)dst >> ((uint32_t)src & 31); }
V rbpf_arsh32 P { return (uint32_t)((int32_t)(uint32_t)dst >> ((uint32_t)src & 31)); }
V rbpf_div64 P { return dst / src; }
V rbpf_mod64 P { return dst % src; }
V rbpf_mag(uint64_t v) { return (int64_t)v < 0 ? 0 - v : v; }
V rbpf_sdiv64 P { uint64_t q = rbpf_mag(dst) / rbpf_mag(src); return (int64_t)(dst ^ src) < 0 ? 0 - q : q; }
V rbpf_smod64 P { uint64_t q = rbpf_mag(dst) % rbpf_mag(src); return (int64_t)dst < 0 ? 0 - q : q; }
V rbpf_movsx8to64 P { (void)dst; return (uint64_t)(int64_t)(int8_t)(uint8_t)src; }
V rbpf_movsx16to64 P { (void)dst; return (uint64_t)(int64_t)(int16_t)(uint16_t)src; }
V rbpf_movsx32to64 P { (void)dst; return (uint64_t)(int64_t)(int32_t)(uint32_t)src; }
V rbpf_bswap16(uint64_t d) { return __builtin_bswap16((uint16_t)d); }
V rbpf_bswap32(uint64_t d) { return __builtin_bswap32((uint32_t)d); }
V rbpf_bswap64(uint64_t d) { return __builtin_bswap64(d); }
B rbpf_jeq64 P { return dst == src; }
B rbpf_jset64 P { return (dst & src) != 0; }
B rbpf_jgt64 P { return src < dst; }
B rbpf_jge64 P { return !(dst < src); }
B rbpf_jsgt64 P { return (int64_t)src < (int64_t)dst; }
B rbpf_jsge64 P { return !((int64_t)dst < (int64_t)src); }
B rbpf_contains(rbpf_address start, rbpf_address length, rbpf_address address, rbpf_address count)
{ return (count <= length) & (address - start <= length - count); }
#endif
