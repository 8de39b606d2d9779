/* Every kind of reference that an object can hold: calls within and between sections, to static and to global
 * functions; loads of addresses of static and global data; pointers in data to data. */
#include "rbpf.h"

char license_text[] __attribute__((section("license"))) = "MIT";

static u64 total = 3;
static u32 table[4] = {1, 2, 3, 4};
const char word[] = "hello";
const char *const names[] = {"one", "two", word};
u64 calls;

__attribute__((noinline)) u64 triple(u64 value)
{
    calls += 1;
    return value * 3;
}

__attribute__((noinline)) static u64 sum(const u64 *values, u64 count)
{
    u64 result = 0;
    for (u64 i = 0; i < count; i++)
        result += values[i];
    return result;
}

u64 entry(const u64 *context, u64 count)
{
    total += count;
    table[count & 3] += 1;
    return sum(context, count) + triple(2) + table[context[0] & 3] + names[context[1] & 3][0] + total;
}

__attribute__((section("isolated"))) u64 alone(const u64 *context)
{
    return *context * 2;
}

__attribute__((section("outside"))) u64 caller(const u64 *context)
{
    return sum(context, 2) + triple(3);
}
