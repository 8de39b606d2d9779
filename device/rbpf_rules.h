#ifndef RBPF_RULES_H
#define RBPF_RULES_H
#include "rbpf.h"
#include "rbpf_words.h"

static inline uint64_t rbpf_add64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst + src; }
static inline uint64_t rbpf_add32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)((uint32_t)dst + (uint32_t)src); }
static inline uint64_t rbpf_sub64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst - src; }
static inline uint64_t rbpf_sub32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)((uint32_t)dst - (uint32_t)src); }
static inline uint64_t rbpf_mul64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst * src; }
static inline uint64_t rbpf_mul32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)((uint32_t)dst * (uint32_t)src); }
static inline uint64_t rbpf_or64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst | src; }
static inline uint64_t rbpf_or32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst | (uint32_t)src; }
static inline uint64_t rbpf_and64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst & src; }
static inline uint64_t rbpf_and32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst & (uint32_t)src; }
static inline uint64_t rbpf_xor64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst ^ src; }
static inline uint64_t rbpf_xor32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst ^ (uint32_t)src; }
static inline uint64_t rbpf_neg64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return 0 - dst; }
static inline uint64_t rbpf_neg32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return 0 - (uint32_t)dst; }
static inline uint64_t rbpf_mov64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src; }
static inline uint64_t rbpf_mov32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src; }
static inline uint64_t rbpf_lsh64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst << (src & 63); }
static inline uint64_t rbpf_lsh32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)((uint32_t)dst << ((uint32_t)src & 31)); }
static inline uint64_t rbpf_rsh64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst >> (src & 63); }
static inline uint64_t rbpf_rsh32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst >> ((uint32_t)src & 31); }
static inline uint64_t rbpf_arsh64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint64_t)((int64_t)dst >> (src & 63)); }
static inline uint64_t rbpf_arsh32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)((int32_t)(uint32_t)dst >> ((uint32_t)src & 31)); }
static inline uint64_t rbpf_div64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_divide64(dst, src); }
static inline uint64_t rbpf_div32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst / (uint32_t)src; }
static inline uint64_t rbpf_mod64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_modulo64(dst, src); }
static inline uint64_t rbpf_mod32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst % (uint32_t)src; }
static inline uint64_t rbpf_sdiv64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_divide_signed64(dst, src); }
static inline uint64_t rbpf_sdiv32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_divide_signed32((uint32_t)dst, (uint32_t)src); }
static inline uint64_t rbpf_smod64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_modulo_signed64(dst, src); }
static inline uint64_t rbpf_smod32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return rbpf_modulo_signed32((uint32_t)dst, (uint32_t)src); }
static inline enum rbpf_trap rbpf_div64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_mod64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_sdiv64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_smod64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_lsh64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline enum rbpf_trap rbpf_rsh64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline enum rbpf_trap rbpf_arsh64_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline enum rbpf_trap rbpf_div32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_mod32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_sdiv32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_smod32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_EXITED; }
static inline enum rbpf_trap rbpf_lsh32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline enum rbpf_trap rbpf_rsh32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline enum rbpf_trap rbpf_arsh32_trap(uint64_t dst, uint64_t src) { (void)dst, (void)src; return RBPF_EXITED; }
static inline uint64_t rbpf_movsx8to32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)(int32_t)(int8_t)(uint8_t)src; }
static inline uint64_t rbpf_movsx16to32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)(int32_t)(int16_t)(uint16_t)src; }
static inline uint64_t rbpf_movsx8to64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint64_t)(int64_t)(int8_t)(uint8_t)src; }
static inline uint64_t rbpf_movsx16to64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint64_t)(int64_t)(int16_t)(uint16_t)src; }
static inline uint64_t rbpf_movsx32to64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint64_t)(int64_t)(int32_t)(uint32_t)src; }
static inline uint64_t rbpf_le16(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint16_t)dst; }
static inline uint64_t rbpf_be16(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap16((uint16_t)dst); }
static inline uint64_t rbpf_bswap16(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap16((uint16_t)dst); }
static inline uint64_t rbpf_le32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst; }
static inline uint64_t rbpf_be32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap32((uint32_t)dst); }
static inline uint64_t rbpf_bswap32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap32((uint32_t)dst); }
static inline uint64_t rbpf_le64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint64_t)dst; }
static inline uint64_t rbpf_be64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap64((uint64_t)dst); }
static inline uint64_t rbpf_bswap64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return __builtin_bswap64((uint64_t)dst); }
static inline bool rbpf_jeq32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst == (uint32_t)src; }
static inline bool rbpf_jne32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((uint32_t)dst == (uint32_t)src); }
static inline bool rbpf_jset32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !(((uint32_t)dst & (uint32_t)src) == 0); }
static inline bool rbpf_jgt32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)src < (uint32_t)dst; }
static inline bool rbpf_jge32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((uint32_t)dst < (uint32_t)src); }
static inline bool rbpf_jlt32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (uint32_t)dst < (uint32_t)src; }
static inline bool rbpf_jle32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((uint32_t)src < (uint32_t)dst); }
static inline bool rbpf_jsgt32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (int32_t)(uint32_t)src < (int32_t)(uint32_t)dst; }
static inline bool rbpf_jsge32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((int32_t)(uint32_t)dst < (int32_t)(uint32_t)src); }
static inline bool rbpf_jslt32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (int32_t)(uint32_t)dst < (int32_t)(uint32_t)src; }
static inline bool rbpf_jsle32(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((int32_t)(uint32_t)src < (int32_t)(uint32_t)dst); }
static inline bool rbpf_jeq64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst == src; }
static inline bool rbpf_jne64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !(dst == src); }
static inline bool rbpf_jset64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((dst & src) == 0); }
static inline bool rbpf_jgt64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return src < dst; }
static inline bool rbpf_jge64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !(dst < src); }
static inline bool rbpf_jlt64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return dst < src; }
static inline bool rbpf_jle64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !(src < dst); }
static inline bool rbpf_jsgt64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (int64_t)src < (int64_t)dst; }
static inline bool rbpf_jsge64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((int64_t)dst < (int64_t)src); }
static inline bool rbpf_jslt64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return (int64_t)dst < (int64_t)src; }
static inline bool rbpf_jsle64(uint64_t dst, uint64_t src) { (void)dst, (void)src; return !((int64_t)src < (int64_t)dst); }
static inline uint64_t rbpf_ldxb(uint8_t memory) { return memory; }
static inline uint64_t rbpf_ldxsb(uint8_t memory) { return (uint64_t)(int64_t)(int8_t)memory; }
static inline uint8_t rbpf_stxb(uint64_t src) { return (uint8_t)src; }
static inline uint64_t rbpf_ldxh(uint16_t memory) { return memory; }
static inline uint64_t rbpf_ldxsh(uint16_t memory) { return (uint64_t)(int64_t)(int16_t)memory; }
static inline uint16_t rbpf_stxh(uint64_t src) { return (uint16_t)src; }
static inline uint64_t rbpf_ldxw(uint32_t memory) { return memory; }
static inline uint64_t rbpf_ldxsw(uint32_t memory) { return (uint64_t)(int64_t)(int32_t)memory; }
static inline uint32_t rbpf_stxw(uint64_t src) { return (uint32_t)src; }
static inline uint64_t rbpf_ldxdw(uint64_t memory) { return memory; }
static inline uint64_t rbpf_stxdw(uint64_t src) { return (uint64_t)src; }
static inline uint64_t rbpf_lddw(uint32_t imm, uint32_t next_imm) { return (uint64_t)next_imm << 32 | imm; }
static inline bool rbpf_contains(rbpf_address start, rbpf_address length, rbpf_address address, rbpf_address count)
{ return (count <= length) & (address - start <= length - count); }
#endif
