/* The reference heatshrink on one input after the other of a file, to another: what to do ('e' or 'd'), window, lookahead and a
   zero, a length of 4 bytes, the input. Yields of each the length and the bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "heatshrink_decoder.h"
#include "heatshrink_encoder.h"

enum { ROOM = 1 << 24 };

static uint8_t out[ROOM];

static size_t encode(uint8_t *in, size_t size, uint8_t window, uint8_t lookahead) {
    heatshrink_encoder *coder = heatshrink_encoder_alloc(window, lookahead);
    size_t used = 0, count = 0, moved;
    HSE_poll_res poll;
    for (;;) {
        if (used < size) {
            if (heatshrink_encoder_sink(coder, in + used, size - used, &moved) < 0) exit(3);
            used += moved;
        }
        if (used == size && heatshrink_encoder_finish(coder) == HSER_FINISH_DONE) break;
        do {
            poll = heatshrink_encoder_poll(coder, out + count, ROOM - count, &moved);
            if (poll < 0) exit(4);
            count += moved;
        } while (poll == HSER_POLL_MORE);
        if (used == size && heatshrink_encoder_finish(coder) == HSER_FINISH_DONE) break;
    }
    heatshrink_encoder_free(coder);
    return count;
}

static size_t decode(uint8_t *in, size_t size, uint8_t window, uint8_t lookahead) {
    heatshrink_decoder *coder = heatshrink_decoder_alloc(256, window, lookahead);
    size_t used = 0, count = 0, moved;
    HSD_poll_res poll;
    while (used < size) {
        if (heatshrink_decoder_sink(coder, in + used, size - used, &moved) < 0) exit(5);
        used += moved;
        do {
            poll = heatshrink_decoder_poll(coder, out + count, ROOM - count, &moved);
            if (poll < 0) exit(6);
            count += moved;
        } while (poll == HSDR_POLL_MORE);
    }
    heatshrink_decoder_free(coder);
    return count;
}

int main(int count, char **arguments) {
    if (count != 3 || freopen(arguments[1], "rb", stdin) == NULL || freopen(arguments[2], "wb", stdout) == NULL) return 1;
    uint8_t what[4];
    uint32_t size;
    while (fread(what, sizeof what, 1, stdin) == 1 && fread(&size, sizeof size, 1, stdin) == 1) {
        uint8_t *in = malloc((size_t)size + 1);
        if (in == NULL || fread(in, 1, size, stdin) != size) return 2;
        const uint32_t length = (uint32_t)(what[0] == 'e' ? encode : decode)(in, size, what[1], what[2]);
        fwrite(&length, sizeof length, 1, stdout);
        fwrite(out, 1, length, stdout);
        free(in);
    }
    return 0;
}
