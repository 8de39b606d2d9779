/* Data of every kind: zeroed, initialised, constant, common, strings, tables of pointers; a table of functions that
 * nothing uses, and a weak symbol that is not defined. */
typedef unsigned long u64;
typedef unsigned int u32;

u64 shared;
static u32 zeroed[8];
static u64 counter = 40;
static const char *const words[] = {"alpha", "be", "gamma-ray"};
const volatile u32 limit = 9;
static struct { u64 first; const u32 *second; } pair = {5, zeroed + 3};
extern int maybe __attribute__((weak));

u64 entry(const u64 *context, u64 length);
u64 (*table[])(const u64 *, u64) = {entry, entry};

__attribute__((noinline)) static u64 count(const char *text)
{
    u64 n = 0;
    while (text[n]) n++;
    return n;
}

u64 entry(const u64 *context, u64 length)
{
    shared += length;
    for (u32 i = 0; i < 8; i++) zeroed[i] = i * i;
    counter += zeroed[context[0] & 7] + shared;
    return counter * 1000 + count(words[context[1] % 3]) * 100 + limit * 10 + *pair.second + pair.first + (&maybe ? 1 : 0);
}
