/* The response of an application with a number in it. */
#ifndef REPLY_H
#define REPLY_H

#include "rbpf.h"

/* Answers with a number times 10 to the power of `scale`, as text; returns the length of the response. */
static inline long reply_decimal(bpf_coap_ctx_t *request, s16 value, int scale)
{
    bpf_gcoap_resp_init(request, COAP_CODE_CONTENT);
    bpf_coap_add_format(request, COAP_FORMAT_TEXT);
    long length = bpf_coap_opt_finish(request, COAP_OPT_FINISH_PAYLOAD);
    return length + bpf_fmt_s16_dfp(bpf_coap_get_pdu(request), value, scale);
}

#endif
