/* Every atomic operation that clang 14 compiles, at both widths, for -mcpu=v3. */

typedef unsigned long long u64;
typedef unsigned int u32;

u64 wide(u64 *memory, u64 value)
{
    u64 sum = __sync_fetch_and_add(memory, value);
    __sync_fetch_and_add(memory - 1, value);
    sum += __sync_fetch_and_and(memory + 1, value);
    sum += __sync_fetch_and_or(memory, sum);
    sum += __sync_fetch_and_xor(memory, sum);
    sum += __sync_lock_test_and_set(memory, value);
    return sum + __sync_val_compare_and_swap(memory, sum, value);
}

u32 narrow(u32 *memory, u32 value)
{
    u32 sum = __sync_fetch_and_add(memory, value);
    __sync_fetch_and_add(memory - 1, value);
    sum += __sync_fetch_and_and(memory + 1, value);
    sum += __sync_fetch_and_or(memory, sum);
    sum += __sync_fetch_and_xor(memory, sum);
    sum += __sync_lock_test_and_set(memory, value);
    return sum + __sync_val_compare_and_swap(memory, sum, value);
}
