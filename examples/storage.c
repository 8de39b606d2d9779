/* Three values in the program's own key/value store: A counts runs, B doubles, C is their sum.
 *
 * First run from an empty store: A = 1, B = 2, C = 3. Second run: A = 2, B = 6, C = 8.
 */
#include "rbpf.h"

#define KEY_A 5
#define KEY_B 15
#define KEY_C 3

u64 storage(void)
{
    u32 a = 0;
    bpf_fetch_local(KEY_A, &a);
    a += 1;
    bpf_store_local(KEY_A, a);

    u32 b = 0;
    bpf_fetch_local(KEY_B, &b);
    b = (b + 1) * 2;
    bpf_store_local(KEY_B, b);

    bpf_store_local(KEY_C, a + b);
    return 0;
}
