/* The thermometer of a pair of applications, with heart_rate.c: on a timer or threshold hook it takes a sample, and
 * keeps it in its own store; a request is answered from there. Others find the latest value in the global store.
 *
 * Its result, where it is not that of a response: how many samples there are.
 */
#include "reply.h"

#define VALUE 1
#define SCALE 2
#define SAMPLES 3

#define GLOBAL_TEMPERATURE 1

static long sample(void)
{
    phydat_t reading;
    u32 samples;
    bpf_fetch_local(SAMPLES, &samples);
    if (bpf_saul_reg_read(bpf_saul_reg_find_type(SAUL_SENSE_TEMP), &reading) <= 0)
        return samples;
    bpf_store_local(VALUE, reading.val[0]);
    bpf_store_local(SCALE, reading.scale);
    bpf_store_local(SAMPLES, samples + 1);
    bpf_store_global(GLOBAL_TEMPERATURE, reading.val[0]);
    return samples + 1;
}

static long answer(bpf_coap_ctx_t *request)
{
    u32 value, scale, samples;
    bpf_fetch_local(SAMPLES, &samples);
    if (samples == 0)
        return -COAP_CODE_INTERNAL_SERVER_ERROR;
    bpf_fetch_local(VALUE, &value);
    bpf_fetch_local(SCALE, &scale);
    return reply_decimal(request, value, scale);
}

long temperature(void *context, u64 length)
{
    return IS_REQUEST(length) ? answer(context) : sample();
}
