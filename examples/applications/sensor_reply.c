/* Answers a request with what the thermometer says: find it, read it, format the value, build the response.
 *
 * Without a thermometer that yields something it answers 5.00.
 */
#include "reply.h"

long sensor_reply(bpf_coap_ctx_t *request)
{
    phydat_t reading;
    if (bpf_saul_reg_read(bpf_saul_reg_find_type(SAUL_SENSE_TEMP), &reading) <= 0)
        return -COAP_CODE_INTERNAL_SERVER_ERROR;
    return reply_decimal(request, reading.val[0], reading.scale);
}
