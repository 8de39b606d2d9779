/* The pulse of somebody who is not there, of a pair with temperature.c: at each event but a request it goes one beat
 * up, or down, and turns at the ends. Rate and direction are kept in the program's own store.
 *
 * Its result is the rate; a device sends a result as text, so that no response has to be built.
 */
#include "rbpf.h"

#define RATE 1
#define FALLS 2

#define GLOBAL_HEART_RATE 2

#define LOWEST 60
#define HIGHEST 100

u64 heart_rate(const void *context, u64 length)
{
    (void)context;
    u32 rate, falls;
    bpf_fetch_local(RATE, &rate);
    bpf_fetch_local(FALLS, &falls);
    if (rate == 0)
        rate = LOWEST;
    if (IS_REQUEST(length))
        return rate;

    if (rate >= HIGHEST)
        falls = 1;
    if (rate <= LOWEST)
        falls = 0;
    rate += falls ? -1 : 1;
    bpf_store_local(RATE, rate);
    bpf_store_local(FALLS, falls);
    bpf_store_global(GLOBAL_HEART_RATE, rate);
    return rate;
}
