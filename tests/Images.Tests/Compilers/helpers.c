/* Helpers by name, as people declare them; memcpy also where the compiler calls it. */
typedef unsigned long u64;
typedef unsigned int u32;

extern long printf(const char *format, u64 a, u64 b);
extern u32 now_ms(void);
extern long store_local(u32 key, u32 value);
extern long fetch_local(u32 key, u32 *value);

struct block { u64 words[6]; };

__attribute__((noinline)) static u64 add(const struct block *from)
{
    struct block copy = *from;
    u64 sum = 0;
    for (u32 i = 0; i < 6; i++) sum += copy.words[i];
    return sum;
}

u64 entry(const u64 *context, u64 length)
{
    u32 value = 0;
    printf("%u and %u\n", context[0], length);
    store_local(7, 1234);
    fetch_local(7, &value);
    return add((const struct block *)context) * 10000 + value + (now_ms() == 0 ? 1 : 2);
}
