// Templates and inline functions, which lie in groups of sections of their own, classes, references, and an object.
using u64 = unsigned long;
using u32 = unsigned int;

template <typename T> [[gnu::noinline]] T largest(const T *values, u32 count)
{
    T best = values[0];
    for (u32 i = 1; i < count; i++)
        if (values[i] > best) best = values[i];
    return best;
}

struct Range {
    u64 from, to;
    [[gnu::noinline]] u64 length() const { return to - from; }
    static u64 made;
};

u64 Range::made = 2;

inline __attribute__((noinline)) u64 mix(const Range &range, u64 by) { return range.length() * by + Range::made++; }

namespace inner { [[gnu::noinline]] static u64 odd(u64 value) { return value | 1; } }

extern "C" u64 entry(const u64 *context, u64 length)
{
    Range range{context[0], context[1]};
    u32 small[] = {3, 1, 4, 1, 5};
    return mix(range, largest(context, 4)) + largest(small, 5) * 7 + inner::odd(length) + Range::made;
}
