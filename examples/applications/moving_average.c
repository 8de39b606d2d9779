/* Averages the latest eight samples of the thermometer, and raises an alarm while the average is above a limit: it
 * closes the switch, if the device has one, and says so once. A request is answered with the average.
 *
 * On a timer hook. The samples lie in the program's own store, under the keys 0 to 7; the result is whether there is
 * an alarm.
 */
#include "reply.h"

#define WINDOW 8
#define SAMPLES 8
#define SCALE 9
#define ALARM 10

#define GLOBAL_AVERAGE 0x50

/* In the sensor's own scale: 30.00 degrees of one that counts hundredths. */
#define LIMIT 3000

__attribute__((noinline)) static int average(u32 samples)
{
    u32 known = samples < WINDOW ? samples : WINDOW;
    int sum = 0;
#pragma clang loop unroll(disable)
    for (u32 key = 0; key < known; key++) {
        u32 value;
        bpf_fetch_local(key, &value);
        sum += (int)value;
    }
    /* Division of unsigned numbers alone is in every version of the instruction set. */
    return known == 0 ? 0 : sum < 0 ? -(int)((u32)-sum / known) : (int)((u32)sum / known);
}

static void alarm(u32 is_on, int mean)
{
    phydat_t position = {.val = {is_on}};
    u32 was_on;
    bpf_fetch_local(ALARM, &was_on);
    if (is_on == was_on)
        return;
    bpf_store_local(ALARM, is_on);
    bpf_saul_reg_write(bpf_saul_reg_find_type(SAUL_ACT_SWITCH), &position);
    bpf_printf("alarm %u, average %d\n", is_on, mean);
}

long moving_average(void *context, u64 length)
{
    u32 samples, scale;
    bpf_fetch_local(SAMPLES, &samples);
    if (IS_REQUEST(length)) {
        bpf_fetch_local(SCALE, &scale);
        return reply_decimal(context, average(samples), scale);
    }

    phydat_t reading;
    u32 is_on;
    if (bpf_saul_reg_read(bpf_saul_reg_find_type(SAUL_SENSE_TEMP), &reading) > 0) {
        bpf_store_local(samples % WINDOW, reading.val[0]);
        bpf_store_local(SCALE, reading.scale);
        bpf_store_local(SAMPLES, samples + 1);
        int mean = average(samples + 1);
        bpf_store_global(GLOBAL_AVERAGE, mean);
        alarm(mean > LIMIT, mean);
    }
    bpf_fetch_local(ALARM, &is_on);
    return is_on;
}
