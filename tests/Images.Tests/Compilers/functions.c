/* Several functions, static and global, in several sections; some call what does not exist, and are not called. */
typedef unsigned long u64;
typedef unsigned int u32;
#define APART(name) __attribute__((section(name), noinline))

extern u64 missing(u64 value);
extern u64 absent;

__attribute__((noinline)) u64 unused(u64 value) { return missing(value) + absent; }

__attribute__((noinline)) static u64 square(u64 value) { return value * value; }

__attribute__((noinline)) u64 cube(u64 value) { return square(value) * value; }

APART(".text.apart") u64 twice(u64 value) { return square(value) + cube(value); }

APART("elsewhere") static u64 last(u64 value) { return value ? twice(value) + 1 : 0; }

APART("unreached") static __attribute__((used)) u64 never(u64 value) { return missing(value); }

u64 entry(const u64 *context, u64 length)
{
    u64 sum = length;
    for (u32 i = 0; i < 3; i++)
        sum = sum * 31 + last(context[i]) + cube(i);
    return sum;
}
