/* What the instruction sets v1 to v4 compile in different ways: signed, narrow, wide and atomic. */
typedef unsigned long u64;
typedef long s64;
typedef unsigned int u32;
typedef int s32;
typedef short s16;
typedef signed char s8;

__attribute__((noinline)) static s64 narrow(s64 value, s32 by) { return (s8)value + (s16)(value >> 3) * by - (s32)value; }

__attribute__((noinline)) static u64 wide(u64 value, u32 by) { return value / (by | 1) + value % (by | 1) + (value << (by & 63)); }

__attribute__((noinline)) static s32 choose(s32 a, s32 b) { return a < b ? a - b : a > 100 ? b : -1; }

__attribute__((noinline)) static u32 swap(u32 value) { return __builtin_bswap32(value) ^ __builtin_bswap16((unsigned short)value); }

u64 entry(const u64 *context, u64 length)
{
    u64 sum = 0, cell = 3;
    for (u32 i = 0; i < 4; i++) {
        s64 value = (s64)context[i] - 500;
        sum = sum * 131 + (u64)narrow(value, (s32)i - 2);
        sum += wide((u64)value, i * 7);
        sum ^= (u64)(s64)choose((s32)value, (s32)context[i]);
        sum += swap((u32)context[i]);
        __sync_fetch_and_add(&cell, sum & 0xff);
    }
    return sum ^ cell ^ length;
}
