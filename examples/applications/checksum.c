/* Answers a request with the Fletcher-32 checksum of its payload, as a decimal number; without a payload with 4.00.
 *
 * A taken branch for each word: payloads of more than 380 bytes need the class `logic`.
 */
#include "../fletcher32.h"

long checksum(const bpf_coap_ctx_t *request, u64 length)
{
    if (!IS_REQUEST(length) || request->pkt->payload_len == 0)
        return -COAP_CODE_BAD_REQUEST;
    return fletcher32_of((const u16 *)(u64)request->pkt->payload, request->pkt->payload_len);
}
