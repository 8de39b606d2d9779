/* Calls the division of the compiler's library that a build has, and counts the results that are wrong. */
#include "batch.h"

struct batch {
    uint32_t function, count, seed, wrong, bytes, address;
    uint8_t code[0x8000];
};

/* Dividend and divisor, then quotient and remainder; and R4 to R11, before and after. */
struct call {
    uint64_t words[2];
    uint32_t kept[8];
};

static struct batch batch;

__attribute__((naked)) static void divide(uint32_t function __attribute__((unused)), struct call *call __attribute__((unused)))
{
    __asm volatile(
        "push {r1, r4-r11, lr}\n\t"
        "mov r12, r0\n\t"
        "add lr, r1, #16\n\t"
        "ldmia lr, {r4-r11}\n\t"
        "ldmia r1, {r0-r3}\n\t"
        "blx r12\n\t"
        "ldr r12, [sp]\n\t"
        "stmia r12!, {r0-r3}\n\t"
        "stmia r12, {r4-r11}\n\t"
        "pop {r1, r4-r11, pc}");
}

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Of any length, and now and then with nothing but ones. */
static uint64_t draw(uint64_t *state)
{
    uint64_t word = next(state);
    uint32_t how = (uint32_t)next(state);
    if ((how & 0x700) == 0) word = ~(uint64_t)0;
    if ((how & 0x3800) == 0) word &= 0xffffffff00000000;
    word >>= how & 63;
    return word + (how >> 14 & 1) - (how >> 15 & 1);
}

/* The high word of a product, by its parts. */
static uint64_t high(uint64_t a, uint64_t b)
{
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t middle = ah * bl + (al * bl >> 32), other = al * bh + (uint32_t)middle;
    return ah * bh + (middle >> 32) + (other >> 32);
}

int main(void)
{
    if (transfer(BATCH_READ, &batch, sizeof batch) < 0) return 1;
    for (uint32_t i = 0; i < batch.bytes; i++) ((volatile uint8_t *)batch.address)[i] = batch.code[i];
    __asm volatile("dsb\n\tisb" ::: "memory");
    uint64_t state = batch.seed | 1;
    for (uint32_t i = 0; i < batch.count; i++) {
        uint64_t dividend = draw(&state), divisor = draw(&state);
        if (divisor == 0) divisor = 1;
        struct call call;
        call.words[0] = dividend;
        call.words[1] = divisor;
        for (uint32_t j = 0; j < 8; j++) call.kept[j] = (uint32_t)state + j;
        divide(batch.function, &call);
        uint64_t quotient = call.words[0], remainder = call.words[1];
        int is_right = remainder < divisor && high(quotient, divisor) == 0 && quotient * divisor <= dividend
            && quotient * divisor + remainder == dividend;
        for (uint32_t j = 0; j < 8; j++) is_right &= call.kept[j] == (uint32_t)state + j;
        batch.wrong += !is_right;
    }
    return transfer(BATCH_WRITE, &batch, 24) == 0 ? 0 : 2;
}
