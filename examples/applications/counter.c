/* Counts its runs in its own store, where the count outlives the run, and a restart; the result is the count. */
#include "rbpf.h"

#define COUNT 1

u64 counter(void)
{
    u32 count;
    bpf_fetch_local(COUNT, &count);
    count += 1;
    bpf_store_local(COUNT, count);
    return count;
}
