/* Loops, calls, accesses of every size, arithmetic of both widths, byte order, packet loads and wide constants. */

typedef unsigned long long u64;
typedef long long s64;
typedef unsigned int u32;
typedef int s32;
typedef unsigned short u16;
typedef unsigned char u8;

struct record
{
    u8 byte;
    u16 half;
    u32 word;
    u64 whole;
};

extern u64 outside(u64);
extern u64 load_byte(void *packet, u64 offset) asm("llvm.bpf.load.byte");
extern u64 load_half(void *packet, u64 offset) asm("llvm.bpf.load.half");
extern u64 load_word(void *packet, u64 offset) asm("llvm.bpf.load.word");

static u64 (*const helper)(u64, u64) = (void *)13;
static u64 total = 5;

static __attribute__((noinline)) u64 scaled(u64 left, u64 right)
{
    return left * right + 0x1122334455667788ull;
}

__attribute__((section("other"))) u64 elsewhere(u32 *numbers, u32 count)
{
    u32 least = 0xffffffff;
    s32 most = -0x7fffffff - 1;
    for (u32 i = 0; i < count; i++)
    {
        if (numbers[i] < least) least = numbers[i];
        if ((s32)numbers[i] > most) most = numbers[i];
    }

    return ((u64)least << 32 | (u32)most) % 1000003 ^ ~0ull >> 5;
}

u64 entry(struct record *record, u64 count)
{
    u64 result = 0xffffffff;
    volatile u64 local[4] = {1, 2, 3, -1};

    record->byte = 1;
    record->half = count;
    record->word ^= 5;
    record->whole = count >> 3;
    for (u64 i = 0; i < count; i++)
    {
        result += scaled(i, record->whole) + local[i & 3];
        if ((s64)result > -5) result = -result;
        if (result & 0x1000) result ^= i;
        if ((s32)result < 7) result /= 3;
        if (result == 0x123456789abcull) break;
        result %= count;
    }

    result += helper(result, 5) + outside(result);
    result += load_byte(record, 5) + load_half(record, count) + load_word(record, 0x12345);
    result += __builtin_bswap16(result) + __builtin_bswap32(result) + __builtin_bswap64(result);
    total += result;

    u32 narrow = result;
    narrow *= 3;
    narrow >>= 3;
    narrow = -narrow | record->word;
    if (narrow > 5 && (s32)narrow <= 1000) narrow = (s32)narrow >> 4;
    if (narrow != record->byte) narrow <<= record->half;
    return result + narrow + total;
}
