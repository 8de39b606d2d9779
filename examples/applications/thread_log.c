/* A log of what the device switches to. The published one counts, on a hook of the scheduler, how often each thread
 * comes next; the runs of containers are what is scheduled here, and a timer hook brings them about. So it counts the
 * wakeups, and keeps the shortest and the longest time between two that follow each other, in milliseconds, in the global
 * store.
 *
 * A timer's context: the time in microseconds, and how often the hook came. The result is the number of wakeups.
 */
#include "rbpf.h"

struct tick {
    u64 now;
    u64 times;
};

#define LAST 1
#define TIMES 2

#define GLOBAL_WAKEUPS 0x70
#define GLOBAL_SHORTEST 0x71
#define GLOBAL_LONGEST 0x72

u64 thread_log(const struct tick *tick, u64 length)
{
    u32 wakeups, last, times, shortest, longest;
    bpf_fetch_global(GLOBAL_WAKEUPS, &wakeups);
    if (length != sizeof *tick)
        return wakeups;

    u32 now = tick->now / 1000;
    bpf_fetch_local(LAST, &last);
    bpf_fetch_local(TIMES, &times);
    bpf_store_local(LAST, now);
    bpf_store_local(TIMES, tick->times);
    bpf_store_global(GLOBAL_WAKEUPS, wakeups + 1);
    /* A device's clock and its count start anew with it, and its stores do not: there is no time since a wakeup before its
     * start, nor since one before the container was away from the hook, which came without it. */
    if (wakeups > 0 && times > 0 && tick->times == (u64)times + 1 && now >= last) {
        u32 between = now - last;
        bpf_fetch_global(GLOBAL_SHORTEST, &shortest);
        bpf_fetch_global(GLOBAL_LONGEST, &longest);
        if (longest == 0 || between < shortest)
            bpf_store_global(GLOBAL_SHORTEST, between);
        if (between > longest)
            bpf_store_global(GLOBAL_LONGEST, between);
        bpf_printf("wakeup %u after %u ms\n", (u32)tick->times, between);
    }
    return wakeups + 1;
}
